/** The temperatures between which a room should stay. */
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { oneUnit } from './checks.ts'
import { requireManagedThermostat } from './managed.ts'
import { reviewLimits } from './temperature-events.ts'

interface Limits {
  lower_limit_celsius?: number | null | undefined
  lower_limit_fahrenheit?: number | null | undefined
  upper_limit_celsius?: number | null | undefined
  upper_limit_fahrenheit?: number | null | undefined
}

/**
 * Sets both limits anew; without any, there is no threshold any more. One that is exceeded already is
 * told at once.
 *
 * @throws device_not_found, invalid_input
 */
export const setTemperatureThreshold = (world: World, device_id: string, limits: Limits): void => {
  requireManagedThermostat(world, device_id)
  const lower = oneUnit('lower_limit', limits.lower_limit_celsius, limits.lower_limit_fahrenheit)
  const upper = oneUnit('upper_limit', limits.upper_limit_celsius, limits.upper_limit_fahrenheit)
  if (lower !== null && upper !== null && lower.celsius >= upper.celsius) {
    throw invalidInput('upper_limit_celsius', 'The upper limit must be above the lower limit')
  }
  if (lower === null && upper === null) {
    world.thermostats.update(device_id, {
      temperature_threshold: null,
      exceeded_since: null,
      exceeded_at: null,
    })
  } else {
    world.thermostats.update(device_id, {
      temperature_threshold: { lower, upper },
      exceeded_at: null,
    })
  }
  reviewLimits(world, device_id)
}
