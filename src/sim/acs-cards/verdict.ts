/** What a door says of a right in its table, or of the bytes that are held to it, as things are now. Changes nothing. */
import { is } from '../../db/conditions.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential, CardContents } from '../../db/tables/acs-credentials.ts'
import type { AcsEntrance, DoorRight } from '../../db/tables/acs-entrances.ts'
import { phones } from '../../db/tables/phones.ts'
import type { World } from '../kernel/world.ts'
import { judgeCard, judgeRight } from './judge.ts'
import type { Verdict } from './judge.ts'

const phonesOf = is(phones.user_identity_id)

/** A key on a phone opens with the phone that it is on, and with any of its person where nobody says which. */
export const hasPhone = (world: World, credential: AcsCredential | undefined): boolean => {
  if (credential === undefined || credential.access_method !== 'mobile_key') return true
  if (credential.phone_id !== null) return world.phones.get(credential.phone_id) !== undefined
  const user =
    credential.acs_user_id === null ? undefined : world.acs_users.get(credential.acs_user_id)
  const user_identity_id = user?.user_identity_id ?? null
  return user_identity_id !== null && world.phones.has(phonesOf(user_identity_id))
}

const doorNow = (world: World, { privacy_mode_at }: AcsEntrance) => ({
  in_privacy_mode: privacy_mode_at !== null,
  now: world.now,
})

/** A door with a line. @param card the card that is held to it, if it is one */
export const judgeByTable = (
  world: World,
  entrance: AcsEntrance,
  right: DoorRight | undefined,
  card: AcsCard | undefined,
): Verdict => {
  const isDamaged = card !== undefined && card.damaged_at !== null
  const credential = world.acs_credentials.get(right?.acs_credential_id ?? '')
  return isDamaged || !hasPhone(world, credential)
    ? 'credential_error'
    : judgeRight(right, doorNow(world, entrance))
}

/** What stands on a card, or on a phone. */
export interface Bytes {
  contents: CardContents | null
  is_damaged: boolean
}

export const bytesOnCard = ({ contents, damaged_at }: AcsCard): Bytes => ({
  contents,
  is_damaged: damaged_at !== null,
})

/** Of anything but a key on a phone a reader reads nothing. */
export const bytesOnPhone = (world: World, credential: AcsCredential | undefined): Bytes =>
  credential?.access_method === 'mobile_key'
    ? { contents: credential.written, is_damaged: !hasPhone(world, credential) }
    : { contents: null, is_damaged: false }

/** Only the door of one guest remembers who was there before. */
export const comparesIssues = ({ category }: AcsEntrance): boolean => category === 'guest'

/** A door without a line. */
export const judgeByBytes = (world: World, entrance: AcsEntrance, bytes: Bytes): Verdict =>
  judgeCard(bytes, {
    ...doorNow(world, entrance),
    acs_system_id: entrance.acs_system_id,
    acs_entrance_id: entrance.acs_entrance_id,
    compares_issues: comparesIssues(entrance),
    seen_issue: entrance.seen_issue,
  })
