/**
 * What follows from what: whatever happens to a thing, and who answers, in this order and at once.
 * `job-handlers.ts` beside it lists what follows from time. A resource that is built on another one
 * is named here, so that the other need not know of it.
 */
import type { JobKind } from '../db/tables/jobs.ts'
import {
  forgetWhatWasProgrammed,
  settleDevice,
  wakeDevice,
  wakeForPin,
  wakeRefused,
} from './access-codes/wake.ts'
import {
  followDevice,
  followEntrance,
  followNewSystem,
  followOpenedKey,
  followPerson,
  followSpace,
  moveGrantsOfMerged,
  takeGrantsDown,
  wakeGrantOfCredential,
  wakeGrantOfMethod,
  wakeGrantWithCredential,
} from './access-grants/wake.ts'
import { deleteCodesOfDevice } from './access-codes/device-gone.ts'
import { adoptFoundCodes, noteUses } from './access-codes/poll.ts'
import { releaseCodesOfDevice } from './access-codes/unmanaged.ts'
import { wakeGroupsOfSystem } from './acs-access-groups/carry-out.ts'
import { forgetGroupsOfSystem } from './acs-access-groups/create.ts'
import {
  deleteCredentialsOfUser,
  wakeCredentialsOfSystem,
  wakeCredentialsOfUser,
} from './acs-credentials/carry-out.ts'
import { followLostPhone, followNewPhone } from './acs-credentials/phones.ts'
import { reportUses } from './acs-cards/door-uses.ts'
import { forgetCredentialsOfSystem } from './acs-credentials/create.ts'
import { forgetEncodersOfSystem } from './acs-encoders/forget.ts'
import { removeEntrancesOfSystem } from './acs-entrances/create.ts'
import { touchSystemsBehindBridge, touchSystemsOfAccount } from './acs-systems/link-of-system.ts'
import { deleteSystemsOfAccount } from './acs-systems/leave.ts'
import { wakeUsersOfSystem } from './acs-users/carry-out.ts'
import { deleteUsersOfIdentity, leaveGoneGroup, moveUsersOfMerged } from './acs-users/operations.ts'
import { forgetUsersOfSystem } from './acs-users/create.ts'
import { followPersonName, followSpaceName } from './customers/grants-of-stays.ts'
import { refreshLinkOfDevice } from './device-kinds.ts'
import { startLinkFault, stopLinkFault } from './links/faults.ts'
import { deleteDevicesOfAccount, touchDevicesOfAccount } from './devices/operations.ts'
import { deleteSessionsOfIdentity, moveSessionsOfMerged } from './client-sessions/operations.ts'
import { forgetKeyOfSession, moveKeysOfMerged } from './instant-keys/operations.ts'
import { deactivatePhonesOf, movePhonesOfMerged } from './phones/operations.ts'
import { scheduleJob } from './kernel/jobs.ts'
import type { Reaction, Reactions } from './kernel/world.ts'
import { reportBattery } from './locks/battery/report.ts'
import { refreshLinksBehindBridge } from './locks/link-of-lock.ts'
import { abandonLock, noteRadioBack, wipeRemovedLock } from './locks/leave-account.ts'
import { reportLockLog } from './locks/lock-log.ts'
import { pollSoon } from './locks/next-poll.ts'
import { deliverAlerts } from './noise-sensors/alerts.ts'
import { reportSensorBattery } from './noise-sensors/battery.ts'
import { wakeThresholds } from './noise-sensors/carry-out.ts'
import { forgetSensor, silenceRemovedSensor } from './noise-sensors/kind.ts'
import { forgetThermostat, stopRemovedThermostat } from './thermostats/kind.ts'
import { refreshThermostatsBehindBridge } from './thermostats/link.ts'
import { greetThermostat } from './thermostats/look.ts'
import {
  forgetDeviceOfIdentities,
  moveDevicesOfMerged,
  takeAllDevicesBack,
} from './user-identities/device-access.ts'

/** The job of that kind about the thing, at this very instant. */
const now =
  (kind: JobKind): Reaction =>
  (world, id) =>
    scheduleJob(world, kind, id, world.now)

export const reactions: Reactions = {
  fault_created: [startLinkFault],
  fault_ended: [stopLinkFault],
  account_changed: [touchDevicesOfAccount, touchSystemsOfAccount],
  account_deleted: [deleteDevicesOfAccount, deleteSystemsOfAccount],
  acs_access_group_deleted: [leaveGoneGroup],
  acs_credential_gone: [wakeGrantWithCredential],
  acs_credential_moved: [wakeGrantOfCredential],
  acs_entrance_gone: [followEntrance],
  acs_system_added: [followNewSystem],
  acs_system_back: [wakeGroupsOfSystem, wakeUsersOfSystem, wakeCredentialsOfSystem, reportUses],
  acs_system_deleted: [
    forgetCredentialsOfSystem,
    forgetUsersOfSystem,
    forgetEncodersOfSystem,
    forgetGroupsOfSystem,
    removeEntrancesOfSystem,
  ],
  acs_user_changed: [wakeCredentialsOfUser],
  acs_user_deleted: [deleteCredentialsOfUser],
  account_of_device_changed: [refreshLinkOfDevice, settleDevice],
  bridge_changed: [
    refreshLinksBehindBridge,
    refreshThermostatsBehindBridge,
    touchSystemsBehindBridge,
  ],
  link_changed: [refreshLinkOfDevice],
  radio_back: [noteRadioBack],
  link_back: [
    reportLockLog,
    deliverAlerts,
    noteUses,
    reportBattery,
    reportSensorBattery,
    wakeDevice,
    wakeThresholds,
    greetThermostat,
    now('device.sync'),
  ],
  device_described: [adoptFoundCodes],
  device_managed: [pollSoon, followDevice],
  device_unmanaged: [releaseCodesOfDevice, followDevice],
  device_removed: [
    wipeRemovedLock,
    silenceRemovedSensor,
    stopRemovedThermostat,
    forgetWhatWasProgrammed,
    followDevice,
  ],
  device_deleted: [
    deleteCodesOfDevice,
    abandonLock,
    forgetSensor,
    forgetThermostat,
    forgetDeviceOfIdentities,
  ],
  device_gone: [followDevice],
  keypad_back: [wakeDevice, followDevice],
  slot_free: [now('device.space')],
  pin_free: [wakeForPin],
  pin_free_on_lock: [wakeRefused],
  one_time_code_used: [noteUses],
  code_of_method_moved: [wakeGrantOfMethod],
  subscription_back: [wakeDevice],
  space_changed: [followSpace],
  space_renamed: [followSpaceName],
  client_session_deleted: [forgetKeyOfSession],
  instant_key_opened: [followOpenedKey],
  phone_added: [followNewPhone],
  phone_lost: [followLostPhone],
  user_identity_merged: [
    moveSessionsOfMerged,
    movePhonesOfMerged,
    moveKeysOfMerged,
    moveDevicesOfMerged,
    moveUsersOfMerged,
    moveGrantsOfMerged,
  ],
  user_identity_renamed: [followPerson, followPersonName],
  user_identity_deleted: [
    deleteSessionsOfIdentity,
    deactivatePhonesOf,
    takeAllDevicesBack,
    deleteUsersOfIdentity,
    takeGrantsDown,
  ],
}
