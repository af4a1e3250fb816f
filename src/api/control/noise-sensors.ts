import { noiseSensorRoutes } from '../../contract/noise-sensors.ts'
import { batteryStatus } from '../../sim/devices/battery-level.ts'
import { announceDevice } from '../../sim/devices/operations.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import type { World } from '../../sim/kernel/world.ts'
import { setSensorBattery } from '../../sim/noise-sensors/battery.ts'
import { createNoiseSensor } from '../../sim/noise-sensors/create.ts'
import { explainSensor } from '../../sim/noise-sensors/explain.ts'
import { playSounds } from '../../sim/noise-sensors/play.ts'
import { levelAt } from '../../sim/noise-sensors/sound.ts'
import { requireSensor } from '../../sim/noise-sensors/view.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'
import { device, unmanagedDevice } from '../seam/devices/wire.ts'
import { z } from 'zod'
import { answerRoute } from './endpoint.ts'

const presentSensor = (world: World, device_id: string) => {
  const view = requireSensor(world, device_id)
  const { sensor, battery_level } = view
  return {
    device_id,
    model: view.profile.model,
    name: view.device.name,
    online: view.link.online,
    level: levelAt(sensor.background, sensor.sounds, world.now),
    battery:
      battery_level === null
        ? null
        : { level: battery_level, status: batteryStatus(battery_level) },
    slots: sensor.slots,
    untold: sensor.untold.length,
  }
}

const create = answerRoute(
  noiseSensorRoutes.create,
  {
    effect: 'write',
    handler: ({ world }, input) => {
      const { device_id } = createNoiseSensor(world, input)
      announceDevice(world, device_id)
      const row = requireDevice(world, device_id)
      return { device: (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row) }
    },
  },
  { exact: () => ({ device: z.union([device(), unmanagedDevice()]) }) },
)

const get = answerRoute(noiseSensorRoutes.get, {
  effect: 'read',
  handler: ({ world }, { device_id }) => ({ noise_sensor: presentSensor(world, device_id) }),
})

const play = answerRoute(noiseSensorRoutes.play, {
  effect: 'write',
  handler: ({ world }, { device_id, segments }) => {
    const sounds = segments.map(({ at, after, for: lasts, decibels }, nth) => {
      if (at !== undefined && after !== undefined) {
        throw invalidInput(`segments.${nth}`, 'Give at or after, not both')
      }
      const from = at ?? world.now + (after ?? 0)
      return { from, until: from + lasts, decibels }
    })
    playSounds(world, device_id, sounds)
    return { noise_sensor: presentSensor(world, device_id) }
  },
})

const battery = answerRoute(noiseSensorRoutes.set_battery, {
  effect: 'write',
  handler: ({ world }, { device_id, level }) => {
    const { profile } = requireSensor(world, device_id)
    if (profile.battery === null) {
      throw invalidInput('device_id', `A ${profile.display_name} has no battery`)
    }
    setSensorBattery(world, device_id, level)
    return { noise_sensor: presentSensor(world, device_id) }
  },
})

const explain = answerRoute(noiseSensorRoutes.explain, {
  effect: 'read',
  handler: ({ world }, { device_id }) => ({ explanation: explainSensor(world, device_id) }),
})

export const noiseSensorControlEndpoints = [create, get, play, battery, explain]
