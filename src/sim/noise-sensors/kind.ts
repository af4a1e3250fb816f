/** Noise sensors as a kind of device. */
import { kindWithOwnNetwork } from '../devices/kinds.ts'
import { cancelJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { forgetThresholds } from './carry-out.ts'
import { refreshSensorLink } from './link.ts'
import { listen } from './listen.ts'
import { noiseSensorProfiles } from './models/index.ts'

export const noiseSensorKind = kindWithOwnNetwork(refreshSensorLink, noiseSensorProfiles)

/** It was taken out of its account at the provider: nobody listens to it any more. */
export const silenceRemovedSensor = (world: World, device_id: string): void => {
  if (world.noise_sensors.get(device_id) === undefined) return
  world.noise_sensors.update(device_id, { slots: [], untold: [] })
  cancelJob(world, 'noise_sensor.battery', device_id)
  listen(world, device_id)
}

/** Its device is to be deleted with its account. */
export const forgetSensor = (world: World, device_id: string): void => {
  if (world.noise_sensors.get(device_id) === undefined) return
  forgetThresholds(world, device_id)
  world.noise_sensors.delete(device_id)
}
