/** Direct access of a person to a device, without an access grant. */
import { is } from '../../db/conditions.ts'
import { user_identity_devices } from '../../db/tables/user-identities.ts'
import { requireManaged } from '../devices/management.ts'
import { requireDevice } from '../devices/rows.ts'
import type { World } from '../kernel/world.ts'
import { personMergedWith, requireLivingIdentity, requireUserIdentity } from './rows.ts'

const ofIdentity = is(user_identity_devices.user_identity_id)
const ofDevice = is(user_identity_devices.device_id)

/** In the order in which they were given. */
export const devicesGiven = (world: World, user_identity_id: string): string[] =>
  world.user_identity_devices.all(ofIdentity(user_identity_id)).map((it) => it.device_id)

/** Gives access; whoever has it keeps it. @throws user_identity_not_found, device_not_found, device_unmanaged */
export const giveDevice = (world: World, user_identity_id: string, device_id: string): void => {
  requireLivingIdentity(world, user_identity_id)
  requireManaged(requireDevice(world, device_id))
  if (world.user_identity_devices.get([user_identity_id, device_id]) !== undefined) return
  world.user_identity_devices.insert({ user_identity_id, device_id, created_at: world.now })
}

/** Takes back what was given directly; access by grants stays. @throws user_identity_not_found, device_not_found */
export const takeDeviceBack = (world: World, user_identity_id: string, device_id: string): void => {
  requireUserIdentity(world, user_identity_id)
  requireDevice(world, device_id)
  world.user_identity_devices.delete([user_identity_id, device_id])
}

/** The person has no direct access to anything any more. */
export const takeAllDevicesBack = (world: World, user_identity_id: string): void => {
  world.user_identity_devices.deleteWhere(ofIdentity(user_identity_id))
}

/** A device that is gone opens for nobody. */
export const forgetDeviceOfIdentities = (world: World, device_id: string): void => {
  world.user_identity_devices.deleteWhere(ofDevice(device_id))
}

/** Whatever a person was given directly, the one whom it was merged into has. */
export const moveDevicesOfMerged = (world: World, merged_id: string): void => {
  const { user_identity_id } = personMergedWith(world, merged_id)
  for (const { device_id, created_at } of world.user_identity_devices.all(ofIdentity(merged_id))) {
    if (world.user_identity_devices.get([user_identity_id, device_id]) === undefined) {
      world.user_identity_devices.insert({ user_identity_id, device_id, created_at })
    }
  }
  takeAllDevicesBack(world, merged_id)
}
