import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { DailyProgram, ThermostatSchedule } from '../../../db/tables/thermostat-schedules.ts'
import type { ClimatePreset, ClimateSetting, SetPoint } from '../../../db/tables/thermostats.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { inForce } from '../../../sim/thermostats/control.ts'
import { flag, instant } from '../common.ts'

export const thermostatSchedule = once((): z.ZodType<object> =>
  z.strictObject({
    thermostat_schedule_id: z.guid(),
    device_id: z.guid(),
    workspace_id: z.guid(),
    name: z.string().nullable(),
    climate_preset_key: z.string(),
    starts_at: instant,
    ends_at: instant,
    is_override_allowed: flag,
    max_override_period_minutes: z.int().nullish(),
    created_at: instant,
    errors: z.array(
      z.strictObject({ error_code: z.string(), message: z.string(), created_at: instant }),
    ),
  }),
)

export const thermostatDailyProgram = once((): z.ZodType<object> =>
  z.strictObject({
    thermostat_daily_program_id: z.guid(),
    device_id: z.guid(),
    workspace_id: z.guid(),
    name: z.string().nullable(),
    periods: z.array(
      z.strictObject({ starts_at_time: z.string(), climate_preset_key: z.string() }),
    ),
    created_at: instant,
  }),
)

const presentPoints = (heating: SetPoint | null, cooling: SetPoint | null) => ({
  ...(heating !== null && {
    heating_set_point_celsius: heating.celsius,
    heating_set_point_fahrenheit: heating.fahrenheit,
  }),
  ...(cooling !== null && {
    cooling_set_point_celsius: cooling.celsius,
    cooling_set_point_fahrenheit: cooling.fahrenheit,
  }),
})

const displayName = ({ name, climate_preset_key: key }: ClimatePreset): string =>
  name ?? key.slice(0, 1).toUpperCase() + key.slice(1)

export const presentPreset = (preset: ClimatePreset) => ({
  climate_preset_key: preset.climate_preset_key,
  name: preset.name,
  display_name: displayName(preset),
  can_edit: preset.can_edit,
  can_delete: preset.can_delete,
  can_use_with_thermostat_daily_programs: preset.can_use_with_thermostat_daily_programs,
  manual_override_allowed: preset.manual_override_allowed,
  ...(preset.climate_preset_mode !== null && { climate_preset_mode: preset.climate_preset_mode }),
  ...(preset.hvac_mode_setting !== null && { hvac_mode_setting: preset.hvac_mode_setting }),
  ...(preset.fan_mode_setting !== null && { fan_mode_setting: preset.fan_mode_setting }),
  ...presentPoints(preset.heating, preset.cooling),
  ...(preset.ecobee_metadata !== null && { ecobee_metadata: preset.ecobee_metadata }),
})

/** The setting in force: of a preset that nobody touched, or by hand (Seam docs: ecobee thermostats). */
export const presentSetting = (setting: ClimateSetting, presets: readonly ClimatePreset[]) => {
  const { heating, cooling } = inForce(setting)
  const preset = presets.find((it) => it.climate_preset_key === setting.climate_preset_key)
  const own = {
    hvac_mode_setting: setting.hvac_mode_setting,
    fan_mode_setting: setting.fan_mode_setting,
    ...presentPoints(heating, cooling),
  }
  if (preset === undefined) {
    return {
      display_name: 'Manual Setting',
      can_edit: false,
      can_delete: false,
      can_use_with_thermostat_daily_programs: false,
      manual_override_allowed: true,
      ...own,
    }
  }
  const { heating: _, cooling: _cooling, ...rest } = preset
  return { ...presentPreset({ ...rest, heating: null, cooling: null }), ...own }
}

export const presentSchedule = (world: World, schedule: ThermostatSchedule) => ({
  thermostat_schedule_id: schedule.thermostat_schedule_id,
  device_id: schedule.device_id,
  workspace_id: world.workspace_id,
  name: schedule.name,
  climate_preset_key: schedule.climate_preset_key,
  starts_at: toIso(schedule.starts_at),
  ends_at: toIso(schedule.ends_at),
  is_override_allowed: schedule.is_override_allowed,
  max_override_period_minutes: schedule.max_override_period_minutes,
  created_at: toIso(schedule.created_at),
  errors:
    schedule.failure === null
      ? []
      : [
          {
            error_code: 'failed_to_activate',
            message: schedule.failure.message,
            created_at: toIso(schedule.failure.since),
          },
        ],
})

export const presentDailyProgram = (world: World, program: DailyProgram) => ({
  thermostat_daily_program_id: program.thermostat_daily_program_id,
  device_id: program.device_id,
  workspace_id: world.workspace_id,
  name: program.name,
  periods: program.periods,
  created_at: toIso(program.created_at),
})
