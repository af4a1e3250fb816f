import { flag } from '../common.ts'

/**
 * The `can_*` fields of a device or provider: true, false when this one cannot at the moment,
 * absent when the model never can.
 */
export const capabilityFlags = {
  can_configure_auto_lock: flag,
  can_hvac_cool: flag,
  can_hvac_heat: flag,
  can_hvac_heat_cool: flag,
  can_program_offline_access_codes: flag,
  can_program_online_access_codes: flag,
  can_program_thermostat_programs_as_different_each_day: flag,
  can_program_thermostat_programs_as_same_each_day: flag,
  can_program_thermostat_programs_as_weekday_weekend: flag,
  can_remotely_lock: flag,
  can_remotely_unlock: flag,
  can_run_thermostat_programs: flag,
  can_simulate_connection: flag,
  can_simulate_disconnection: flag,
  can_simulate_hub_connection: flag,
  can_simulate_hub_disconnection: flag,
  can_simulate_paid_subscription: flag,
  can_simulate_removal: flag,
  can_turn_off_hvac: flag,
  can_unlock_with_code: flag,
}

/** Names of the flags, for the `include_if` and `exclude_if` filters. */
export const capabilityFlagNames: readonly string[] = Object.keys(capabilityFlags)
