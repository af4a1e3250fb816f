/** Somebody holds something to a door, or types a PIN: the door's own answer, from what it knows. */
import { is } from '../../db/conditions.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential, CardContents } from '../../db/tables/acs-credentials.ts'
import type {
  AcsEntrance,
  DoorRefusal,
  DoorRight,
  UseMethod,
} from '../../db/tables/acs-entrances.ts'
import { phones } from '../../db/tables/phones.ts'
import { credentialsOfSystem } from '../acs-credentials/rows.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { noteOnCard, takeOffCard } from './carried.ts'
import { judgeCard, judgeRight } from './judge.ts'
import { rightOf } from './rights.ts'
import { noteUse } from './uses.ts'

const phonesOf = is(phones.user_identity_id)

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
  return right.acs_credential_id === shown.acs_credential_id
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

/** A key on a phone opens with the phone that it is on, and with any of its person where nobody says which. */
const hasPhone = (world: World, acs_credential_id: string): boolean => {
  const credential = world.acs_credentials.get(acs_credential_id)
  if (credential === undefined || credential.access_method !== 'mobile_key') return true
  if (credential.phone_id !== null) return world.phones.get(credential.phone_id) !== undefined
  const user =
    credential.acs_user_id === null ? undefined : world.acs_users.get(credential.acs_user_id)
  const user_identity_id = user?.user_identity_id ?? null
  return user_identity_id !== null && world.phones.has(phonesOf(user_identity_id))
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
  const in_privacy_mode = entrance.privacy_mode_at !== null
  const card = cardShown(world, shown)
  const isDamaged = card !== undefined && card.damaged_at !== null
  if (card !== undefined && entrance.offline_at === null)
    takeOffCard(world, card, entrance.acs_system_id)
  const isWithoutPhone = right !== undefined && !hasPhone(world, right.acs_credential_id)
  const reason =
    isDamaged || isWithoutPhone
      ? 'credential_error'
      : judgeRight(right, { in_privacy_mode, now: world.now })
  const acs_user_id = right?.acs_user_id ?? null
  noteUse(world, entrance, { acs_user_id, method: methodOf(shown), reason })
  return answered(reason, right)
}

/** The bytes that are shown: on a card, or on a phone. */
const bytesOf = (
  world: World,
  shown: Shown,
): { contents: CardContents | null; is_damaged: boolean } => {
  const card = cardShown(world, shown)
  if (card !== undefined) return { contents: card.contents, is_damaged: card.damaged_at !== null }
  const credential = world.acs_credentials.get(shown.acs_credential_id ?? '')
  const isOnPhone = credential !== undefined && credential.access_method === 'mobile_key'
  if (!isOnPhone) return { contents: null, is_damaged: false }
  return {
    contents: credential.written,
    is_damaged: !hasPhone(world, credential.acs_credential_id),
  }
}

const atOfflineDoor = (world: World, entrance: AcsEntrance, shown: Shown): DoorAnswer => {
  const { acs_entrance_id, acs_system_id, seen_issue } = entrance
  // There is no keypad that would know of any PIN.
  const bytes = bytesOf(world, shown)
  const compares_issues = entrance.category === 'guest'
  const reason = judgeCard(bytes, {
    acs_system_id,
    acs_entrance_id,
    compares_issues,
    seen_issue,
    in_privacy_mode: entrance.privacy_mode_at !== null,
    now: world.now,
  })
  const { contents } = bytes
  if (reason === null && contents !== null && compares_issues && contents.issue > seen_issue)
    world.acs_entrances.update(acs_entrance_id, { seen_issue: contents.issue })
  const card = cardShown(world, shown)
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
