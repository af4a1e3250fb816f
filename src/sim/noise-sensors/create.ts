/** Noise sensors are put up: by hand, by a fixture, or found in an account. */
import type { Device } from '../../db/tables/devices.ts'
import { accountFor } from '../connected-accounts/account-for.ts'
import { insertNewDevice } from '../devices/new-device.ts'
import type { NewDevice } from '../devices/new-device.ts'
import { freeDeviceId, requireDevice } from '../devices/rows.ts'
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

export interface NewNoiseSensor extends NewDevice {
  battery_level?: number | undefined
  /** The sound around it, dB. */
  level?: number | undefined
  /** Those that the model comes with when not given. */
  thresholds?: readonly NewThreshold[] | undefined
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
  const connected_account_id = accountFor(world, {
    given: input.connected_account_id,
    account: profile.account,
    capability: 'noise_sensor',
  })
  const battery_level = profile.battery === null ? null : (input.battery_level ?? 1)
  const placed = { ...input, device_id, connected_account_id }
  insertNewDevice(world, placed, { profile, bridge_id: null, battery_level })
  insertSensor(world, device_id, profile, input)
  hangThresholds(world, device_id, input.thresholds ?? profile.built_in)
  scheduleSensorBattery(world, device_id)
  listen(world, device_id)
  return requireDevice(world, device_id)
}
