/** What time does to a noise sensor: it is looked at where something that it hears or follows changes. */
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { tellNotice } from './alerts.ts'
import { follow } from './disturbance.ts'
import { levelAt, nextEdge } from './sound.ts'
import { hasPower, rulingAt, sensorView, zoneOfSensor } from './view.ts'
import type { SensorView } from './view.ts'
import { nextWindowEdge, windowOf } from './windows.ts'

const JOB = 'noise_sensor.listen'

const earliest = (instants: readonly (number | null)[]): number | null => {
  const known = instants.filter((it) => it !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** When a window of some threshold opens or closes next. */
const nextOpening = (view: SensorView, now: number): number | null => {
  const zone = zoneOfSensor(view)
  return earliest(view.sensor.slots.map((slot) => nextWindowEdge(windowOf(slot, zone), now)))
}

/** Follows what the sensor hears at this instant, and sets the job for the next one that matters. */
export const listen = (world: World, device_id: string): void => {
  const view = sensorView(world, device_id)
  if (view === null) return
  if (!hasPower(view) || view.device.removed_at !== null) {
    if (view.sensor.disturbance !== null) {
      world.noise_sensors.update(device_id, { disturbance: null })
    }
    cancelJob(world, JOB, device_id)
    return
  }
  const { background, sounds, disturbance, slots } = view.sensor
  const level = levelAt(background, sounds, world.now)
  const heard = { level, ruling: rulingAt(view, world.now) }
  const { state, notices, next } = follow(disturbance, heard, world.now, view.profile.disturbance)
  if (state !== disturbance) world.noise_sensors.update(device_id, { disturbance: state })
  for (const notice of notices) tellNotice(world, view, notice, level)
  // Windows matter only while some threshold is reached, or a disturbance is followed.
  const isOfInterest = state !== null || slots.some(({ decibels }) => level >= decibels)
  const opening = isOfInterest ? nextOpening(view, world.now) : null
  const due = earliest([next, nextEdge(sounds, world.now), opening])
  scheduleJob(world, JOB, device_id, due)
}
