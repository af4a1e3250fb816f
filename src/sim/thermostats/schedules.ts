/** Thermostat schedules: when a preset rules. */
import type { ThermostatSchedule } from '../../db/tables/thermostat-schedules.ts'
import { invalidInput } from '../kernel/errors.ts'
import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { bringThermostatForward } from './carry-out.ts'
import { requireManagedThermostat } from './managed.ts'
import { requirePreset } from './presets.ts'
import { requireSchedule, schedulesOf } from './rows.ts'
import { requireThermostat } from './view.ts'

interface Wanted {
  device_id: string
  climate_preset_key: string
  starts_at: number
  ends_at: number
}

interface NewSchedule extends Wanted {
  name?: string | undefined
  is_override_allowed?: boolean | undefined
  max_override_period_minutes?: number | null | undefined
}

/** @throws climate_preset_not_found, invalid_input */
const requireSound = (world: World, wanted: Wanted, own_id: string | null): void => {
  const { device_id, climate_preset_key, starts_at, ends_at } = wanted
  requirePreset(requireThermostat(world, device_id), climate_preset_key)
  if (ends_at <= starts_at) throw invalidInput('ends_at', 'ends_at must be after starts_at')
  if (ends_at <= world.now) {
    throw invalidInput('ends_at', `ends_at lies in the past: it is ${toIso(world.now)} now`)
  }
  const isTaken = schedulesOf(world, device_id).some(
    (it) => it.starts_at === starts_at && it.thermostat_schedule_id !== own_id,
  )
  if (isTaken) {
    throw invalidInput(
      'starts_at',
      `Another schedule of this thermostat starts at ${toIso(starts_at)} as well`,
    )
  }
}

/** @throws device_not_found, climate_preset_not_found, invalid_input */
export const createSchedule = (world: World, input: NewSchedule): ThermostatSchedule => {
  const { device_id, climate_preset_key, starts_at, ends_at } = input
  requireManagedThermostat(world, device_id)
  requireSound(world, input, null)
  const thermostat_schedule_id = world.random.uuid('thermostat_schedule')
  world.thermostat_schedules.insert({
    thermostat_schedule_id,
    device_id,
    name: input.name ?? null,
    climate_preset_key,
    starts_at,
    ends_at,
    is_override_allowed: input.is_override_allowed ?? true,
    max_override_period_minutes: input.max_override_period_minutes ?? null,
    created_at: world.now,
    failure: null,
  })
  bringThermostatForward(world, device_id)
  return requireSchedule(world, thermostat_schedule_id)
}

interface ScheduleChange extends Partial<Omit<NewSchedule, 'device_id'>> {
  thermostat_schedule_id: string
}

/** A schedule that rules is held until another instant: its thermostat has to be told. */
const tellAgain = (world: World, device_id: string, thermostat_schedule_id: string): void => {
  const { goal } = requireThermostat(world, device_id).thermostat
  if (goal?.thermostat_schedule_id !== thermostat_schedule_id || goal.is_beaten) return
  if (goal.overridden_at !== null) return
  world.thermostats.update(device_id, { goal: { ...goal, is_reached: false } })
}

/**
 * Changes what is given. What rules already changes at once.
 *
 * @throws thermostat_schedule_not_found, climate_preset_not_found, invalid_input
 */
export const updateSchedule = (world: World, input: ScheduleChange): void => {
  const { thermostat_schedule_id } = input
  const before = requireSchedule(world, thermostat_schedule_id)
  const { device_id } = before
  const changed = {
    name: input.name ?? before.name,
    climate_preset_key: input.climate_preset_key ?? before.climate_preset_key,
    starts_at: input.starts_at ?? before.starts_at,
    ends_at: input.ends_at ?? before.ends_at,
    is_override_allowed: input.is_override_allowed ?? before.is_override_allowed,
    max_override_period_minutes:
      input.max_override_period_minutes === undefined
        ? before.max_override_period_minutes
        : input.max_override_period_minutes,
  }
  const isMoved = changed.starts_at !== before.starts_at || changed.ends_at !== before.ends_at
  const isOther = changed.climate_preset_key !== before.climate_preset_key
  if (isMoved || isOther) requireSound(world, { device_id, ...changed }, thermostat_schedule_id)
  world.thermostat_schedules.update(thermostat_schedule_id, changed)
  if (changed.ends_at !== before.ends_at) tellAgain(world, device_id, thermostat_schedule_id)
  bringThermostatForward(world, device_id)
}

/** @throws thermostat_schedule_not_found */
export const deleteSchedule = (world: World, thermostat_schedule_id: string): void => {
  const { device_id } = requireSchedule(world, thermostat_schedule_id)
  world.thermostat_schedules.delete(thermostat_schedule_id)
  bringThermostatForward(world, device_id)
}
