/** Every kind of job, by name: the whole list of things that happen by themselves. */
import type { JobKind } from '../db/tables/jobs.ts'
import { carryOutAction } from './actions.ts'
import { bringGrantForward } from './access-grants/carry-out.ts'
import { fillBackupPool } from './access-codes/backup-pool.ts'
import { bringForward } from './access-codes/carry-out.ts'
import { bringGroupForward } from './acs-access-groups/carry-out.ts'
import { bringCredentialForward, loseCredential } from './acs-credentials/carry-out.ts'
import { bringUserForward } from './acs-users/carry-out.ts'
import { wakeForSpace } from './access-codes/wake.ts'
import { loseSlot, syncDevice } from './access-codes/poll.ts'
import { automateStay } from './customers/grants-of-stays.ts'
import { finishFirstSync } from './connect-webviews/first-sync.ts'
import { stabilizeLink } from './devices/link-changes.ts'
import { turnLinkFault } from './links/faults.ts'
import { forgetHistory } from './history/forget.ts'
import { subscriptionJobs } from './locks/subscription.ts'
import type { JobHandler } from './kernel/jobs.ts'
import { autoLock } from './locks/at-the-door.ts'
import { noteBattery, noteKeypadBattery } from './locks/battery/use.ts'
import { noteSensorBattery } from './noise-sensors/battery.ts'
import { bringThresholdForward, loseThreshold } from './noise-sensors/carry-out.ts'
import { listen } from './noise-sensors/listen.ts'
import { bringThermostatForward } from './thermostats/carry-out.ts'
import { stepOutdoors } from './thermostats/change.ts'
import { lookAtThermostat } from './thermostats/look.ts'
import { observe } from './thermostats/temperature-events.ts'
import { beginPeriod } from './thermostats/periods.ts'
import { finishReset } from './workspaces/reset-sandbox.ts'

/** A lock may be gone when the time of its job has come: then there is nothing to do. */
const ofLock =
  (handler: JobHandler): JobHandler =>
  (world, device_id) => {
    if (world.devices.get(device_id) === undefined) return
    if (world.locks.get(device_id) !== undefined) handler(world, device_id)
  }

export const jobHandlers: Record<JobKind, JobHandler> = {
  'access_code.settle': bringForward,
  'access_grant.settle': bringGrantForward,
  'acs_access_group.settle': bringGroupForward,
  'acs_credential.settle': bringCredentialForward,
  'acs_credential.lose': loseCredential,
  'acs_user.settle': bringUserForward,
  'action_attempt.settle': carryOutAction,
  'backup_pool.fill': ofLock(fillBackupPool),
  'device.stabilize': stabilizeLink,
  'device.sync': ofLock(syncDevice),
  'connected_account.first_sync': finishFirstSync,
  'customer.stay': automateStay,
  'device.space': wakeForSpace,
  'fault.link': turnLinkFault,
  'history.forget': forgetHistory,
  'device.subscription_lapse': ofLock(subscriptionJobs['device.subscription_lapse']),
  'device.subscription_renewal': ofLock(subscriptionJobs['device.subscription_renewal']),
  'lock.auto_lock': ofLock(autoLock),
  'lock.battery': ofLock(noteBattery),
  'lock.keypad_battery': ofLock(noteKeypadBattery),
  'lock.lose_slot': loseSlot,
  'noise_sensor.battery': noteSensorBattery,
  'noise_sensor.listen': listen,
  'noise_threshold.lose': loseThreshold,
  'noise_threshold.settle': bringThresholdForward,
  'thermostat.look': lookAtThermostat,
  'thermostat.outdoor': stepOutdoors,
  'thermostat.period': beginPeriod,
  'thermostat.settle': bringThermostatForward,
  'thermostat.watch': observe,
  'workspace.reset_sandbox': finishReset,
}
