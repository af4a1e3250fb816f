/** The paid plan at the provider that some locks need for access codes. */
import { recordEvent } from '../events/record.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { lockIssuesOfMoment } from './issues.ts'
import { requireLock } from './lock-view.ts'

const LAPSE = 'device.subscription_lapse'
const RENEWAL = 'device.subscription_renewal'

/** The plan lapses or is renewed at the provider: Seam hears of it at its next poll. */
export const changeSubscription = (world: World, device_id: string, is_expired: boolean): void => {
  const { profile } = requireLock(world, device_id)
  const lag = world.settings.poll_interval ?? profile.poll_interval
  cancelJob(world, is_expired ? RENEWAL : LAPSE, device_id)
  scheduleJob(world, is_expired ? LAPSE : RENEWAL, device_id, world.now + lag)
}

const noteSubscription = (world: World, device_id: string, is_expired: boolean): void => {
  const { subscription_expired_at } = requireLock(world, device_id).lock
  if ((subscription_expired_at !== null) === is_expired) return
  world.locks.update(device_id, { subscription_expired_at: is_expired ? world.now : null })
  if (is_expired) {
    const issues = lockIssuesOfMoment(world, requireLock(world, device_id))
    recordEvent(world, 'device.error.subscription_required', { device_id, ...issues })
    // Codes look at the plan when their turn comes.
    return
  }
  recordEvent(world, 'device.error.subscription_required.resolved', { device_id })
  react(world, 'subscription_back', device_id)
}

export const subscriptionJobs = {
  [LAPSE]: (world: World, device_id: string): void => noteSubscription(world, device_id, true),
  [RENEWAL]: (world: World, device_id: string): void => noteSubscription(world, device_id, false),
}
