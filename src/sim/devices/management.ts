/** What the API's user changes of a device: its name, its metadata, and whether Seam manages it. */
import { mergeMetadata } from '../kernel/custom-metadata.ts'
import { domainError } from '../kernel/errors.ts'
import { recordEvent } from '../events/record.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { requireDevice } from './rows.ts'
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
}

const rename = (world: World, device: Device, name: string | null): void => {
  // The provider's own name is not a nickname.
  const nickname = name === null || name === '' || name === device.name ? null : name
  if (nickname === device.nickname) return
  world.devices.update(device.device_id, { nickname })
  recordEvent(world, 'device.name_changed', {
    device_id: device.device_id,
    device_name: nickname ?? device.name,
  })
}

/**
 * Seam lets go of a device: its codes stay on the lock as unmanaged ones, and spare backup codes
 * are removed (Seam docs: managed and unmanaged devices).
 */
const unmanage = (world: World, device: Device): void => {
  const { device_id } = device
  world.devices.update(device_id, { is_managed: false })
  react(world, 'device_unmanaged', device_id)
  recordEvent(world, 'device.converted_to_unmanaged', { device_id })
}

/** @throws device_unmanaged */
export const updateDevice = (world: World, change: DeviceChange): void => {
  const { device_id } = change
  const device = requireManaged(requireDevice(world, device_id))
  world.devices.update(device_id, {
    custom_metadata: mergeMetadata(device.custom_metadata, change.custom_metadata),
  })
  if (change.name !== undefined) rename(world, device, change.name)
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
  react(world, 'device_managed', device_id)
}
