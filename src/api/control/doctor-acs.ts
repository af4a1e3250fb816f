/** What the doctor looks at of access systems: what was asked of encoders, and what is on cards. */
import { desc, oneOf, orderBy } from '../../db/conditions.ts'
import { acs_cards } from '../../db/tables/acs-cards.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import { action_attempts } from '../../db/tables/action-attempts.ts'
import type { AccessSystems } from '../../doctor/evidence.ts'
import { bytesOnCard, judgeByBytes } from '../../sim/acs-cards/verdict.ts'
import { entrancesOfCredential } from '../../sim/acs-credentials/access.ts'
import { needsReissue } from '../../sim/acs-credentials/issues.ts'
import { hasIssues } from '../../sim/acs-credentials/issuing.ts'
import { subscriptionOf } from '../../sim/acs-users/subscription.ts'
import { toIsoOrNull } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'

/** More of each are not looked at: the latest are. */
const MOST = 1_000

const ofTypes = oneOf(action_attempts.action_type)
const attemptsLatest = orderBy(action_attempts, (c) => [desc(c.seq)])
const credentialsLatest = orderBy(acs_credentials, (c) => [desc(c.seq)])
const cardsLatest = orderBy(acs_cards, (c) => [desc(c.seq)])

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const attemptsOf = (world: World): AccessSystems['attempts'] =>
  world.action_attempts
    .all(
      ofTypes([
        'ENCODE_CREDENTIAL',
        'SCAN_TO_ASSIGN_CREDENTIAL',
        'ASSIGN_CREDENTIAL',
        'UNLOCK_DOOR',
      ]),
      { order: attemptsLatest, limit: MOST },
    )
    // Locks are unlocked too.
    .filter(({ device_id }) => device_id === null)
    .toReversed()
    .map(({ action_attempt_id, action_type, status, error, created_at, action }) => {
      const acs_credential_id = textOrNull(action?.['acs_credential_id'])
      const credential = world.acs_credentials.get(acs_credential_id ?? '')
      return {
        action_attempt_id,
        action_type,
        status,
        error: error?.type ?? null,
        created_at,
        acs_credential_id,
        access_method_id: credential?.access_method_id ?? null,
      }
    })

const credentialsOf = (world: World): AccessSystems['credentials'] =>
  world.acs_credentials
    .all(undefined, { order: credentialsLatest, limit: MOST })
    .filter((it) => it.deletion_requested_at === null)
    .toReversed()
    .map((credential) => ({
      acs_credential_id: credential.acs_credential_id,
      access_method: credential.access_method,
      is_issued: credential.issued_at !== null,
      is_of_grant: credential.access_method_id !== null,
      is_out_of_date: needsReissue(world, credential),
      doors: entrancesOfCredential(world, credential).length,
    }))

/** The first door without a line that a card opens now. */
const openedBy = (world: World, card: AcsCard) => {
  const doors = (card.contents?.acs_entrance_ids ?? []).flatMap((id) => {
    const door = world.acs_entrances.get(id)
    return door === undefined || door.is_wired ? [] : [door]
  })
  // Privacy passes; what stands on the card stays.
  return doors.find(
    (door) => judgeByBytes(world, { ...door, privacy_mode_at: null }, bytesOnCard(card)) === null,
  )
}

const openCardsOf = (world: World): AccessSystems['open_cards'] =>
  world.acs_cards.all(undefined, { order: cardsLatest, limit: MOST }).flatMap((card) => {
    const door = openedBy(world, card)
    const { contents } = card
    if (door === undefined || contents === null) return []
    const { acs_credential_id, ends_at } = contents
    const record = world.acs_credentials.get(acs_credential_id)
    return [
      {
        card_number: card.card_number,
        acs_credential_id,
        is_deleted: record === undefined,
        until: toIsoOrNull(ends_at),
        is_guests:
          door.category === 'guest' &&
          hasIssues(world, door.acs_system_id) &&
          record?.options.card_function_type !== 'staff',
        door: door.display_name,
      },
    ]
  })

/** The part of the evidence that is about access systems. */
export const accessSystemsOf = (world: World): AccessSystems => ({
  attempts: attemptsOf(world),
  credentials: credentialsOf(world),
  open_cards: openCardsOf(world),
  without_slot: world.acs_systems
    .all()
    .flatMap((system) => [...(subscriptionOf(world, system)?.refused.keys() ?? [])]),
})
