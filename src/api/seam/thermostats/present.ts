import type { Device } from '../../../db/tables/devices.ts'
import type { Sight, WeeklyProgram } from '../../../db/tables/thermostats.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import { createStream } from '../../../sim/kernel/random.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { isOverridden } from '../../../sim/thermostats/goals.ts'
import { thermostatIssues } from '../../../sim/thermostats/link.ts'
import type { ThermostatProfile } from '../../../sim/thermostats/profile.ts'
import { rulingSchedule } from '../../../sim/thermostats/reconcile.ts'
import { dailyProgramsOf, schedulesOf } from '../../../sim/thermostats/rows.ts'
import { toFahrenheit } from '../../../sim/thermostats/temperature.ts'
import { reportedSight, requireThermostat } from '../../../sim/thermostats/view.ts'
import type { ThermostatView } from '../../../sim/thermostats/view.ts'
import { unchangedOrMade } from '../../answers/unchanged.ts'
import { basicProperties, managedDevice, unmanagedDevice } from '../devices/common-fields.ts'
import type { Shown } from '../devices/common-fields.ts'
import type { DevicePresenter } from '../devices/presenter.ts'
import { thermostatFlags } from './capabilities.ts'
import { presentDailyProgram, presentPreset, presentSchedule, presentSetting } from './wire.ts'

const shownOf = (world: World, view: ThermostatView): Shown => ({
  device: view.device,
  account: view.account,
  flags: thermostatFlags(view.profile),
  capabilities: ['thermostat'],
  issues: thermostatIssues(world, view),
})

const basicOf = ({ device, profile, link }: ThermostatView) =>
  basicProperties(device, profile, link.online)

const rangeOf = (which: 'heating' | 'cooling', { min, max }: { min: number; max: number }) => ({
  [`min_${which}_set_point_celsius`]: min,
  [`min_${which}_set_point_fahrenheit`]: toFahrenheit(min),
  [`max_${which}_set_point_celsius`]: max,
  [`max_${which}_set_point_fahrenheit`]: toFahrenheit(max),
})

const rangesOf = ({ ranges }: ThermostatProfile) =>
  ranges === null
    ? {}
    : {
        ...rangeOf('heating', ranges.heating),
        ...rangeOf('cooling', ranges.cooling),
        min_heating_cooling_delta_celsius: ranges.min_delta,
        min_heating_cooling_delta_fahrenheit: (ranges.min_delta * 9) / 5,
      }

const programRules = ({ programs }: ThermostatProfile) => ({
  ...(programs !== null &&
    programs.max_periods_per_day !== null && {
      max_thermostat_daily_program_periods_per_day: programs.max_periods_per_day,
    }),
  ...(programs !== null &&
    programs.max_unique_presets !== null && {
      max_unique_climate_presets_per_thermostat_weekly_program: programs.max_unique_presets,
    }),
  ...(programs !== null &&
    programs.precision_minutes !== null && {
      thermostat_daily_program_period_precision_minutes: programs.precision_minutes,
    }),
})

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const presentWeek = (weekly: WeeklyProgram | null) =>
  weekly === null
    ? null
    : {
        created_at: toIso(weekly.created_at),
        ...Object.fromEntries(
          weekdays.map((day, nth) => [`${day}_program_id`, weekly.days[nth] ?? null]),
        ),
      }

const metadataOf = ({ profile, device }: ThermostatView) => {
  const { key, fields } = profile.metadata
  const id = createStream(device.device_id, 'provider number').at(0).toString(36)
  const valueOf = (value: string | boolean): string | boolean =>
    value === 'id' ? id : value === 'name' ? device.name : value
  return {
    [key]: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, valueOf(value)]),
    ),
  }
}

const limitsOf = ({ thermostat }: ThermostatView) => {
  const { temperature_threshold: threshold } = thermostat
  if (threshold === null) return {}
  const { lower, upper } = threshold
  return {
    temperature_threshold: {
      lower_limit_celsius: lower?.celsius ?? null,
      lower_limit_fahrenheit: lower?.fahrenheit ?? null,
      upper_limit_celsius: upper?.celsius ?? null,
      upper_limit_fahrenheit: upper?.fahrenheit ?? null,
    },
  }
}

const sightOf = ({ reading, state, is_fan_running }: Sight) => ({
  temperature_celsius: reading / 10,
  temperature_fahrenheit: toFahrenheit(reading / 10),
  is_heating: state === 'heating',
  is_cooling: state === 'cooling',
  is_fan_running,
})

const propertiesOf = (world: World, view: ThermostatView, sight: Sight) => {
  const { device, thermostat, profile } = view
  const { device_id } = device
  const schedule = rulingSchedule(schedulesOf(world, device_id), world.now)
  return {
    ...basicOf(view),
    has_direct_power: profile.is_wired,
    ...sightOf(sight),
    relative_humidity: thermostat.relative_humidity,
    current_climate_setting: presentSetting(thermostat.known_setting, thermostat.climate_presets),
    available_climate_presets: thermostat.climate_presets.map(presentPreset),
    available_hvac_mode_settings: [...profile.hvac_modes],
    available_fan_mode_settings: [...profile.fan_modes],
    fan_mode_setting: thermostat.known_setting.fan_mode_setting,
    fallback_climate_preset_key: thermostat.fallback_climate_preset_key,
    active_thermostat_schedule: schedule && presentSchedule(world, schedule),
    active_thermostat_schedule_id: schedule?.thermostat_schedule_id ?? null,
    is_temporary_manual_override_active: isOverridden(view),
    ...limitsOf(view),
    ...rangesOf(profile),
    ...programRules(profile),
    thermostat_daily_programs: dailyProgramsOf(world, device_id).map((it) =>
      presentDailyProgram(world, it),
    ),
    thermostat_weekly_program: presentWeek(thermostat.weekly_program),
    ...metadataOf(view),
  }
}

const presentManaged = (world: World, device: Device): Record<string, unknown> => {
  const view = requireThermostat(world, device.device_id)
  const sight = reportedSight(world, view)
  const schedule = rulingSchedule(schedulesOf(world, device.device_id), world.now)
  const parts = [
    view.thermostat,
    view.account,
    view.link.cause,
    sight.reading,
    sight.state,
    sight.is_fan_running,
    schedule,
    world.thermostat_daily_programs.version,
  ]
  return unchangedOrMade(device, parts, () =>
    managedDevice(world, shownOf(world, view), view.profile, propertiesOf(world, view, sight)),
  )
}

export const thermostatPresenter: DevicePresenter = {
  managed: presentManaged,
  unmanaged: (world, device) => {
    const view = requireThermostat(world, device.device_id)
    return unmanagedDevice(world, shownOf(world, view), basicOf(view))
  },
}
