/** The week in a thermostat's own memory, and the job of its next period. */
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { holdSetting, seeSetting } from './change.ts'
import { wantPreset } from './goals.ts'
import { observe } from './temperature-events.ts'
import { settingOfPreset } from './presets.ts'
import { heldProgramOf, nextStart, periodAt } from './week.ts'
import { dailyProgramsOf } from './rows.ts'
import { requireThermostat } from './view.ts'
import type { ThermostatView } from './view.ts'
import type { ClimatePreset } from '../../db/tables/thermostats.ts'

const JOB = 'thermostat.period'

/** The zone of its clock. */
export const zoneOfThermostat = ({ device }: Pick<ThermostatView, 'device'>): string =>
  device.location?.time_zone ?? 'UTC'

/** When a thermostat that runs its own week is done with what it was told to hold; null when it holds nothing. */
const endOfHold = ({ thermostat, profile }: ThermostatView, now: number): number | null => {
  const { held_until } = thermostat.setting
  if (profile.programs?.runs_on !== 'device') return null
  return held_until !== null && held_until > now ? held_until : null
}

/** Sets the job of the next period, or of the end of a hold where that comes first. */
export const schedulePeriod = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const { program } = view.thermostat
  const next = program === null ? null : nextStart(program, world.now)
  if (next === null) cancelJob(world, JOB, device_id)
  else {
    const held = endOfHold(view, world.now) ?? Infinity
    scheduleJob(world, JOB, device_id, Math.min(next.at, held))
  }
}

/** The thermostat switches by itself, unless it is to hold what it was set to. */
export const switchTo = (world: World, device_id: string, preset: ClimatePreset): boolean => {
  const { setting } = requireThermostat(world, device_id).thermostat
  if (setting.held_until !== null && world.now < setting.held_until) return false
  holdSetting(world, device_id, settingOfPreset(preset, setting, null))
  return true
}

/** The thermostat takes the week that is wanted, and the period that is in force. */
export const holdProgram = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const { weekly_program, climate_presets } = view.thermostat
  const program = heldProgramOf(
    weekly_program,
    dailyProgramsOf(world, device_id),
    climate_presets,
    zoneOfThermostat(view),
  )
  world.thermostats.update(device_id, { program, is_program_due: false })
  schedulePeriod(world, device_id)
  const period = program === null ? null : periodAt(program, world.now)
  if (period === null) return
  if (view.profile.programs?.runs_on === 'seam') {
    if (view.thermostat.goal?.kind === 'schedule') return
    wantPreset(world, device_id, 'program', period.preset.climate_preset_key)
    return
  }
  if (!switchTo(world, device_id, period.preset)) return
  seeSetting(world, device_id, { by: 'preset', is_fallback: false, thermostat_schedule_id: null })
  observe(world, device_id)
}
