/** A noise sensor's own memory of thresholds: by it alone the sensor judges. */
import type { NoiseSlot, NoiseThreshold } from '../../db/tables/noise-sensors.ts'
import type { World } from '../kernel/world.ts'
import { tellNotice } from './alerts.ts'
import { follow } from './disturbance.ts'
import { listen } from './listen.ts'
import { levelAt } from './sound.ts'
import { requireSensor } from './view.ts'

export const slotOf = ({
  noise_threshold_id,
  name,
  starts_daily_at,
  ends_daily_at,
  decibels,
}: NoiseThreshold): NoiseSlot => ({
  noise_threshold_id,
  name,
  starts_daily_at,
  ends_daily_at,
  decibels,
})

/** A disturbance over a threshold that is changed is over; noise counts anew from now on. */
const endDisturbanceOver = (world: World, device_id: string, noise_threshold_id: string): void => {
  const view = requireSensor(world, device_id)
  const { disturbance, background, sounds } = view.sensor
  if (disturbance?.noise_threshold_id !== noise_threshold_id) return
  const level = levelAt(background, sounds, world.now)
  const { notices } = follow(
    disturbance,
    { level, ruling: null },
    world.now,
    view.profile.disturbance,
  )
  world.noise_sensors.update(device_id, { disturbance: null })
  for (const notice of notices) tellNotice(world, view, notice, level)
}

/** Writes a threshold into the sensor; false when its memory is full. */
export const writeThreshold = (world: World, device_id: string, slot: NoiseSlot): boolean => {
  const { sensor, profile } = requireSensor(world, device_id)
  const { noise_threshold_id } = slot
  const isThere = sensor.slots.some((it) => it.noise_threshold_id === noise_threshold_id)
  const max = profile.thresholds.kind === 'nested' ? profile.thresholds.max : Infinity
  if (!isThere && sensor.slots.length >= max) return false
  endDisturbanceOver(world, device_id, noise_threshold_id)
  const slots = isThere
    ? sensor.slots.map((it) => (it.noise_threshold_id === noise_threshold_id ? slot : it))
    : [...sensor.slots, slot]
  world.noise_sensors.update(device_id, { slots })
  listen(world, device_id)
  return true
}

/** Takes a threshold out of the sensor. */
export const eraseThreshold = (
  world: World,
  device_id: string,
  noise_threshold_id: string,
): void => {
  const { sensor } = requireSensor(world, device_id)
  endDisturbanceOver(world, device_id, noise_threshold_id)
  world.noise_sensors.update(device_id, {
    slots: sensor.slots.filter((it) => it.noise_threshold_id !== noise_threshold_id),
  })
  listen(world, device_id)
}
