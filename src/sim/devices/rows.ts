import type { Device } from '../../db/tables/devices.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { is } from '../../db/conditions.ts'
import { devices } from '../../db/tables/devices.ts'

const ofAccount = is(devices.connected_account_id)

/** @throws device_not_found */
export const requireDevice = (world: World, device_id: string): Device => {
  const device = world.devices.get(device_id)
  if (device === undefined) throw notFound('device', { device_id })
  return device
}

/** The id asked for, or a new one. @throws device_exists */
export const freeDeviceId = (world: World, given: string | undefined): string => {
  const device_id = given ?? world.random.uuid('device')
  if (world.devices.get(device_id) === undefined) return device_id
  throw domainError('device_exists', `A device ${device_id} exists already.`, {
    data: { device_id },
  })
}

type NewDevice = Partial<Omit<Device, 'workspace_id' | 'seq'>> &
  Pick<Device, 'device_id' | 'connected_account_id' | 'device_type' | 'name'>

/** What a device is that nobody has said anything else of: managed, online, without a model. */
const ordinary = {
  model: null,
  nickname: null,
  is_managed: true,
  customer_key: null,
  location: null,
  removed_at: null,
  wire_overrides: null,
  reported_time_zone: null,
  radio_offline_at: null,
  offline_cause: null,
  offline_since: null,
  flaky_since: null,
  battery_status: null,
} as const

/** Puts a device there, and answers it; nothing is told of it. */
export const insertDevice = (world: World, device: NewDevice): Device => {
  const created_at = world.now
  const lists = { custom_metadata: {}, space_ids: [], disconnections: [] }
  world.devices.insert({ ...ordinary, ...lists, created_at, ...device })
  return requireDevice(world, device.device_id)
}

/** The account's devices, in the order in which they were added. */
export const devicesOfAccount = (world: World, connected_account_id: string): Device[] =>
  world.devices.all(ofAccount(connected_account_id))
