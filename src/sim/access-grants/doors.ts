/** Which doors a grant is for, and what stands in the way at each of them. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessWindow } from '../../db/tables/access-methods.ts'
import { resolveOfflineWindow } from '../access-codes/offline/windows.ts'
import { isOfflineOnly, lacksParts } from '../access-methods/codes.ts'
import { lockView, zoneOf } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { World } from '../kernel/world.ts'
import { devicesOfSpace } from '../spaces/rows.ts'
import type { Door, Obstacle } from './reconciled.ts'
import { methodsOf } from './rows.ts'

/** The devices of a grant and of its spaces, each once, as far as they exist. */
export const resolveDoors = (
  world: World,
  { device_ids, space_ids }: Pick<AccessGrant, 'device_ids' | 'space_ids'>,
): string[] => {
  const ids = new Set(device_ids)
  for (const space_id of space_ids) {
    for (const { device_id } of devicesOfSpace(world, space_id)) ids.add(device_id)
  }
  return [...ids].filter((id) => world.devices.get(id) !== undefined)
}

/** A window that this lock has no code for. */
const timeProblem = (view: LockView, window: AccessWindow): Obstacle | null => {
  const { profile } = view
  const { starts_at, ends_at } = window
  if (!isOfflineOnly(view)) {
    // Without its time zone such a lock keeps no windows.
    const isLost = profile.needs_time_zone && view.device.reported_time_zone === null
    return isLost && ends_at !== null ? 'times_do_not_match_slots' : null
  }
  const rules = profile.offline_codes
  if (rules === null) return 'no_codes'
  if (ends_at === null) return 'ongoing_not_supported'
  const request = {
    starts_at,
    ends_at,
    is_one_time_use: false,
    time_zone: zoneOf(view),
    // What is issued opens the door from the first minute to the last.
    rounds_outwards: true,
  }
  if (resolveOfflineWindow(rules, request).ok) return null
  const longest = Math.max(...rules.kinds.map(({ max_duration }) => max_duration ?? 0))
  return longest > 0 && ends_at - starts_at > longest
    ? 'duration_exceeds_max'
    : 'times_do_not_match_slots'
}

const obstacleAt = (
  world: World,
  device_id: string,
  window: AccessWindow,
  isServed: boolean,
): Obstacle | null => {
  const view = lockView(world, device_id)
  if (view === null) return 'no_codes'
  if (!view.device.is_managed || view.device.removed_at !== null) return 'unmanaged'
  // A lock with offline codes has those.
  if (!isServed && lacksParts(view) && !isOfflineOnly(view)) return 'no_codes'
  return timeProblem(view, window)
}

/** The doors of a grant as they are now. */
export const doorsOf = (world: World, grant: AccessGrant): Door[] => {
  const { starts_at, ends_at } = grant
  const served = new Set(
    methodsOf(world, grant).flatMap(({ doors }) => doors.map(({ device_id }) => device_id)),
  )
  return grant.door_ids
    .filter((device_id) => world.devices.get(device_id) !== undefined)
    .map((device_id) => ({
      device_id,
      obstacle: obstacleAt(world, device_id, { starts_at, ends_at }, served.has(device_id)),
    }))
}
