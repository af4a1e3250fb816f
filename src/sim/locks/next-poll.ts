/** When the provider is asked next what is on a lock. `access-codes/poll.ts` does the reading. */
import { dueAt, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { lockView } from './lock-view.ts'
import type { LockView } from './lock-view.ts'

/** A person changed something at the lock: the API hears of it at the provider's next poll. */
export const scheduleSync = (world: World, view: LockView): void => {
  const lag = world.settings.poll_interval ?? view.profile.poll_interval
  const { device_id } = view.device
  const planned = dueAt(world, 'device.sync', device_id)
  // Another change before the poll does not put the poll off.
  if (planned !== null && planned <= world.now + lag) return
  scheduleJob(world, 'device.sync', device_id, world.now + lag)
}

/** The same for a device of whatever kind: only locks hold something that a person may have changed. */
export const pollSoon = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view !== null) scheduleSync(world, view)
}
