/** What a grant needs to know of the credential of one of its methods. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import type { MethodInSystem, AccessMethod, AccessWindow } from '../../db/tables/access-methods.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import { needsReissue, standsOnCard } from '../acs-credentials/issues.ts'
import { sameCredentialState } from '../acs-credentials/reconcile.ts'
import { keysOf, wantedCredential } from '../acs-credentials/rows.ts'
import { knownAtDoors } from '../acs-systems/push.ts'
import type { World } from '../kernel/world.ts'
import type { CredentialNeed, CredentialOfMethod, CredentialPart } from './reconciled.ts'

/** A start in the past is as good as another one: the credential was made, or moved, after it. */
const isForWindow = (
  { starts_at, ends_at }: AcsCredential,
  window: AccessWindow,
  now: number,
): boolean =>
  ends_at === window.ends_at &&
  (starts_at === window.starts_at ||
    (starts_at !== null && starts_at <= now && window.starts_at <= now))

/** Its server has said that it has all that is wanted. */
const isSynced = (row: AcsCredential): boolean =>
  row.known !== null && sameCredentialState(row.known, wantedCredential(row))

const isWired = (world: World, { acs_entrance_ids }: AcsCredential): boolean =>
  acs_entrance_ids.some((id) => world.acs_entrances.get(id)?.is_wired === true)

/** When doors that have a line know the credential and its user as they are wanted, ms; null: they do now. */
const doorsKnowAt = (world: World, row: AcsCredential): number | null => {
  const { held, acs_user_id } = row
  if (held === null || !isWired(world, row)) return null
  const user = acs_user_id === null ? undefined : world.acs_users.get(acs_user_id)
  const holder = user?.held ?? null
  const isKnown = holder !== null && knownAtDoors(holder, world.now) !== null
  const known = knownAtDoors(held, world.now)
  const isRight = known !== null && sameCredentialState(known, wantedCredential(row))
  const from = Math.max(isRight ? 0 : held.doors_from, isKnown ? 0 : (holder?.doors_from ?? 0))
  return from > world.now ? from : null
}

interface Need {
  needs: CredentialNeed | null
  doors_know_at: number | null
}

const atDoors = (world: World, row: AcsCredential): Need => {
  const doors_know_at = doorsKnowAt(world, row)
  return { needs: doors_know_at === null ? null : 'doors', doors_know_at }
}

const need = (needs: CredentialNeed): Need => ({ needs, doors_know_at: null })

/** The best of the keys on the guest's phones. */
const needOfKeys = (world: World, row: AcsCredential): Need => {
  const keys = keysOf(world, row.acs_credential_id).filter(
    ({ deletion_requested_at }) => deletion_requested_at === null,
  )
  if (keys.length === 0) return need('phone')
  const there = keys.filter((key) => key.issued_at !== null && isSynced(key))
  const all = there.map((key) => atDoors(world, key))
  const [first] = all.toSorted((a, b) => (a.doors_know_at ?? 0) - (b.doors_know_at ?? 0))
  return first ?? need('system')
}

const needOfCard = (world: World, row: AcsCredential): Need => {
  const { issued_at, invalidated_at } = row
  const isWritten = issued_at !== null && invalidated_at === null && !needsReissue(world, row)
  if (isWritten) return atDoors(world, row)
  return need(standsOnCard(world, row) ? 'encoding' : 'assignment')
}

const needOf = (world: World, row: AcsCredential): Need => {
  if (!isSynced(row)) return need('system')
  switch (row.access_method) {
    case 'card':
      return needOfCard(world, row)
    case 'mobile_key':
      return needOfKeys(world, row)
    case 'code':
    case 'cloud_key':
      return row.issued_at === null || row.invalidated_at !== null
        ? need('system')
        : atDoors(world, row)
    default:
      return row.access_method satisfies never
  }
}

/** A card that was never written has no other window on it, nor has a key that is on no phone. */
const isInEffect = (world: World, row: AcsCredential): boolean =>
  isSynced(row) &&
  (row.written === null || !needsReissue(world, row)) &&
  keysOf(world, row.acs_credential_id).every((key) => key.known === null || isSynced(key))

const stateOf = (
  world: World,
  row: AcsCredential,
  { entrance_ids }: MethodInSystem,
  window: AccessWindow,
): CredentialOfMethod => ({
  acs_credential_id: row.acs_credential_id,
  code: row.access_method === 'code' ? row.code : null,
  has_window: isForWindow(row, window, world.now),
  has_doors: hasSameMembers(row.acs_entrance_ids, entrance_ids),
  is_in_effect: isInEffect(world, row),
  ...needOf(world, row),
  is_going: row.deletion_requested_at !== null,
  held_entrance_ids: row.held?.state.acs_entrance_ids ?? [],
})

/** The part of a method that is a credential, as the reconciler sees it. */
export const credentialPart = (
  world: World,
  { acs }: AccessMethod,
  window: AccessWindow,
): CredentialPart | null => {
  if (acs === null) return null
  const { acs_system_id, entrance_ids, acs_credential_id, encoding_told_at } = acs
  const row = acs_credential_id === null ? undefined : world.acs_credentials.get(acs_credential_id)
  const credential = row === undefined ? null : stateOf(world, row, acs, window)
  return { acs_system_id, entrance_ids, credential, encoding_told_at }
}
