/** What a lock saw while nobody could hear it, told when it can be heard again. */
import { isEventType } from '../events/catalog.ts'
import type { EventType } from '../events/catalog.ts'
import { replayEvent } from '../events/record.ts'
import { nextStamp } from '../events/stamps.ts'
import type { Told } from '../events/told.ts'
import { lockView } from './lock-view.ts'
import type { World } from '../kernel/world.ts'
import { and, eq, ne, where } from '../../db/conditions.ts'
import { lock_log } from '../../db/tables/locks.ts'

const uses = where(lock_log, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.event_type, USE)),
)
const untold = where(lock_log, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), ne(c.event_type, USE)),
)

/** What a lock itself says of an event; which lock it is goes without saying. */
export type Report<T extends EventType> = Omit<Told<T>, 'device_id'>

/** Tells of something at the lock: at once if it can be reached, or when it can. */
export function reportFromLock<T extends EventType>(
  world: World,
  device_id: string,
  event_type: T,
  payload: Report<T>,
): void
export function reportFromLock(
  world: World,
  device_id: string,
  event_type: EventType,
  payload: Record<string, unknown>,
): void {
  const view = lockView(world, device_id)
  if (view === null) return
  if (view.link.online) replayEvent(world, event_type, { device_id, ...payload })
  else {
    world.lock_log.insert({ device_id, occurred_at: nextStamp(world), event_type, payload })
    overwriteOldest(world, device_id)
  }
}

/** What a lock's own log holds, until it is heard again. Assumed: real ones hold some hundreds of entries. */
const LOG_SIZE = 1_000

/** The oldest entry makes room for the newest one; that a one-time code was used the lock does not forget. */
const overwriteOldest = (world: World, device_id: string): void => {
  if (world.lock_log.count(untold({ device_id })) <= LOG_SIZE) return
  const oldest = world.lock_log.first(untold({ device_id }), { limit: 1 })
  if (oldest !== undefined) world.lock_log.delete(String(oldest.seq))
}

/** How the log says that a one-time code was used up: the event that follows from it. */
const USE = 'access_code.removed_from_device'

/** The lock notes that a one-time code was used up: `takeUses` hears of it when the lock can be heard. */
export const logUse = (world: World, device_id: string, access_code_id: string): void => {
  const payload = { access_code_id }
  world.lock_log.insert({ device_id, occurred_at: world.now, event_type: USE, payload })
}

/** The ids of the one-time codes that were used up, which Seam has not heard of. */
export const untoldUses = (world: World, device_id: string): string[] =>
  world.lock_log
    .all(uses({ device_id }))
    .flatMap(({ payload }) =>
      typeof payload.access_code_id === 'string' ? [payload.access_code_id] : [],
    )

/** The same, as the lock noted them; they are told once. */
export const takeUses = (world: World, device_id: string): string[] => {
  const used = untoldUses(world, device_id)
  world.lock_log.deleteWhere(uses({ device_id }))
  return used
}

/** The lock is back: its log is read, each entry with the instant at which it happened. */
export const reportLockLog = (world: World, device_id: string): void => {
  for (const entry of world.lock_log.all(untold({ device_id }))) {
    const { event_type, payload, occurred_at } = entry
    if (!isEventType(event_type)) throw new Error(`Seam has no event ${event_type}`)
    replayEvent(world, event_type, { device_id, ...payload }, occurred_at)
  }
  world.lock_log.deleteWhere(untold({ device_id }))
}
