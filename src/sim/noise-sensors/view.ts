import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { NoiseSensor, NoiseSlot } from '../../db/tables/noise-sensors.ts'
import { batteryLevel } from '../devices/battery-level.ts'
import { heardAt } from '../devices/heard.ts'
import { linkState } from '../devices/link.ts'
import type { LinkBreak } from '../devices/link.ts'
import { requireDevice } from '../devices/rows.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { noiseSensorProfileOf } from './models/index.ts'
import type { NoiseSensorProfile } from './profile.ts'
import { levelAt } from './sound.ts'
import { isOpenAt, windowOf } from './windows.ts'
import type { DailyWindow } from './windows.ts'

/** A noise sensor with everything around it that decides what it hears and tells. */
export interface SensorView {
  device: Device
  sensor: NoiseSensor
  profile: NoiseSensorProfile
  account: ConnectedAccount
  link: { online: boolean; cause: LinkBreak | null }
  /** 0–1; null with mains power. */
  battery_level: number | null
}

/** The view of a noise sensor; null for a device that is none, or that is gone. */
export const sensorView = (world: World, device_id: string): SensorView | null => {
  const device = world.devices.get(device_id)
  const sensor = world.noise_sensors.get(device_id)
  if (device === undefined || sensor === undefined) return null
  const account = world.connected_accounts.get(device.connected_account_id)
  const profile = noiseSensorProfileOf(device.model ?? '')
  if (account === undefined || profile === undefined) return null
  const battery_level =
    profile.battery === null || sensor.battery === null
      ? null
      : batteryLevel(profile.battery, sensor.battery, world.now)
  return {
    device,
    sensor,
    profile,
    account,
    battery_level,
    link: linkState({
      account: { connected: account.disconnected_at === null },
      bridge: null,
      lock: {
        radio_online: device.radio_offline_at === null,
        battery_dead: battery_level !== null && battery_level <= 0,
        removed: device.removed_at !== null,
      },
    }),
  }
}

/** @throws device_not_found, also for a device that is no noise sensor (fake-seam-connect) */
export const requireSensor = (world: World, device_id: string): SensorView => {
  const view = sensorView(world, device_id)
  if (view !== null) return view
  requireDevice(world, device_id)
  throw notFound('device', { device_id })
}

/** The zone of thresholds that name none. */
export const zoneOfSensor = ({ device }: Pick<SensorView, 'device'>): string =>
  device.location?.time_zone ?? 'UTC'

export const hasPower = ({ battery_level }: SensorView): boolean =>
  battery_level === null || battery_level > 0

/** Windows of slots, each read once: lists ask for those of every sensor. */
const windows = new WeakMap<NoiseSlot, { zone: string; window: DailyWindow }>()

const windowOfSlot = (slot: NoiseSlot, zone: string): DailyWindow => {
  const known = windows.get(slot)
  if (known?.zone === zone) return known.window
  const window = windowOf(slot, zone)
  windows.set(slot, { zone, window })
  return window
}

/** The threshold in the sensor's memory that rules at an instant: of several that are open, the one that came last. */
export const rulingAt = (view: SensorView, at: number): NoiseSlot | null => {
  const zone = zoneOfSensor(view)
  return view.sensor.slots.findLast((slot) => isOpenAt(windowOfSlot(slot, zone), at)) ?? null
}

/** What the API knows of the sound: the level at its last report, and which threshold it reaches. */
export const reportedSound = (world: World, view: SensorView) => {
  const at = heardAt(world, view)
  const decibels = levelAt(view.sensor.background, view.sensor.sounds, at)
  const ruling = rulingAt(view, at)
  return {
    at,
    decibels,
    triggering: ruling !== null && decibels >= ruling.decibels ? [ruling.noise_threshold_id] : [],
  }
}
