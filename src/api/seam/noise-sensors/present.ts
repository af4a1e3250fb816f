import type { Device } from '../../../db/tables/devices.ts'
import { batteryStatus, shownLevel } from '../../../sim/devices/battery-level.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { providerNumber } from '../../../sim/noise-sensors/alerts.ts'
import { ownNetworkSimulates } from '../../../sim/devices/kinds.ts'
import { sensorIssues } from '../../../sim/noise-sensors/link.ts'
import { nrsOf } from '../../../sim/noise-sensors/nrs.ts'
import { levelSince } from '../../../sim/noise-sensors/sound.ts'
import { reportedSound, requireSensor } from '../../../sim/noise-sensors/view.ts'
import type { SensorView } from '../../../sim/noise-sensors/view.ts'
import { unchangedOrMade } from '../../answers/unchanged.ts'
import { basicProperties, managedDevice, unmanagedDevice } from '../devices/common-fields.ts'
import { simulateFlags } from '../devices/simulate-flags.ts'
import type { Shown } from '../devices/common-fields.ts'
import type { DevicePresenter } from '../devices/presenter.ts'

const shownOf = (view: SensorView): Shown => ({
  device: view.device,
  account: view.account,
  flags: simulateFlags(ownNetworkSimulates),
  capabilities: ['noise_detection', ...(view.profile.battery === null ? [] : ['battery'])],
  issues: sensorIssues(view),
})

/** Nothing is known of the battery of a sensor that cannot be reached. */
const batteryOf = ({ battery_level, link }: SensorView) =>
  battery_level === null || !link.online
    ? {}
    : {
        battery: { level: shownLevel(battery_level), status: batteryStatus(battery_level) },
        battery_level: shownLevel(battery_level),
      }

const basicOf = (view: SensorView) => ({
  ...basicProperties(view.device, view.profile, view.link.online),
  ...batteryOf(view),
})

type Sounded = ReturnType<typeof reportedSound>

const metadataOf = (view: SensorView, { decibels, at }: Sounded) => {
  const { device, sensor, profile } = view
  const device_id = providerNumber(device.device_id)
  if (profile.alert === 'noiseaware') {
    return {
      noiseaware_metadata: {
        device_id,
        device_name: device.name,
        device_model: 'indoor',
        noise_level_decibel: decibels,
        noise_level_nrs: nrsOf(decibels),
      },
    }
  }
  const time = toIso(levelSince(sensor.sounds, at) ?? device.created_at)
  // All but the sound is assumed: a room in which nothing moves.
  const latest_sensor_values = {
    sound: { time, value: decibels },
    temperature: { time, value: 21 },
    humidity: { time, value: 40 },
    pressure: { time, value: 1013 },
    accelerometer_z: { time, value: 1 },
  }
  return { minut_metadata: { device_id, device_name: device.name, latest_sensor_values } }
}

const propertiesOf = (view: SensorView, sounded: Sounded) => ({
  ...basicOf(view),
  has_direct_power: view.profile.battery === null,
  noise_level_decibels: sounded.decibels,
  currently_triggering_noise_threshold_ids: sounded.triggering,
  ...metadataOf(view, sounded),
})

const presentManaged = (world: World, device: Device): Record<string, unknown> => {
  const view = requireSensor(world, device.device_id)
  const sounded = reportedSound(world, view)
  const level = view.battery_level === null ? null : shownLevel(view.battery_level)
  const parts = [
    view.sensor,
    view.account,
    view.link.cause,
    level,
    sounded.decibels,
    sounded.triggering[0],
    levelSince(view.sensor.sounds, sounded.at),
  ]
  return unchangedOrMade(device, parts, () =>
    managedDevice(world, shownOf(view), view.profile, propertiesOf(view, sounded)),
  )
}

export const noiseSensorPresenter: DevicePresenter = {
  managed: presentManaged,
  unmanaged: (world, device) => {
    const view = requireSensor(world, device.device_id)
    return unmanagedDevice(world, shownOf(view), basicOf(view))
  },
}
