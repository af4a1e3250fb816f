/** Devices that are looked at, vanish, or go with their account. */
import type { Device } from '../../db/tables/devices.ts'
import { requireAccount } from '../connected-accounts/operations.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJobsAbout, scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { devicesOfAccount, requireDevice } from './rows.ts'

/**
 * Polls the account's devices now instead of at the provider's next turn.
 *
 * @throws connected_account_not_found
 */
export const syncAccount = (world: World, connected_account_id: string): void => {
  requireAccount(world, connected_account_id)
  for (const { device_id } of devicesOfAccount(world, connected_account_id)) {
    scheduleJob(world, 'device.sync', device_id, world.now)
  }
}

/** The account's credentials stopped working, or work again: each of its devices in its turn. */
export const touchDevicesOfAccount = (world: World, connected_account_id: string): void => {
  for (const { device_id } of devicesOfAccount(world, connected_account_id)) {
    react(world, 'account_of_device_changed', device_id)
  }
}

/**
 * The device vanishes from its provider's account, which is told by one event: that it is offline
 * from now on goes without saying.
 */
export const removeDevice = (world: World, device_id: string): void => {
  const device = requireDevice(world, device_id)
  if (device.removed_at !== null) return
  world.devices.update(device_id, {
    removed_at: world.now,
    offline_cause: 'device_disconnected',
    offline_since: device.offline_since ?? world.now,
  })
  recordEvent(world, 'device.removed', { device_id })
  react(world, 'device_removed', device_id)
}

/** Deletes the devices of an account that is to be deleted, from Seam's records alone. */
export const deleteDevicesOfAccount = (world: World, connected_account_id: string): void => {
  for (const device of devicesOfAccount(world, connected_account_id)) deleteDevice(world, device)
}

const deleteDevice = (world: World, device: Device): void => {
  const { device_id } = device
  react(world, 'device_deleted', device_id)
  recordEvent(world, 'device.deleted', { device_id, device_name: device.nickname ?? device.name })
  cancelJobsAbout(world, device_id)
  world.devices.delete(device_id)
  react(world, 'device_gone', device_id)
}

/** Seam finds the device in its account; unmanaged devices have events of their own. */
export const announceDevice = (world: World, device_id: string): void => {
  const { is_managed, offline_cause } = requireDevice(world, device_id)
  if (is_managed) recordEvent(world, 'device.added', { device_id })
  if (offline_cause !== null) return
  recordEvent(world, is_managed ? 'device.connected' : 'device.unmanaged.connected', { device_id })
}
