import { is } from '../../db/conditions.ts'
import { noise_thresholds } from '../../db/tables/noise-sensors.ts'
import type { NoiseThreshold } from '../../db/tables/noise-sensors.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofSensor = is(noise_thresholds.device_id)

/** The thresholds of a sensor in the order of their creation, also those that are being taken off it. */
export const allThresholdsOf = (world: World, device_id: string): NoiseThreshold[] =>
  world.noise_thresholds.all(ofSensor(device_id))

const isWanted = ({ deletion_requested_at }: NoiseThreshold): boolean =>
  deletion_requested_at === null

/** The thresholds that the API's user wants on a sensor. */
export const thresholdsOf = (world: World, device_id: string): NoiseThreshold[] =>
  allThresholdsOf(world, device_id).filter(isWanted)

/** @throws noise_threshold_not_found, also for one of another sensor */
export const requireThreshold = (
  world: World,
  noise_threshold_id: string,
  device_id?: string,
): NoiseThreshold => {
  const found = world.noise_thresholds.get(noise_threshold_id)
  const isOther = device_id !== undefined && found?.device_id !== device_id
  if (found === undefined || isOther || !isWanted(found)) {
    throw notFound('noise_threshold', { noise_threshold_id })
  }
  return found
}
