/** What the API's user changes of a device: its name, its metadata, and whether Seam manages it. */
import { disableBackupPool, enableBackupPool } from '../access-codes/backup-pool.ts'
import { scheduleSync } from '../access-codes/poll.ts'
import { releaseCodesOfDevice } from '../access-codes/unmanaged.ts'
import { mergeMetadata } from '../kernel/custom-metadata.ts'
import { domainError } from '../kernel/errors.ts'
import { recordEvent } from '../events/record.ts'
import type { World } from '../kernel/world.ts'
import { lockView, requireDevice, requireLock } from '../locks/lock-view.ts'
import type { Device } from '../../db/tables/devices.ts'

/** @throws device_unmanaged */
export const requireManaged = (device: Device): Device => {
  if (device.is_managed) return device
  throw domainError(
    'device_unmanaged',
    `The device ${device.device_id} is unmanaged. Convert it with /devices/unmanaged/update and is_managed: true first.`,
    { data: { device_id: device.device_id } },
  )
}

/** @throws device_managed */
export const requireUnmanaged = (device: Device): Device => {
  if (!device.is_managed) return device
  throw domainError(
    'device_managed',
    `The device ${device.device_id} is managed already. Use /devices/update for it.`,
    { data: { device_id: device.device_id } },
  )
}

export interface DeviceChange {
  device_id: string
  /** null goes back to the name at the provider. */
  name?: string | null | undefined
  is_managed?: boolean | undefined
  custom_metadata?: Readonly<Record<string, string | boolean | null>> | undefined
  backup_access_code_pool_enabled?: boolean | undefined
}

const rename = (world: World, device: Device, name: string | null): void => {
  // The provider's own name is not a nickname.
  const nickname = name === null || name === '' || name === device.name ? null : name
  if (nickname === device.nickname) return
  world.devices.update(device.device_id, { nickname })
  recordEvent(
    world,
    'device.name_changed',
    { device_id: device.device_id },
    { device_name: nickname ?? device.name },
  )
}

const switchBackupPool = (world: World, device: Device, isWanted: boolean): void => {
  const isOn = device.backup_pool_enabled_at !== null
  if (isWanted === isOn) return
  if (isWanted) enableBackupPool(world, requireLock(world, device.device_id))
  else disableBackupPool(world, device.device_id)
}

/**
 * Seam lets go of a device: its codes stay on the lock as unmanaged ones, and spare backup codes
 * are removed (Seam docs: managed and unmanaged devices).
 */
const unmanage = (world: World, device: Device): void => {
  const { device_id } = device
  releaseCodesOfDevice(world, device_id)
  world.devices.update(device_id, { is_managed: false })
  recordEvent(world, 'device.converted_to_unmanaged', { device_id })
}

/** @throws device_unmanaged; invalid_input for a backup pool that the lock cannot have */
export const updateDevice = (world: World, change: DeviceChange): void => {
  const { device_id } = change
  const device = requireManaged(requireDevice(world, device_id))
  world.devices.update(device_id, {
    custom_metadata: mergeMetadata(device.custom_metadata, change.custom_metadata),
  })
  if (change.name !== undefined) rename(world, device, change.name)
  if (change.backup_access_code_pool_enabled !== undefined)
    switchBackupPool(world, device, change.backup_access_code_pool_enabled)
  if (change.is_managed === false) unmanage(world, requireDevice(world, device_id))
}

/**
 * Changes an unmanaged device, or takes it over. Its codes stay unmanaged.
 *
 * @throws device_managed
 */
export const updateUnmanagedDevice = (
  world: World,
  { device_id, is_managed, custom_metadata }: DeviceChange,
): void => {
  const device = requireUnmanaged(requireDevice(world, device_id))
  world.devices.update(device_id, {
    custom_metadata: mergeMetadata(device.custom_metadata, custom_metadata),
  })
  if (is_managed !== true) return
  world.devices.update(device_id, { is_managed: true })
  recordEvent(world, 'device.unmanaged.converted_to_managed', { device_id })
  const view = lockView(world, device_id)
  if (view !== null) scheduleSync(world, view)
}
