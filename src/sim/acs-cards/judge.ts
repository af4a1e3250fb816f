/** What a door says of what is held to it: pure, from what the door knows and nothing else. */
import type { CardContents } from '../../db/tables/acs-credentials.ts'
import type { DoorRefusal, DoorRight } from '../../db/tables/acs-entrances.ts'
import type { AcsSchedule } from '../../db/tables/acs-shapes.ts'

/** null: it opens. */
export type Verdict = DoorRefusal | null

const holds = ({ starts_at, ends_at }: AcsSchedule, now: number): boolean =>
  starts_at <= now && (ends_at === null || now < ends_at)

export interface WiredDoor {
  in_privacy_mode: boolean
  now: number
}

/** A door with a line to the controller: its table decides. */
export const judgeRight = (right: DoorRight | undefined, door: WiredDoor): Verdict => {
  if (right === undefined || !right.covers) return 'unknown_code'
  if (right.is_suspended) return 'blocklisted_code'
  if (!right.windows.every((window) => holds(window, door.now))) return 'expired_code'
  if (!right.is_subscribed) return 'credential_error'
  return door.in_privacy_mode ? 'blocked_by_privacy_mode' : null
}

export interface OfflineDoor extends WiredDoor {
  acs_system_id: string
  acs_entrance_id: string
  /** Only the door of one guest remembers who was there before. */
  compares_issues: boolean
  seen_issue: number
}

/** The windows that a card has for one door, where it opens by groups with schedules. */
export const windowsAt = (
  { door_windows = [] }: CardContents,
  { acs_entrance_id }: { acs_entrance_id: string },
): AcsSchedule[] => door_windows.filter((it) => it.acs_entrance_id === acs_entrance_id)

/** A door without a line: what stands on the card decides, and the highest number that the door has seen. */
export const judgeCard = (
  card: { contents: CardContents | null; is_damaged: boolean },
  door: OfflineDoor,
): Verdict => {
  if (card.is_damaged) return 'credential_error'
  const { contents } = card
  if (contents === null || contents.acs_system_id !== door.acs_system_id) return 'unknown_code'
  if (!contents.acs_entrance_ids.includes(door.acs_entrance_id)) return 'unknown_code'
  const window = { starts_at: contents.starts_at ?? door.now, ends_at: contents.ends_at }
  const windows = windowsAt(contents, door)
  const isShut = windows.length > 0 && !windows.some((it) => holds(it, door.now))
  if (!holds(window, door.now) || isShut) return 'expired_code'
  // What has no number has no place in the order of guests: staff come whoever lives there.
  const isGuests = door.compares_issues && contents.issue > 0
  if (isGuests && contents.issue < door.seen_issue) return 'blocklisted_code'
  return door.in_privacy_mode ? 'blocked_by_privacy_mode' : null
}
