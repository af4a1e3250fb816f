/** Whether a thermostat can be set as it is asked for, in the order in which refusals count. */
import type { FanMode, HvacMode, SetPoint } from '../../db/tables/thermostats.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { ThermostatProfile } from './profile.ts'
import { inCelsius, inFahrenheit } from './temperature.ts'

/** Set points as the API has them. */
export interface SetPoints {
  heating_set_point_celsius?: number | undefined
  heating_set_point_fahrenheit?: number | undefined
  cooling_set_point_celsius?: number | undefined
  cooling_set_point_fahrenheit?: number | undefined
}

/**
 * A temperature in one of two units; null when it is in none.
 *
 * @throws invalid_input when it is in both
 */
export const oneUnit = (
  name: string,
  celsius: number | null | undefined,
  fahrenheit: number | null | undefined,
): SetPoint | null => {
  const isCelsius = celsius !== null && celsius !== undefined
  const isFahrenheit = fahrenheit !== null && fahrenheit !== undefined
  if (isCelsius && isFahrenheit) {
    throw invalidInput(
      `${name}_celsius`,
      `You cannot set both ${name}_celsius and ${name}_fahrenheit`,
    )
  }
  const given = isCelsius ? inCelsius(celsius) : isFahrenheit ? inFahrenheit(fahrenheit) : null
  if (given !== null && Math.abs(given.celsius) > HOTTEST) {
    throw invalidInput(`${name}_celsius`, `${name} must lie within ${HOTTEST} °C of zero`)
  }
  return given
}

/** No room is hotter. Assumed. */
const HOTTEST = 500

export const heatingOf = (given: SetPoints): SetPoint | null =>
  oneUnit('heating_set_point', given.heating_set_point_celsius, given.heating_set_point_fahrenheit)

export const coolingOf = (given: SetPoints): SetPoint | null =>
  oneUnit('cooling_set_point', given.cooling_set_point_celsius, given.cooling_set_point_fahrenheit)

/** @throws invalid_input when a set point that the mode needs is missing */
export const requireSetPoint = (name: 'heating' | 'cooling', given: SetPoint | null): SetPoint => {
  if (given !== null) return given
  throw invalidInput(
    `${name}_set_point_celsius`,
    `You must set either ${name}_set_point_celsius or ${name}_set_point_fahrenheit`,
  )
}

const refusals: Readonly<Record<HvacMode, string>> = {
  heat: 'heat_mode_not_available',
  cool: 'cool_mode_not_available',
  heat_cool: 'heat_cool_mode_not_available',
  off: 'hvac_mode_not_available',
  eco: 'hvac_mode_not_available',
}

/** @throws heat_mode_not_available and its like */
export const requireHvacMode = (profile: ThermostatProfile, mode: HvacMode): void => {
  if (profile.hvac_modes.includes(mode)) return
  throw domainError(
    refusals[mode],
    `A ${profile.display_name} has no mode ${mode}. It has: ${profile.hvac_modes.join(', ')}.`,
  )
}

/** @throws fan_mode_not_available */
export const requireFanMode = (profile: ThermostatProfile, mode: FanMode): void => {
  if (profile.fan_modes.includes(mode)) return
  throw domainError(
    'fan_mode_not_available',
    `A ${profile.display_name} has no fan mode ${mode}. It has: ${profile.fan_modes.join(', ')}.`,
  )
}

/** What floating point and the two units may be apart, K. */
const TOLERANCE = 0.01

const requireRange = (
  name: 'heating' | 'cooling',
  given: SetPoint | null,
  { ranges }: ThermostatProfile,
): void => {
  if (ranges === null || given === null) return
  const { min, max } = ranges[name]
  if (given.celsius >= min - TOLERANCE && given.celsius <= max + TOLERANCE) return
  throw domainError(
    `${name}_set_point_out_of_range`,
    `The ${name} set point ${given.celsius} °C is not between ${min.toFixed(2)} and ${max.toFixed(2)} °C.`,
    { param: `${name}_set_point_celsius` },
  )
}

/** @throws heating_set_point_out_of_range, cooling_set_point_out_of_range, invalid_heating_cooling_delta */
export const requireRanges = (
  profile: ThermostatProfile,
  mode: HvacMode | null,
  { heating, cooling }: { heating: SetPoint | null; cooling: SetPoint | null },
): void => {
  requireRange('heating', heating, profile)
  requireRange('cooling', cooling, profile)
  if (mode !== 'heat_cool' || heating === null || cooling === null) return
  const least = profile.ranges?.min_delta ?? 0
  // The guide wants the cooling set point higher by the delta; the vendor's fake compares the difference alone.
  if (cooling.celsius - heating.celsius >= least - TOLERANCE) return
  throw domainError(
    'invalid_heating_cooling_delta',
    `The cooling set point must be at least ${least.toFixed(2)} °C above the heating set point.`,
    { param: 'cooling_set_point_celsius' },
  )
}
