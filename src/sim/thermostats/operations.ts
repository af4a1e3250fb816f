/** What the API's user has a thermostat do. */
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import type { FanMode, HvacMode } from '../../db/tables/thermostats.ts'
import { requireSandbox } from '../connected-accounts/operations.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { bringThermostatForward } from './carry-out.ts'
import { changeRoom } from './change.ts'
import {
  coolingOf,
  heatingOf,
  oneUnit,
  requireFanMode,
  requireHvacMode,
  requireRanges,
  requireSetPoint,
} from './checks.ts'
import type { SetPoints } from './checks.ts'
import {
  activatePresetCommand,
  setFanModeCommand,
  setHvacModeCommand,
  settingByHand,
} from './commands.ts'
import { wantPreset } from './goals.ts'
import { turnDial } from './look.ts'
import { requireManagedThermostat } from './managed.ts'
import { requirePreset, updatePreset } from './presets.ts'
import type { PresetInput } from './presets.ts'
import type { ThermostatProfile } from './profile.ts'
import { dailyProgramsOf } from './rows.ts'
import { requireThermostat } from './view.ts'

/** The set points that a mode needs; those that it has no use for are refused. */
const setPointsFor = (mode: HvacMode, given: SetPoints) => {
  const heating = heatingOf(given)
  const cooling = coolingOf(given)
  if ((mode === 'off' || mode === 'eco') && (heating !== null || cooling !== null)) {
    throw invalidInput(
      heating === null ? 'cooling_set_point_celsius' : 'heating_set_point_celsius',
      `The mode ${mode} has no set points`,
    )
  }
  return {
    heating: mode === 'heat' || mode === 'heat_cool' ? requireSetPoint('heating', heating) : null,
    cooling: mode === 'cool' || mode === 'heat_cool' ? requireSetPoint('cooling', cooling) : null,
  }
}

const checkedMode = (profile: ThermostatProfile, mode: HvacMode, given: SetPoints) => {
  const points = setPointsFor(mode, given)
  requireHvacMode(profile, mode)
  requireRanges(profile, mode, points)
  return { hvac_mode_setting: mode, ...points }
}

/** @throws device_not_found, invalid_input, heat_mode_not_available, heating_set_point_out_of_range and their like */
export const setHvacMode = (
  world: World,
  device_id: string,
  mode: HvacMode,
  given: SetPoints,
): ActionAttempt => {
  const { profile } = requireManagedThermostat(world, device_id)
  return setHvacModeCommand.start(world, device_id, checkedMode(profile, mode, given))
}

/** @throws device_not_found, invalid_input, fan_mode_not_available */
export const setFanMode = (
  world: World,
  device_id: string,
  mode: FanMode | undefined,
): ActionAttempt => {
  const { profile } = requireManagedThermostat(world, device_id)
  if (mode === undefined) throw invalidInput('fan_mode_setting', 'Give fan_mode_setting')
  requireFanMode(profile, mode)
  return setFanModeCommand.start(world, device_id, { fan_mode_setting: mode })
}

/** @throws device_not_found, climate_preset_not_found */
export const activatePreset = (
  world: World,
  device_id: string,
  climate_preset_key: string,
): ActionAttempt => {
  requirePreset(requireManagedThermostat(world, device_id), climate_preset_key)
  return activatePresetCommand.start(world, device_id, { climate_preset_key })
}

/** Whether a program that the thermostat was told has the preset in it. */
const isInProgram = (world: World, device_id: string, key: string): boolean => {
  const days = requireThermostat(world, device_id).thermostat.weekly_program?.days ?? []
  return dailyProgramsOf(world, device_id).some(
    ({ thermostat_daily_program_id: id, periods }) =>
      days.includes(id) && periods.some((it) => it.climate_preset_key === key),
  )
}

/**
 * Changes a preset; where it is in force, or in the week of the thermostat, that is brought up to date.
 *
 * @throws device_not_found, climate_preset_not_found, climate_preset_not_editable
 */
export const editPreset = (world: World, input: PresetInput): void => {
  const { device_id, climate_preset_key } = input
  updatePreset(world, input)
  if (isInProgram(world, device_id, climate_preset_key)) {
    world.thermostats.update(device_id, { is_program_due: true })
  }
  const { goal, known_setting } = requireThermostat(world, device_id).thermostat
  if (known_setting.climate_preset_key === climate_preset_key) {
    if (goal !== null && goal.climate_preset_key === climate_preset_key && !goal.is_beaten) {
      world.thermostats.update(device_id, { goal: { ...goal, is_reached: false } })
    } else if (goal?.kind !== 'schedule') wantPreset(world, device_id, 'edit', climate_preset_key)
  }
  bringThermostatForward(world, device_id)
}

/**
 * The preset that rules where nothing else does: at once, if nothing does now.
 *
 * @throws device_not_found, climate_preset_not_found
 */
export const setFallbackPreset = (
  world: World,
  device_id: string,
  climate_preset_key: string,
): void => {
  const { thermostat } = requireManagedThermostat(world, device_id)
  requirePreset(requireThermostat(world, device_id), climate_preset_key)
  world.thermostats.update(device_id, { fallback_climate_preset_key: climate_preset_key })
  if (thermostat.goal?.kind === 'schedule' || thermostat.weekly_program !== null) return
  wantPreset(world, device_id, 'fallback', climate_preset_key)
  bringThermostatForward(world, device_id)
}

/**
 * Somebody turns the dial on the wall.
 *
 * @throws workspace_not_sandbox, device_not_found, invalid_input; device_type_not_supported for a mode
 *   that the thermostat lacks
 */
export const simulateHvacMode = (
  world: World,
  device_id: string,
  mode: HvacMode,
  given: SetPoints,
): void => {
  requireSandbox(world)
  const { profile, thermostat } = requireThermostat(world, device_id)
  const points = setPointsFor(mode, given)
  if (!profile.hvac_modes.includes(mode)) {
    throw domainError(
      'device_type_not_supported',
      `A ${profile.display_name} has no mode ${mode}. It has: ${profile.hvac_modes.join(', ')}.`,
      { data: { device_id } },
    )
  }
  requireRanges(profile, mode, points)
  const setting = settingByHand(thermostat.setting, { hvac_mode_setting: mode, ...points })
  turnDial(world, device_id, setting)
}

/**
 * The room is as warm as this now, and goes on from there.
 *
 * @throws workspace_not_sandbox, device_not_found, invalid_input
 */
export const simulateTemperature = (
  world: World,
  device_id: string,
  given: { temperature_celsius?: number | undefined; temperature_fahrenheit?: number | undefined },
): void => {
  requireSandbox(world)
  requireThermostat(world, device_id)
  const { temperature_celsius, temperature_fahrenheit } = given
  const temperature = oneUnit('temperature', temperature_celsius, temperature_fahrenheit)
  if (temperature === null) {
    throw invalidInput(
      'temperature_celsius',
      'You must set either temperature_celsius or temperature_fahrenheit',
    )
  }
  changeRoom(world, device_id, { temperature: temperature.celsius })
}
