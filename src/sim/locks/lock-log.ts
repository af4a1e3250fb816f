/** What a lock saw while nobody could hear it, told when it can be heard again. */
import { recordEvent } from '../events/record.ts'
import type { EventSubject } from '../events/record.ts'
import { lockView } from './lock-view.ts'
import type { World } from '../kernel/world.ts'

const subjectOf = (device_id: string, payload: Record<string, unknown>): EventSubject =>
  typeof payload.access_code_id === 'string'
    ? { device_id, access_code_id: payload.access_code_id }
    : { device_id }

/** Tells of something at the lock: at once if it can be reached, or when it can. */
export const reportFromLock = (
  world: World,
  device_id: string,
  event_type: string,
  payload: Record<string, unknown>,
): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  if (view.link.online) recordEvent(world, event_type, subjectOf(device_id, payload), payload)
  else world.lock_log.insert({ device_id, occurred_at: world.now, event_type, payload })
}

/** The lock is back: its log is read, each entry with the instant at which it happened. */
export const reportLockLog = (world: World, device_id: string): void => {
  for (const entry of world.lock_log.all('device_id = ?', [device_id], 'order by seq')) {
    recordEvent(
      world,
      entry.event_type,
      subjectOf(device_id, entry.payload),
      entry.payload,
      entry.occurred_at,
    )
  }
  world.lock_log.deleteWhere('device_id = ?', [device_id])
}
