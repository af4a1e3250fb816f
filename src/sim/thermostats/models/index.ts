/** The thermostats that are simulated, as data. */
import type { ClimatePreset, HvacMode } from '../../../db/tables/thermostats.ts'
import { brand } from '../../devices/brand.ts'
import type { ThermostatProfile } from '../profile.ts'
import { inFahrenheit } from '../temperature.ts'

const all: readonly HvacMode[] = ['heat', 'cool', 'heat_cool', 'off']

/** The range that samples of Seam's docs have: 45 to 79 °F and 65 to 92 °F, 5 °F apart. */
const usual = {
  heating: { min: inFahrenheit(45).celsius, max: inFahrenheit(79).celsius },
  cooling: { min: inFahrenheit(65).celsius, max: inFahrenheit(92).celsius },
  min_delta: (5 * 5) / 9,
}

const anyWeek = ['weekday_weekend', 'different_each_day', 'same_each_day'] as const

const common = {
  fan_modes: ['auto', 'on'],
  hvac_modes: all,
  ranges: usual,
  programs: null,
  presets: [],
  has_auxiliary_heat: false,
  is_wired: true,
  needs_hub: false,
  latency: { min: 600, typical: 1_500, max: 4_000 },
  program_latency: { min: 2_000, typical: 4_000, max: 8_000 },
  poll_interval: 0,
  quirks: [],
} as const

const commonSources = {
  latency: 'assumed (0.6 to 4 s, programs 2 to 8 s)',
  poll_interval: 'assumed: pushed at once',
  ranges: 'Seam docs: samples of thermostats; the same for all brands assumed',
}

const synced = (
  climate_preset_key: string,
  heating: number,
  cooling: number,
  mode: ClimatePreset['climate_preset_mode'],
): ClimatePreset => ({
  climate_preset_key,
  name: climate_preset_key.slice(0, 1).toUpperCase() + climate_preset_key.slice(1),
  can_edit: true,
  can_delete: false,
  can_use_with_thermostat_daily_programs: true,
  climate_preset_mode: mode,
  hvac_mode_setting: 'heat_cool',
  fan_mode_setting: 'auto',
  heating: inFahrenheit(heating),
  cooling: inFahrenheit(cooling),
  manual_override_allowed: true,
  ecobee_metadata: { climate_ref: climate_preset_key, is_optimized: true, owner: 'system' },
})

const ecobee: ThermostatProfile = {
  ...common,
  ...brand('ecobee', 'ecobee'),
  model: 'ecobee',
  device_type: 'ecobee_thermostat',
  display_name: 'ecobee Thermostat',
  model_display_name: 'Thermostat',
  presets: [
    synced('home', 70, 75, 'home'),
    synced('away', 62, 82, 'away'),
    synced('sleep', 66, 76, 'sleep'),
  ],
  programs: {
    can_be: anyWeek,
    max_periods_per_day: null,
    precision_minutes: 30,
    max_unique_presets: null,
    runs_on: 'device',
  },
  metadata: { key: 'ecobee_metadata', fields: { ecobee_device_id: 'id', device_name: 'name' } },
  sources: {
    ...commonSources,
    presets: 'Seam docs: samples of thermostats (home, away, sleep); levels assumed',
    programs: 'Seam docs: ecobee thermostats; the grid of 30 minutes assumed',
  },
}

const nest: ThermostatProfile = {
  ...common,
  ...brand('nest', 'Google Nest'),
  model: 'nest',
  device_type: 'nest_thermostat',
  display_name: 'Nest Thermostat',
  model_display_name: 'Nest Thermostat',
  hvac_modes: [...all, 'eco'],
  ranges: null,
  programs: {
    can_be: anyWeek,
    max_periods_per_day: null,
    precision_minutes: null,
    max_unique_presets: null,
    runs_on: 'seam',
  },
  metadata: {
    key: 'nest_metadata',
    fields: {
      nest_device_id: 'id',
      device_name: 'name',
      device_custom_name: 'name',
      display_name: 'name',
    },
  },
  quirks: ['Programs are run by Seam, so they stand still while the thermostat is offline.'],
  sources: {
    ...commonSources,
    ranges: 'Seam docs: Nest reports none',
    programs: 'assumed: run by Seam',
    hvac_modes: 'Seam docs: Google Nest thermostats (eco)',
  },
}

const honeywell_resideo: ThermostatProfile = {
  ...common,
  ...brand('honeywell_resideo', 'Honeywell Resideo'),
  model: 'honeywell_resideo',
  device_type: 'honeywell_resideo_thermostat',
  display_name: 'Honeywell Thermostat',
  model_display_name: 'Thermostat',
  fan_modes: ['auto', 'on', 'circulate'],
  programs: {
    can_be: anyWeek,
    max_periods_per_day: 4,
    precision_minutes: 15,
    max_unique_presets: 4,
    runs_on: 'device',
  },
  metadata: {
    key: 'honeywell_resideo_metadata',
    fields: { honeywell_resideo_device_id: 'id', device_name: 'name' },
  },
  sources: { ...commonSources, programs: 'Seam docs: Honeywell; limits assumed' },
}

const sensi: ThermostatProfile = {
  ...common,
  ...brand('sensi', 'Sensi'),
  model: 'sensi',
  device_type: 'sensi_thermostat',
  display_name: 'Sensi Thermostat',
  model_display_name: 'Sensi Thermostat',
  hvac_modes: ['heat', 'cool', 'off'],
  has_auxiliary_heat: true,
  programs: {
    can_be: anyWeek,
    max_periods_per_day: 4,
    precision_minutes: 15,
    max_unique_presets: 4,
    runs_on: 'device',
  },
  metadata: {
    key: 'sensi_metadata',
    fields: {
      device_id: 'id',
      device_name: 'name',
      product_type: 'Sensi',
      dual_setpoints_not_supported: true,
    },
  },
  quirks: ['Without heat_cool: dual_setpoints_not_supported.', 'A heat pump with auxiliary heat.'],
  sources: { ...commonSources, programs: 'Seam docs: Sensi; limits assumed' },
}

const tado: ThermostatProfile = {
  ...common,
  ...brand('tado', 'tado°'),
  model: 'tado',
  device_type: 'tado_thermostat',
  display_name: 'tado Thermostat',
  model_display_name: 'tado Thermostat',
  hvac_modes: ['heat', 'off'],
  fan_modes: ['auto'],
  metadata: { key: 'tado_metadata', fields: { serial_no: 'id', device_type: 'RU01' } },
  sources: { ...commonSources, programs: 'Seam docs list none for tado' },
}

const smartthings: ThermostatProfile = {
  ...common,
  ...brand('smartthings', 'SmartThings'),
  model: 'smartthings',
  device_type: 'smartthings_thermostat',
  display_name: 'SmartThings Thermostat',
  model_display_name: 'Thermostat',
  needs_hub: true,
  metadata: { key: 'smartthings_metadata', fields: { device_id: 'id', device_name: 'name' } },
  quirks: ['Behind a hub: without it nobody can reach the thermostat.'],
  sources: {
    ...commonSources,
    programs: 'assumed: none',
    needs_hub: 'Seam docs: SmartThings hubs and devices',
  },
}

export const thermostatProfiles: Readonly<Record<string, ThermostatProfile>> = {
  ecobee,
  nest,
  honeywell_resideo,
  sensi,
  tado,
  smartthings,
}

export const thermostatProfileOf = (model: string): ThermostatProfile | undefined =>
  Object.hasOwn(thermostatProfiles, model) ? thermostatProfiles[model] : undefined
