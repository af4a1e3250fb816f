/** What Seam tells of a room's temperature, and when it looks next: at the next reading that matters. */
import type { SetPoint, Target, Thermostat } from '../../db/tables/thermostats.ts'
import { pollAt } from '../devices/heard.ts'
import { recordEvent } from '../events/record.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { isCyclingAt, nextReading } from './room-course.ts'
import { leastOf, toFahrenheit } from './temperature.ts'
import { reportedSight, sightAt, thermostatView } from './view.ts'
import type { ThermostatView } from './view.ts'

const JOB = 'thermostat.watch'

/** A change of so much is told (OpenAPI: at least 1 °C), and so near is a set point reached; tenths of a degree. */
const STEP = 10

/** A limit inside the thermostat's own play would be crossed for ever: told once in so long, ms. Assumed. */
const PAIR_PAUSE = 3_600_000

/** Readings are whole tenths, set points are not: this is less than any difference between them. */
const EPSILON = 1e-6

const isNear = (reading: number, at: SetPoint | null): boolean =>
  at !== null && Math.abs(reading - at.celsius * 10) <= STEP + EPSILON

const isReached = (reading: number, { heating, cooling }: Target): boolean =>
  isNear(reading, heating) || isNear(reading, cooling)

/** The nearer of the two. */
const desiredOf = (reading: number, { heating, cooling }: Target): SetPoint | null => {
  if (heating === null || cooling === null) return heating ?? cooling
  const distance = ({ celsius }: SetPoint): number => Math.abs(reading - celsius * 10)
  return distance(heating) <= distance(cooling) ? heating : cooling
}

const isOutside = (reading: number, limits: Thermostat['temperature_threshold']): boolean => {
  if (limits === null) return false
  const { lower, upper } = limits
  return (
    (lower !== null && reading < lower.celsius * 10 - EPSILON) ||
    (upper !== null && reading > upper.celsius * 10 + EPSILON)
  )
}

const isStep = (reading: number, told: number): boolean => Math.abs(reading - told) >= STEP

const temperatureOf = (reading: number) => ({
  temperature_celsius: reading / 10,
  temperature_fahrenheit: toFahrenheit(reading / 10),
})

const limitsOf = ({ temperature_threshold }: Thermostat) => {
  const { lower = null, upper = null } = temperature_threshold ?? {}
  return {
    lower_limit_celsius: lower?.celsius ?? null,
    lower_limit_fahrenheit: lower?.fahrenheit ?? null,
    upper_limit_celsius: upper?.celsius ?? null,
    upper_limit_fahrenheit: upper?.fahrenheit ?? null,
  }
}

/** Until when limits that are exceeded again are not told; 0 when nothing holds them back. */
const quietUntil = ({ room, setting, exceeded_at }: Thermostat, now: number): number =>
  exceeded_at !== null && isCyclingAt(room, setting, now) ? exceeded_at + PAIR_PAUSE : 0

const tellStep = (world: World, { device, thermostat }: ThermostatView, reading: number): void => {
  if (!isStep(reading, thermostat.told_reading)) return
  const { device_id } = device
  world.thermostats.update(device_id, { told_reading: reading })
  recordEvent(world, 'thermostat.temperature_changed', { device_id, ...temperatureOf(reading) })
}

const tellTarget = (
  world: World,
  { device, thermostat }: ThermostatView,
  reading: number,
): void => {
  const { awaited } = thermostat
  if (awaited === null || !isReached(reading, awaited)) return
  const { device_id } = device
  const desired = desiredOf(reading, awaited)
  world.thermostats.update(device_id, { awaited: null })
  recordEvent(world, 'thermostat.temperature_reached_set_point', {
    device_id,
    ...temperatureOf(reading),
    ...(desired !== null && {
      desired_temperature_celsius: desired.celsius,
      desired_temperature_fahrenheit: desired.fahrenheit,
    }),
  })
}

const tellLimits = (
  world: World,
  { device, thermostat }: ThermostatView,
  reading: number,
): void => {
  const { device_id } = device
  const outside = isOutside(reading, thermostat.temperature_threshold)
  if (outside === (thermostat.exceeded_since !== null)) return
  if (outside && world.now < quietUntil(thermostat, world.now)) return
  const told = { device_id, ...temperatureOf(reading), ...limitsOf(thermostat) }
  if (outside) {
    world.thermostats.update(device_id, { exceeded_since: world.now, exceeded_at: world.now })
    recordEvent(world, 'thermostat.temperature_threshold_exceeded', told)
    return
  }
  world.thermostats.update(device_id, { exceeded_since: null })
  recordEvent(world, 'thermostat.temperature_threshold_no_longer_exceeded', told)
}

/** The temperatures at which something may be to tell. */
const edgesOf = ({ told_reading, awaited, temperature_threshold }: Thermostat): number[] => {
  const readings = [told_reading + STEP, told_reading - STEP + 1]
  for (const point of [awaited?.heating, awaited?.cooling]) {
    if (point === null || point === undefined) continue
    const tenths = point.celsius * 10
    readings.push(Math.ceil(tenths - STEP - EPSILON), Math.floor(tenths + STEP + EPSILON) + 1)
  }
  for (const limit of [temperature_threshold?.lower, temperature_threshold?.upper]) {
    if (limit === null || limit === undefined) continue
    const tenths = limit.celsius * 10
    readings.push(Math.ceil(tenths - EPSILON), Math.floor(tenths + EPSILON) + 1)
  }
  return readings.map(leastOf)
}

/**
 * When there will be something to tell; null when nothing changes that by itself.
 *
 * @param isUnseen whether the reading of this instant is yet to be seen, at the next poll
 */
const nextTold = (thermostat: Thermostat, now: number, isUnseen: boolean): number | null => {
  const { told_reading, awaited, temperature_threshold, exceeded_since } = thermostat
  const isWanted = (reading: number): boolean =>
    isStep(reading, told_reading) ||
    (awaited !== null && isReached(reading, awaited)) ||
    isOutside(reading, temperature_threshold) !== (exceeded_since !== null)
  const quiet = quietUntil(thermostat, now)
  const at =
    isUnseen && isWanted(sightAt(thermostat, now).reading)
      ? now
      : nextReading(thermostat, now, edgesOf(thermostat), isWanted)
  if (at === null || exceeded_since !== null || at >= quiet) return at
  // Of a cycle only limits are left to tell, and those not so soon.
  const { reading } = sightAt(thermostat, at)
  const isMore = isStep(reading, told_reading) || (awaited !== null && isReached(reading, awaited))
  return isMore ? at : quiet
}

const isBetweenPolls = (world: World, view: ThermostatView): boolean =>
  pollAt(world, view, world.now) > world.now

/** Sets the job for the next reading that matters. Nobody looks at what cannot be seen. */
export const watch = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  const next =
    view === null || !view.link.online
      ? null
      : nextTold(view.thermostat, world.now, isBetweenPolls(world, view))
  const due = view === null || next === null ? null : pollAt(world, view, next)
  scheduleJob(world, JOB, device_id, due === null ? null : Math.max(world.now + 1, due))
}

/** Looks at the reading now, and tells what is to tell: the step, the set point, the limits. */
export const observe = (world: World, device_id: string): void => {
  for (const tell of [tellStep, tellTarget, tellLimits]) {
    const view = thermostatView(world, device_id)
    if (view === null || !view.link.online) break
    tell(world, view, sightAt(view.thermostat, world.now).reading)
  }
  watch(world, device_id)
}

/** The room has changed: that is seen at once, or at the next poll. */
export const noteRoom = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view !== null && isBetweenPolls(world, view)) watch(world, device_id)
  else observe(world, device_id)
}

/** Compares new limits with what is known of the room. */
export const reviewLimits = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view !== null && view.link.online) {
    tellLimits(world, view, reportedSight(world, view).reading)
  }
  watch(world, device_id)
}
