/** The timer that locks the door by itself. */
import { dueAt, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'

const JOB = 'lock.auto_lock'

/**
 * Starts the timer anew on a lock that stands open, and stops it on any other. Call it after the
 * bolt moved and after the settings of the auto-lock changed.
 */
export const startAutoLock = (world: World, device_id: string): void => {
  const lock = world.locks.get(device_id)
  if (lock === undefined || lock.abandoned !== null) return
  const stands = !lock.locked && lock.auto_lock_enabled
  // Instants are whole milliseconds, and seconds may have any fraction.
  const due = world.now + Math.round(lock.auto_lock_delay_seconds * 1000)
  scheduleJob(world, JOB, device_id, stands ? due : null)
}

/**
 * The bolt can move again: a timer that ran out while it could not starts once more. One that still
 * runs is left alone.
 */
export const resumeAutoLock = (world: World, device_id: string): void => {
  if (dueAt(world, JOB, device_id) !== null) return
  startAutoLock(world, device_id)
}
