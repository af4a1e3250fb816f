/** What is written on a card, or on a phone, for a credential. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import type { AcsCredential, CardContents, DoorWindow } from '../../db/tables/acs-credentials.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import type { World } from '../kernel/world.ts'
import { entrancesOfCredential } from './access.ts'

const latest = (a: number | null, b: number | null | undefined): number | null =>
  a === null ? (b ?? null) : Math.max(a, b ?? a)

const earliest = (a: number | null, b: number | null | undefined): number | null =>
  a === null ? (b ?? null) : Math.min(a, b ?? a)

const inOrder = (a: DoorWindow, b: DoorWindow): number => {
  if (a.acs_entrance_id !== b.acs_entrance_id) return a.acs_entrance_id < b.acs_entrance_id ? -1 : 1
  return a.starts_at - b.starts_at || (a.ends_at ?? Infinity) - (b.ends_at ?? Infinity)
}

/** The schedules of groups, for the doors that open by nothing else. */
const windowsOfDoors = (
  world: World,
  { acs_entrance_ids }: AcsCredential,
  user: AcsUser,
): DoorWindow[] => {
  const groups = user.acs_access_group_ids.flatMap((id) => world.acs_access_groups.get(id) ?? [])
  if (groups.every(({ access_schedule }) => access_schedule === null)) return []
  const always = new Set([
    ...acs_entrance_ids,
    ...user.acs_entrance_ids,
    ...groups.flatMap((it) => (it.access_schedule === null ? it.acs_entrance_ids : [])),
  ])
  return groups
    .flatMap(({ access_schedule, acs_entrance_ids: doors }) =>
      doors.flatMap((acs_entrance_id) =>
        access_schedule === null || always.has(acs_entrance_id)
          ? []
          : [{ acs_entrance_id, ...access_schedule }],
      ),
    )
    .toSorted(inOrder)
}

/** Its window is the credential's within the user's: an offline lock knows no users. */
export const writtenOf = (world: World, credential: AcsCredential): CardContents => {
  const { acs_system_id, acs_credential_id, acs_user_id } = credential
  const user = acs_user_id === null ? undefined : world.acs_users.get(acs_user_id)
  const door_windows = user === undefined ? [] : windowsOfDoors(world, credential, user)
  return {
    acs_system_id,
    acs_credential_id,
    acs_user_id,
    issue: credential.issue ?? 0,
    starts_at: latest(credential.starts_at, user?.access_schedule?.starts_at),
    ends_at: earliest(credential.ends_at, user?.access_schedule?.ends_at),
    acs_entrance_ids: entrancesOfCredential(world, credential).map((it) => it.acs_entrance_id),
    ...(door_windows.length > 0 && { door_windows }),
  }
}

const sameWindows = (a: CardContents, b: CardContents): boolean =>
  JSON.stringify(a.door_windows ?? []) === JSON.stringify(b.door_windows ?? [])

/** The fields in which the card and the record differ. */
export const fieldsOutOfSync = (card: CardContents, record: CardContents): string[] => [
  ...(card.starts_at === record.starts_at ? [] : ['starts_at']),
  ...(card.ends_at === record.ends_at ? [] : ['ends_at']),
  ...(hasSameMembers(card.acs_entrance_ids, record.acs_entrance_ids) ? [] : ['acs_entrance_ids']),
  ...(sameWindows(card, record) ? [] : ['access_schedule']),
]
