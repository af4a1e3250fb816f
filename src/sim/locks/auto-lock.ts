/** The timer that locks the door by itself. */
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { and, eq, where } from '../../db/conditions.ts'
import { jobs } from '../../db/tables/jobs.ts'

const planned = where(jobs, ['kind', 'subject'], (c, its) =>
  and(eq(c.kind, its.kind), eq(c.subject, its.subject)),
)

const JOB = 'lock.auto_lock'

/**
 * Starts the timer anew on a lock that stands open, and stops it on any other. Call it after the
 * bolt moved and after the settings of the auto-lock changed.
 */
export const startAutoLock = (world: World, device_id: string): void => {
  const lock = world.locks.get(device_id)
  if (lock === undefined || lock.abandoned !== null) return
  if (lock.locked || !lock.auto_lock_enabled) cancelJob(world, JOB, device_id)
  // Instants are whole milliseconds, and seconds may have any fraction.
  else
    scheduleJob(world, JOB, device_id, world.now + Math.round(lock.auto_lock_delay_seconds * 1000))
}

/**
 * The bolt can move again: a timer that ran out while it could not starts once more. One that still
 * runs is left alone.
 */
export const resumeAutoLock = (world: World, device_id: string): void => {
  if (world.jobs.has(planned({ kind: JOB, subject: device_id }))) return
  startAutoLock(world, device_id)
}
