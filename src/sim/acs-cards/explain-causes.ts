/** Why a door refuses a credential: what of the credential, its user, its card or the door it is. */
import type { doorCauses } from '../../contract/acs-explanations.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential, CardContents } from '../../db/tables/acs-credentials.ts'
import type { AcsEntrance, DoorRefusal, DoorRight } from '../../db/tables/acs-entrances.ts'
import type { AcsSchedule } from '../../db/tables/acs-shapes.ts'
import { entrancesOfCredential } from '../acs-credentials/access.ts'
import type { World } from '../kernel/world.ts'
import { windowsAt } from './judge.ts'
import { hasPhone } from './verdict.ts'
import type { Bytes } from './verdict.ts'

export type DoorCause = (typeof doorCauses)[number]

/** What is held to which door. */
export interface Shown {
  world: World
  entrance: AcsEntrance
  credential: AcsCredential | undefined
  card: AcsCard | undefined
}

const isDeclared = ({ world, entrance, credential }: Shown): boolean =>
  credential !== undefined &&
  entrancesOfCredential(world, credential).some(
    (it) => it.acs_entrance_id === entrance.acs_entrance_id,
  )

const isCard = (credential: AcsCredential | undefined): boolean =>
  credential?.access_method === 'card'

/** One that was on a card once has lost it to another credential. */
const withoutCard = ({ issued_at }: AcsCredential): DoorCause =>
  issued_at === null ? 'not_encoded' : 'overwritten'

const unknownToTable = (shown: Shown, right: DoorRight | undefined): DoorCause => {
  const { credential, entrance } = shown
  if (credential === undefined) return 'gone'
  if (isCard(credential) && credential.card_number === null) return withoutCard(credential)
  if (credential.acs_user_id === null) return 'nobodys'
  if (right !== undefined && !isDeclared(shown)) return 'no_door'
  if (entrance.kept_rights !== null) return 'cut_off'
  return credential.known !== null && credential.held === null ? 'lost' : 'on_its_way'
}

const unknownByBytes = (shown: Shown, { contents }: Bytes): DoorCause => {
  const { credential, card } = shown
  if (credential === undefined) return card === undefined ? 'gone' : 'no_door'
  if (!isCard(credential) && credential.access_method !== 'mobile_key') return 'no_reader'
  if (isCard(credential) && card === undefined) return withoutCard(credential)
  if (isCard(credential) && contents === null) return 'overwritten'
  if (contents === null) return 'on_its_way'
  if (credential.acs_user_id === null) return 'nobodys'
  return isDeclared(shown) ? 'out_of_date' : 'no_door'
}

/** Whether it is all still to come, or over. */
const wrongTime = (windows: readonly AcsSchedule[], now: number): DoorCause =>
  windows.some(({ ends_at }) => ends_at !== null && ends_at <= now) ? 'too_late' : 'too_early'

const wrongTimeOnCard = (contents: CardContents, { world, entrance }: Shown): DoorCause => {
  const { starts_at, ends_at } = contents
  if (ends_at !== null && ends_at <= world.now) return 'too_late'
  if (starts_at !== null && starts_at > world.now) return 'too_early'
  const isToCome = windowsAt(contents, entrance).some((it) => it.starts_at > world.now)
  return isToCome ? 'too_early' : 'too_late'
}

/** A door with a line. */
export const causeAtTable = (
  shown: Shown,
  right: DoorRight | undefined,
  reason: DoorRefusal,
): DoorCause => {
  const { world, credential, card } = shown
  switch (reason) {
    case 'unknown_code':
      return unknownToTable(shown, right)
    case 'expired_code':
      return wrongTime(right?.windows ?? [], world.now)
    case 'blocklisted_code':
      return 'suspended'
    case 'blocked_by_privacy_mode':
      return 'privacy'
    case 'credential_error':
      if (card !== undefined && card.damaged_at !== null) return 'damaged'
      return hasPhone(world, credential) ? 'no_slot' : 'no_phone'
    default:
      return reason satisfies never
  }
}

/** A door without a line. */
export const causeByBytes = (shown: Shown, bytes: Bytes, reason: DoorRefusal): DoorCause => {
  const { contents } = bytes
  switch (reason) {
    case 'unknown_code':
      return unknownByBytes(shown, bytes)
    case 'expired_code':
      return contents === null ? 'too_late' : wrongTimeOnCard(contents, shown)
    case 'blocklisted_code':
      return 'overridden'
    case 'blocked_by_privacy_mode':
      return 'privacy'
    case 'credential_error':
      return shown.card === undefined ? 'no_phone' : 'damaged'
    default:
      return reason satisfies never
  }
}
