/** Parameters that routes of thermostats share. */
import { z } from 'zod'
import { fanModes, hvacModes, presetModes } from '../../../db/tables/thermostats.ts'

export const heatingParams = () => ({
  heating_set_point_celsius: z.number().optional(),
  heating_set_point_fahrenheit: z.number().optional(),
})

export const coolingParams = () => ({
  cooling_set_point_celsius: z.number().optional(),
  cooling_set_point_fahrenheit: z.number().optional(),
})

export const presetParams = () => ({
  climate_preset_mode: z.enum(presetModes).optional(),
  hvac_mode_setting: z.enum(hvacModes).optional(),
  fan_mode_setting: z.enum(fanModes).optional(),
  ...heatingParams(),
  ...coolingParams(),
  manual_override_allowed: z.boolean().optional(),
  ecobee_metadata: z
    .object({
      climate_ref: z.string().optional(),
      is_optimized: z.boolean().optional(),
      owner: z.enum(['user', 'system']).optional(),
    })
    .optional(),
})
