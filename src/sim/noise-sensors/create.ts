/** Noise sensors are put up: by hand, by a fixture, or found in an account. */
import type { Device } from '../../db/tables/devices.ts'
import { accountForDevice } from '../connected-accounts/for-device.ts'
import { batteryStatus } from '../devices/battery-level.ts'
import { linkState } from '../devices/link.ts'
import { freeDeviceId, insertDevice, requireDevice } from '../devices/rows.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { scheduleSensorBattery } from './battery.ts'
import { requireFitting, requireWindow } from './checks.ts'
import type { Wanted } from './checks.ts'
import { listen } from './listen.ts'
import { writeThreshold, slotOf } from './memory.ts'
import { noiseSensorProfileOf, noiseSensorProfiles } from './models/index.ts'
import type { NoiseSensorProfile } from './profile.ts'
import { insertThreshold } from './operations.ts'
import { thresholdsOf } from './rows.ts'
import { requireSensor, zoneOfSensor } from './view.ts'

type NewThreshold = Omit<Wanted, 'nrs'> & { noise_threshold_id?: string | undefined }

export interface NewNoiseSensor {
  model: string
  device_id?: string | undefined
  connected_account_id?: string | undefined
  name?: string | undefined
  nickname?: string | undefined
  is_managed?: boolean | undefined
  is_online?: boolean | undefined
  battery_level?: number | undefined
  /** The sound around it, dB. */
  level?: number | undefined
  /** Those that the model comes with when not given. */
  thresholds?: readonly NewThreshold[] | undefined
  location?: { location_name?: string | undefined; time_zone?: string | undefined } | undefined
  custom_metadata?: Record<string, string | boolean> | undefined
  customer_key?: string | undefined
  wire?: Record<string, unknown> | undefined
}

const requireModel = (model: string): NoiseSensorProfile => {
  const found = noiseSensorProfileOf(model)
  if (found !== undefined) return found
  throw domainError(
    'noise_sensor_model_not_found',
    `There is no noise sensor model "${model}". Known: ${Object.keys(noiseSensorProfiles).join(', ')}.`,
    { param: 'model' },
  )
}

const insertSensor = (
  world: World,
  device_id: string,
  profile: NoiseSensorProfile,
  { battery_level = 1, level }: NewNoiseSensor,
): void => {
  world.noise_sensors.insert({
    device_id,
    battery:
      profile.battery === null
        ? null
        : { installed_at: world.now, level_at_install: battery_level, uses: 0 },
    background: level ?? profile.background,
    sounds: [],
    slots: [],
    disturbance: null,
    untold: [],
  })
}

const describeDevice = (
  world: World,
  profile: NoiseSensorProfile,
  input: NewNoiseSensor & { device_id: string; connected_account_id: string },
): void => {
  const { device_id, connected_account_id, is_online = true, battery_level = 1 } = input
  const account = world.connected_accounts.get(connected_account_id)
  const link = linkState({
    account: { connected: account?.disconnected_at === null },
    bridge: null,
    lock: {
      radio_online: is_online,
      battery_dead: profile.battery !== null && battery_level <= 0,
      removed: false,
    },
  })
  insertDevice(world, {
    device_id,
    connected_account_id,
    model: profile.model,
    device_type: profile.device_type,
    name: input.name ?? profile.display_name,
    nickname: input.nickname ?? null,
    is_managed: input.is_managed ?? true,
    custom_metadata: input.custom_metadata ?? {},
    customer_key: input.customer_key ?? null,
    location: input.location === undefined ? null : { ...input.location },
    wire_overrides: input.wire ?? null,
    radio_offline_at: is_online ? null : world.now,
    battery_status: profile.battery === null ? null : batteryStatus(battery_level),
    offline_cause: link.cause,
    offline_since: link.online ? null : world.now,
  })
}

/** Thresholds that it has from the beginning: the sensor holds them, and Seam knows. */
const hangThresholds = (
  world: World,
  device_id: string,
  thresholds: readonly NewThreshold[],
): void => {
  const view = requireSensor(world, device_id)
  const wanted = thresholds.map((it) => ({ ...it, nrs: null }))
  for (const it of wanted) requireWindow(it)
  requireFitting(wanted, view.profile, zoneOfSensor(view))
  for (const it of wanted) insertThreshold(world, device_id, it, true)
  for (const it of thresholdsOf(world, device_id)) writeThreshold(world, device_id, slotOf(it))
}

/** Puts up a noise sensor; its account is found or made when not given, and no event is recorded. */
export const createNoiseSensor = (world: World, input: NewNoiseSensor): Device => {
  const profile = requireModel(input.model)
  const device_id = freeDeviceId(world, input.device_id)
  const connected_account_id = accountForDevice(world, {
    given: input.connected_account_id,
    account: profile.account,
    capability: 'noise_sensor',
  })
  describeDevice(world, profile, { ...input, device_id, connected_account_id })
  insertSensor(world, device_id, profile, input)
  hangThresholds(world, device_id, input.thresholds ?? profile.built_in)
  scheduleSensorBattery(world, device_id)
  listen(world, device_id)
  return requireDevice(world, device_id)
}
