/** Daily programs, and the week that is made of them. */
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import type { DailyProgram, ProgramPeriod } from '../../db/tables/thermostat-schedules.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { pushProgramsCommand } from './commands.ts'
import { requireManagedThermostat } from './managed.ts'
import type { ProgramRules } from './profile.ts'
import { secondOf } from './week.ts'
import { dailyProgramsOf, requireDailyProgram } from './rows.ts'
import { requireThermostat } from './view.ts'
import type { ThermostatView } from './view.ts'

/** @throws device_type_not_supported for a thermostat that runs no programs */
const requireRules = ({ profile, device }: ThermostatView): ProgramRules => {
  if (profile.programs !== null) return profile.programs
  throw domainError(
    'device_type_not_supported',
    `A ${profile.display_name} runs no programs (no can_run_thermostat_programs).`,
    { data: { device_id: device.device_id } },
  )
}

const requirePeriod = (
  { thermostat }: ThermostatView,
  { precision_minutes }: ProgramRules,
  { starts_at_time, climate_preset_key }: ProgramPeriod,
): void => {
  const preset = thermostat.climate_presets.find(
    (it) => it.climate_preset_key === climate_preset_key,
  )
  if (preset === undefined) {
    throw invalidInput('periods', `There is no climate preset ${climate_preset_key}`)
  }
  if (!preset.can_use_with_thermostat_daily_programs) {
    throw invalidInput(
      'periods',
      `The climate preset ${climate_preset_key} cannot be used in programs`,
    )
  }
  if (precision_minutes !== null && secondOf(starts_at_time) % (precision_minutes * 60) !== 0) {
    throw invalidInput(
      'periods',
      `${starts_at_time} is not on the grid of ${precision_minutes} minutes`,
    )
  }
}

/** @throws invalid_input */
const requirePeriods = (view: ThermostatView, periods: readonly ProgramPeriod[]): void => {
  const rules = requireRules(view)
  if (periods.length === 0) throw invalidInput('periods', 'A daily program has a period at least')
  const { max_periods_per_day: most } = rules
  if (most !== null && periods.length > most) {
    throw invalidInput(
      'periods',
      `A ${view.profile.display_name} has at most ${most} periods a day`,
    )
  }
  for (const period of periods) requirePeriod(view, rules, period)
  const times = new Set(periods.map((it) => it.starts_at_time))
  if (times.size < periods.length) {
    throw invalidInput('periods', 'Two periods begin at the same time')
  }
}

/** @throws device_not_found, invalid_input, device_type_not_supported */
export const createDailyProgram = (
  world: World,
  input: { device_id: string; name: string; periods: ProgramPeriod[] },
): DailyProgram => {
  const view = requireManagedThermostat(world, input.device_id)
  requirePeriods(view, input.periods)
  const thermostat_daily_program_id = world.random.uuid('thermostat_daily_program')
  world.thermostat_daily_programs.insert({
    ...input,
    thermostat_daily_program_id,
    created_at: world.now,
  })
  return requireDailyProgram(world, thermostat_daily_program_id)
}

const usesOf = (world: World, { device_id, thermostat_daily_program_id }: DailyProgram): boolean =>
  requireThermostat(world, device_id).thermostat.weekly_program?.days.includes(
    thermostat_daily_program_id,
  ) ?? false

/** @throws thermostat_daily_program_not_found, thermostat_daily_program_in_use */
export const deleteDailyProgram = (world: World, id: string): void => {
  const program = requireDailyProgram(world, id)
  if (usesOf(world, program)) {
    throw domainError(
      'thermostat_daily_program_in_use',
      'The daily program belongs to the week of its thermostat. Take it out with /thermostats/update_weekly_program first.',
      { data: { thermostat_daily_program_id: id } },
    )
  }
  world.thermostat_daily_programs.delete(id)
}

/** @throws thermostat_daily_program_not_found, invalid_input */
export const updateDailyProgram = (
  world: World,
  id: string,
  { name, periods }: { name: string; periods: ProgramPeriod[] },
): ActionAttempt => {
  const { device_id } = requireDailyProgram(world, id)
  const view = requireManagedThermostat(world, device_id)
  requirePeriods(view, periods)
  const programs = dailyProgramsOf(world, device_id).map((it) =>
    it.thermostat_daily_program_id === id ? { ...it, periods } : it,
  )
  requireWeek(view, view.thermostat.weekly_program?.days ?? [], programs)
  world.thermostat_daily_programs.update(id, { name, periods })
  return pushProgramsCommand.start(world, device_id, {})
}

const allSame = (ids: readonly (string | null)[]): boolean => new Set(ids).size <= 1

const fitsPattern = (days: readonly (string | null)[], { can_be }: ProgramRules): boolean => {
  const [sunday = null, ...others] = days
  const saturday = others.at(-1) ?? null
  const isWeekend = sunday === saturday && allSame(others.slice(0, -1))
  return (
    can_be.includes('different_each_day') ||
    (can_be.includes('weekday_weekend') && isWeekend) ||
    (can_be.includes('same_each_day') && allSame(days))
  )
}

/** @throws invalid_input */
const requireWeek = (
  view: ThermostatView,
  days: readonly (string | null)[],
  programs: readonly DailyProgram[],
): void => {
  const rules = requireRules(view)
  const used = days.flatMap((id) => {
    if (id === null) return []
    const program = programs.find((it) => it.thermostat_daily_program_id === id)
    if (program !== undefined) return [program]
    throw invalidInput('device_id', `The thermostat has no daily program ${id}`)
  })
  if (!fitsPattern(days, rules)) {
    throw invalidInput('device_id', `A ${view.profile.display_name} cannot have such a week`)
  }
  const keys = new Set(used.flatMap(({ periods }) => periods.map((it) => it.climate_preset_key)))
  const most = rules.max_unique_presets
  if (most !== null && keys.size > most) {
    throw invalidInput(
      'device_id',
      `The week of a ${view.profile.display_name} has at most ${most} climate presets`,
    )
  }
}

/**
 * Replaces the whole week; without any day there is none.
 *
 * @param days from Sunday to Saturday
 * @throws device_not_found, invalid_input, device_type_not_supported
 */
export const updateWeeklyProgram = (
  world: World,
  device_id: string,
  days: (string | null)[],
): ActionAttempt => {
  const view = requireManagedThermostat(world, device_id)
  requireWeek(view, days, dailyProgramsOf(world, device_id))
  const weekly_program = days.every((id) => id === null) ? null : { created_at: world.now, days }
  world.thermostats.update(device_id, { weekly_program })
  return pushProgramsCommand.start(world, device_id, {})
}
