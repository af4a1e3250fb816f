/** What Seam wants a thermostat to do: how that comes about, and what people do in spite of it. */
import type { ThermostatSchedule } from '../../db/tables/thermostat-schedules.ts'
import type { Goal } from '../../db/tables/thermostats.ts'
import type { World } from '../kernel/world.ts'
import { coversToday, periodAt } from './week.ts'
import { requireThermostat } from './view.ts'
import type { ThermostatView } from './view.ts'

const goalOf = (
  kind: Goal['kind'],
  climate_preset_key: string,
  thermostat_schedule_id: string | null = null,
): Goal => ({
  kind,
  climate_preset_key,
  thermostat_schedule_id,
  is_reached: false,
  is_beaten: false,
  overridden_at: null,
})

/** A new goal takes the place of the one before, with whatever was being tried. */
const setGoal = (world: World, { device, thermostat }: ThermostatView, goal: Goal | null): void => {
  const { effort } = thermostat
  world.thermostats.update(device.device_id, {
    goal,
    ...(effort?.kind === 'preset' && { effort: null }),
  })
}

export const beginSchedule = (
  world: World,
  device_id: string,
  {
    climate_preset_key,
    thermostat_schedule_id,
  }: Pick<ThermostatSchedule, 'climate_preset_key' | 'thermostat_schedule_id'>,
): void => {
  const view = requireThermostat(world, device_id)
  setGoal(world, view, goalOf('schedule', climate_preset_key, thermostat_schedule_id))
}

/** The preset of today's program at this instant; null where the week has none for today. */
const programmedPreset = ({ thermostat }: ThermostatView, now: number): string | null => {
  const { program } = thermostat
  if (program === null || !coversToday(program, now)) return null
  return periodAt(program, now)?.preset.climate_preset_key ?? null
}

/** Whether the thermostat went on with its week by itself, and Seam has seen it. */
const isThere = ({ thermostat, link }: ThermostatView, climate_preset_key: string): boolean =>
  link.online &&
  thermostat.setting.climate_preset_key === climate_preset_key &&
  thermostat.known_setting.climate_preset_key === climate_preset_key

/** A period that the thermostat has begun by itself has not to be brought there. */
export const noteProgress = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const { goal, known_setting } = view.thermostat
  if (goal?.kind !== 'program' || goal.is_reached) return
  if (known_setting.climate_preset_key !== goal.climate_preset_key) return
  setGoal(world, view, { ...goal, is_reached: true })
}

/** No schedule rules any more: today's program does, else the fallback preset, else nothing. */
export const endSchedule = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const programmed = programmedPreset(view, world.now)
  const fallback = view.thermostat.fallback_climate_preset_key
  if (programmed !== null) {
    const goal = goalOf('program', programmed)
    setGoal(world, view, { ...goal, is_reached: isThere(view, programmed) })
  } else setGoal(world, view, fallback === null ? null : goalOf('fallback', fallback))
}

/** A goal that no schedule makes, where none rules. */
export const wantPreset = (
  world: World,
  device_id: string,
  kind: 'fallback' | 'program' | 'edit',
  climate_preset_key: string,
): void => {
  setGoal(world, requireThermostat(world, device_id), goalOf(kind, climate_preset_key))
}

/** What was changed is to be undone. */
export const restoreGoal = (world: World, device_id: string): void => {
  const { goal } = requireThermostat(world, device_id).thermostat
  if (goal === null) return
  world.thermostats.update(device_id, {
    goal: { ...goal, is_reached: false, overridden_at: null },
  })
}

/** Somebody changed the thermostat: at the wall, or by the API. */
export const noteOverride = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const { goal } = view.thermostat
  if (goal === null || goal.is_beaten) return
  // What no schedule wants was wanted once.
  if (goal.kind !== 'schedule') {
    setGoal(world, view, null)
    return
  }
  // What has not come about yet overrules whatever is changed before.
  if (!goal.is_reached) return
  world.thermostats.update(device_id, { goal: { ...goal, overridden_at: world.now } })
}

/** Another preset was activated: it rules until the next boundary. */
export const beatGoal = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const { goal } = view.thermostat
  if (goal === null) return
  const isBeaten = goal.kind === 'schedule'
  setGoal(world, view, isBeaten ? { ...goal, is_beaten: true, overridden_at: null } : null)
}

export const isOverridden = ({ thermostat }: ThermostatView): boolean =>
  thermostat.goal !== null && thermostat.goal.overridden_at !== null
