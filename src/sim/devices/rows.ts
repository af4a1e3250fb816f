import type { Device } from '../../db/tables/devices.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

/** @throws device_not_found */
export const requireDevice = (world: World, device_id: string): Device => {
  const device = world.devices.get(device_id)
  if (device === undefined) throw notFound('device', { device_id })
  return device
}

/** The account's devices, in the order in which they were added. */
export const devicesOfAccount = (world: World, connected_account_id: string): Device[] =>
  world.devices.all('connected_account_id = ?', [connected_account_id], 'order by seq')
