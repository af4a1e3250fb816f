import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { bareConstraintTypes } from '../../../sim/locks/profile.ts'
import { flag, instant, number, text } from '../common.ts'
import { metadataBlocks } from './wire-metadata.ts'

const level = once(() => z.number().min(0).max(1))

/** What is known of any device, also of an unmanaged one. */
const common = () => ({
  online: z.boolean(),
  name: z.string(),
  manufacturer: text,
  image_url: z.url().optional(),
  image_alt_text: text,
  model: z.strictObject({
    display_name: z.string(),
    manufacturer_display_name: z.string(),
    has_built_in_keypad: flag,
    can_connect_accessory_keypad: flag,
    accessory_keypad_supported: flag,
    offline_access_codes_supported: flag,
    online_access_codes_supported: flag,
  }),
  battery: z
    .strictObject({ level: level(), status: z.enum(['critical', 'low', 'good', 'full']) })
    .optional(),
  battery_level: level().optional(),
  accessory_keypad: z
    .strictObject({
      is_connected: z.boolean(),
      battery: z.strictObject({ level: level() }).optional(),
    })
    .optional(),
  offline_access_codes_enabled: flag,
  online_access_codes_enabled: flag,
})

const timeFrameOptions = () =>
  z
    .array(
      z.strictObject({
        display_name: z.string(),
        min_duration: text,
        max_duration: text,
        matching_start_end_time: z.literal(true).optional(),
        start_date_recurrence_rule: text,
        end_date_recurrence_rule: text,
        time_pairs: z
          .array(
            z.strictObject({
              display_name: z.string(),
              start_time: z.string(),
              end_time: z.string(),
            }),
          )
          .optional(),
        time_zone: text,
      }),
    )
    .optional()

const codeConstraint = () =>
  z.discriminatedUnion('constraint_type', [
    z.strictObject({
      constraint_type: z.enum(bareConstraintTypes),
    }),
    z.strictObject({
      constraint_type: z.enum(['name_length', 'name_must_be_unique']),
      min_length: number,
      max_length: number,
    }),
  ])

const lock = () => ({
  locked: flag,
  door_open: flag,
  auto_lock_enabled: flag,
  auto_lock_delay_seconds: number,
  has_native_entry_events: flag,
  keypad_battery: z.strictObject({ level: z.number() }).optional(),
  code_constraints: z.array(codeConstraint()).optional(),
  supported_code_lengths: z.array(z.number()).optional(),
  max_active_codes_supported: number,
  supports_backup_access_code_pool: flag,
  backup_access_code_pool_enabled: flag,
  offline_time_frame_options: timeFrameOptions(),
  online_time_frame_options: timeFrameOptions(),
})

const numbers = (...names: string[]): Record<string, typeof number> =>
  Object.fromEntries(names.map((name) => [name, number]))

/** Thermostats exist in fixtures only, so what lies inside their programs is left open. */
const thermostat = () => ({
  ...numbers(
    'max_cooling_set_point_celsius',
    'max_cooling_set_point_fahrenheit',
    'max_heating_set_point_celsius',
    'max_heating_set_point_fahrenheit',
    'max_thermostat_daily_program_periods_per_day',
    'max_unique_climate_presets_per_thermostat_weekly_program',
    'min_cooling_set_point_celsius',
    'min_cooling_set_point_fahrenheit',
    'min_heating_cooling_delta_celsius',
    'min_heating_cooling_delta_fahrenheit',
    'min_heating_set_point_celsius',
    'min_heating_set_point_fahrenheit',
    'relative_humidity',
    'temperature_celsius',
    'temperature_fahrenheit',
    'thermostat_daily_program_period_precision_minutes',
  ),
  is_cooling: flag,
  is_heating: flag,
  is_fan_running: flag,
  is_temporary_manual_override_active: flag,
  fan_mode_setting: z.enum(['auto', 'on', 'circulate']).optional(),
  fallback_climate_preset_key: z.string().nullish(),
  active_thermostat_schedule: z.unknown().optional(),
  active_thermostat_schedule_id: z.guid().nullish(),
  available_climate_preset_modes: z.array(z.string()).optional(),
  available_climate_presets: z.array(z.looseObject({})).optional(),
  available_fan_mode_settings: z.array(z.string()).optional(),
  available_hvac_mode_settings: z.array(z.string()).optional(),
  current_climate_setting: z.looseObject({}).optional(),
  default_climate_setting: z.looseObject({}).optional(),
  temperature_threshold: z
    .strictObject({
      lower_limit_celsius: z.number().nullable(),
      lower_limit_fahrenheit: z.number().nullable(),
      upper_limit_celsius: z.number().nullable(),
      upper_limit_fahrenheit: z.number().nullable(),
    })
    .optional(),
  thermostat_daily_programs: z.array(z.looseObject({ created_at: instant })).optional(),
  thermostat_weekly_program: z.looseObject({ created_at: instant }).nullish(),
})

export const unmanagedDeviceProperties = once((): z.ZodType<object> => z.strictObject(common()))

export const deviceProperties = once((): z.ZodType<object> =>
  z.strictObject({
    ...common(),
    appearance: z.strictObject({ name: z.string() }),
    serial_number: text,
    has_direct_power: flag,
    noise_level_decibels: number,
    currently_triggering_noise_threshold_ids: z.array(z.string()).optional(),
    supports_accessory_keypad: flag,
    supports_offline_access_codes: flag,
    ...lock(),
    ...thermostat(),
    ...metadataBlocks(),
  }),
)
