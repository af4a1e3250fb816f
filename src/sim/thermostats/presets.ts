/** Climate presets: what Seam keeps of a thermostat's settings by name. */
import type {
  ClimatePreset,
  ClimateSetting,
  FanMode,
  HvacMode,
} from '../../db/tables/thermostats.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { coolingOf, heatingOf, requireFanMode, requireHvacMode, requireRanges } from './checks.ts'
import type { SetPoints } from './checks.ts'
import { requireManagedThermostat } from './managed.ts'
import type { ThermostatProfile } from './profile.ts'
import { dailyProgramsOf, schedulesOf } from './rows.ts'
import type { ThermostatView } from './view.ts'

/** @throws climate_preset_not_found */
export const requirePreset = (
  { device, thermostat }: ThermostatView,
  climate_preset_key: string,
): ClimatePreset => {
  const found = thermostat.climate_presets.find(
    (preset) => preset.climate_preset_key === climate_preset_key,
  )
  if (found !== undefined) return found
  throw notFound('climate_preset', { device_id: device.device_id, climate_preset_key })
}

/** The setting that a preset makes of another one: what it does not say stays as it is. */
export const settingOfPreset = (
  { climate_preset_key, hvac_mode_setting, fan_mode_setting, heating, cooling }: ClimatePreset,
  before: ClimateSetting,
  held_until: number | null,
): ClimateSetting => ({
  hvac_mode_setting: hvac_mode_setting ?? before.hvac_mode_setting,
  fan_mode_setting: fan_mode_setting ?? before.fan_mode_setting,
  heating: heating ?? before.heating,
  cooling: cooling ?? before.cooling,
  climate_preset_key,
  held_until,
})

/** What may be said of a preset. */
export interface PresetInput extends SetPoints {
  device_id: string
  climate_preset_key: string
  name?: string | null | undefined
  climate_preset_mode?: ClimatePreset['climate_preset_mode'] | undefined
  hvac_mode_setting?: HvacMode | undefined
  fan_mode_setting?: FanMode | undefined
  manual_override_allowed?: boolean | undefined
  ecobee_metadata?: Record<string, unknown> | undefined
}

const checkPreset = (profile: ThermostatProfile, preset: ClimatePreset): void => {
  const { hvac_mode_setting: mode, fan_mode_setting, heating, cooling } = preset
  if (mode !== null) requireHvacMode(profile, mode)
  if (fan_mode_setting !== null) requireFanMode(profile, fan_mode_setting)
  requireRanges(profile, mode, { heating, cooling })
}

/**
 * @throws device_not_found, climate_preset_already_exists, and what a thermostat cannot be set to
 */
export const createPreset = (world: World, input: PresetInput): void => {
  const { device_id, climate_preset_key } = input
  const view = requireManagedThermostat(world, device_id)
  const { climate_presets } = view.thermostat
  const preset: ClimatePreset = {
    climate_preset_key,
    name: input.name ?? null,
    can_edit: true,
    can_delete: true,
    can_use_with_thermostat_daily_programs: true,
    climate_preset_mode: input.climate_preset_mode ?? null,
    hvac_mode_setting: input.hvac_mode_setting ?? null,
    fan_mode_setting: input.fan_mode_setting ?? null,
    heating: heatingOf(input),
    cooling: coolingOf(input),
    manual_override_allowed: input.manual_override_allowed ?? true,
    ecobee_metadata: input.ecobee_metadata ?? null,
  }
  checkPreset(view.profile, preset)
  if (climate_presets.some((it) => it.climate_preset_key === climate_preset_key)) {
    throw domainError(
      'climate_preset_already_exists',
      `The thermostat has a climate preset ${climate_preset_key} already. Change it with /thermostats/update_climate_preset.`,
      { data: { climate_preset_key } },
    )
  }
  world.thermostats.update(device_id, { climate_presets: [...climate_presets, preset] })
}

/** The same list with one preset otherwise. */
const withPreset = (all: readonly ClimatePreset[], preset: ClimatePreset): ClimatePreset[] =>
  all.map((it) => (it.climate_preset_key === preset.climate_preset_key ? preset : it))

/** @throws device_not_found, climate_preset_not_found, climate_preset_not_editable */
export const updatePreset = (world: World, input: PresetInput): ClimatePreset => {
  const { device_id, climate_preset_key } = input
  const view = requireManagedThermostat(world, device_id)
  const before = requirePreset(view, climate_preset_key)
  if (!before.can_edit) {
    throw domainError(
      'climate_preset_not_editable',
      `The climate preset ${climate_preset_key} cannot be changed: it is the thermostat's own.`,
    )
  }
  const preset: ClimatePreset = {
    ...before,
    name: input.name === undefined ? before.name : input.name,
    climate_preset_mode: input.climate_preset_mode ?? before.climate_preset_mode,
    hvac_mode_setting: input.hvac_mode_setting ?? before.hvac_mode_setting,
    fan_mode_setting: input.fan_mode_setting ?? before.fan_mode_setting,
    heating: heatingOf(input) ?? before.heating,
    cooling: coolingOf(input) ?? before.cooling,
    manual_override_allowed: input.manual_override_allowed ?? before.manual_override_allowed,
    ecobee_metadata: input.ecobee_metadata ?? before.ecobee_metadata,
  }
  checkPreset(view.profile, preset)
  const climate_presets = withPreset(view.thermostat.climate_presets, preset)
  world.thermostats.update(device_id, { climate_presets })
  return preset
}

/** Why a preset cannot go; null when it can. */
const useOf = (world: World, view: ThermostatView, climate_preset_key: string): string | null => {
  const { device_id } = view.device
  const isIt = (it: { climate_preset_key: string }): boolean =>
    it.climate_preset_key === climate_preset_key
  if (view.thermostat.fallback_climate_preset_key === climate_preset_key) {
    return 'it is the fallback preset'
  }
  if (schedulesOf(world, device_id).some((it) => isIt(it) && it.ends_at > world.now)) {
    return 'a schedule that is not over has it'
  }
  return dailyProgramsOf(world, device_id).some(({ periods }) => periods.some(isIt))
    ? 'a daily program has it'
    : null
}

/** @throws device_not_found, climate_preset_not_found, climate_preset_not_deletable, climate_preset_in_use */
export const deletePreset = (world: World, device_id: string, climate_preset_key: string): void => {
  const view = requireManagedThermostat(world, device_id)
  const preset = requirePreset(view, climate_preset_key)
  if (!preset.can_delete) {
    throw domainError(
      'climate_preset_not_deletable',
      `The climate preset ${climate_preset_key} cannot be deleted: it is the thermostat's own.`,
    )
  }
  const use = useOf(world, view, climate_preset_key)
  if (use !== null) {
    throw domainError(
      'climate_preset_in_use',
      `The climate preset ${climate_preset_key} cannot be deleted: ${use}.`,
    )
  }
  world.thermostats.update(device_id, {
    climate_presets: view.thermostat.climate_presets.filter(
      (it) => it.climate_preset_key !== climate_preset_key,
    ),
  })
}
