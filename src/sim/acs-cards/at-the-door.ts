/** Somebody holds something to a door, or types a PIN: the door's own answer, from what it knows. */
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type {
  AcsEntrance,
  DoorRefusal,
  DoorRight,
  UseMethod,
} from '../../db/tables/acs-entrances.ts'
import { credentialsOfSystem } from '../acs-credentials/rows.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { noteOnCard, takeOffCard } from './uses-on-cards.ts'
import { rightOf } from './rights.ts'
import { noteUse } from './door-uses.ts'
import { bytesOnCard, bytesOnPhone, comparesIssues, judgeByBytes, judgeByTable } from './verdict.ts'

/** Exactly one of them. */
export interface Shown {
  code?: string | undefined
  card_number?: string | undefined
  /** A key on a phone, or in the cloud. */
  acs_credential_id?: string | undefined
}

export interface DoorAnswer {
  opened: boolean
  reason: DoorRefusal | null
  acs_credential_id?: string
  acs_user_id?: string
}

const methodOf = ({ code, card_number }: Shown): UseMethod =>
  code !== undefined ? 'keycode' : card_number !== undefined ? 'card' : 'unknown'

const matches = (right: DoorRight, shown: Shown): boolean => {
  if (shown.code !== undefined) return right.access_method === 'code' && right.code === shown.code
  if (shown.card_number !== undefined) return right.card_number === shown.card_number
  const isKey = right.access_method === 'mobile_key' || right.access_method === 'cloud_key'
  return isKey && right.acs_credential_id === shown.acs_credential_id
}

const couldBe = (credential: AcsCredential, shown: Shown): boolean => {
  const { held } = credential
  if (shown.acs_credential_id !== undefined)
    return credential.acs_credential_id === shown.acs_credential_id
  return [held?.state, held?.before].some(
    (state) =>
      state !== undefined &&
      state !== null &&
      (shown.code === undefined
        ? state.card_number === shown.card_number
        : state.code === shown.code),
  )
}

/** What the door's table has of what is shown: its own copy while its line is cut. */
const rightFor = (world: World, entrance: AcsEntrance, shown: Shown): DoorRight | undefined => {
  if (entrance.kept_rights !== null) return entrance.kept_rights.find((it) => matches(it, shown))
  for (const credential of credentialsOfSystem(world, entrance.acs_system_id)) {
    if (!couldBe(credential, shown)) continue
    const right = rightOf(world, credential, entrance)
    if (right !== undefined && matches(right, shown)) return right
  }
  return undefined
}

const answered = (
  reason: DoorRefusal | null,
  who: { acs_credential_id: string; acs_user_id: string | null } | undefined,
): DoorAnswer => ({
  opened: reason === null,
  reason,
  ...(who !== undefined && { acs_credential_id: who.acs_credential_id }),
  ...(who !== undefined && who.acs_user_id !== null && { acs_user_id: who.acs_user_id }),
})

const cardShown = (world: World, { card_number }: Shown): AcsCard | undefined =>
  card_number === undefined ? undefined : world.acs_cards.get(card_number)

const atWiredDoor = (world: World, entrance: AcsEntrance, shown: Shown): DoorAnswer => {
  const right = rightFor(world, entrance, shown)
  const card = cardShown(world, shown)
  const reason = judgeByTable(world, entrance, right, card)
  if (card !== undefined && entrance.offline_at === null)
    takeOffCard(world, card, entrance.acs_system_id)
  const acs_user_id = right?.acs_user_id ?? null
  noteUse(world, entrance, { acs_user_id, method: methodOf(shown), reason })
  return answered(reason, right)
}

const atOfflineDoor = (world: World, entrance: AcsEntrance, shown: Shown): DoorAnswer => {
  const { acs_entrance_id, seen_issue } = entrance
  const card = cardShown(world, shown)
  // There is no keypad that would know of any PIN.
  const bytes =
    card === undefined
      ? bytesOnPhone(world, world.acs_credentials.get(shown.acs_credential_id ?? ''))
      : bytesOnCard(card)
  const { contents } = bytes
  const reason = judgeByBytes(world, entrance, bytes)
  const isNewer = comparesIssues(entrance) && contents !== null && contents.issue > seen_issue
  if (reason === null && isNewer)
    world.acs_entrances.update(acs_entrance_id, { seen_issue: contents.issue })
  if (reason === null && card !== undefined) noteOnCard(world, entrance, card)
  return answered(reason, contents ?? undefined)
}

/** @throws acs_entrance_not_found, invalid_input unless exactly one thing is shown */
export const presentAt = (world: World, acs_entrance_id: string, shown: Shown): DoorAnswer => {
  const entrance = requireEntrance(world, acs_entrance_id)
  const given = [shown.code, shown.card_number, shown.acs_credential_id]
  if (given.filter((it) => it !== undefined).length !== 1)
    throw invalidInput('code', 'Give exactly one of code, card_number and acs_credential_id')
  return (entrance.is_wired ? atWiredDoor : atOfflineDoor)(world, entrance, shown)
}
