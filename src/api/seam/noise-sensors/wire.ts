import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { NoiseThreshold } from '../../../db/tables/noise-sensors.ts'
import { number } from '../common.ts'

export const noiseThreshold = once((): z.ZodType<object> =>
  z.strictObject({
    noise_threshold_id: z.guid(),
    device_id: z.guid(),
    name: z.string(),
    noise_threshold_decibels: z.number(),
    noise_threshold_nrs: number,
    starts_daily_at: z.string(),
    ends_daily_at: z.string(),
  }),
)

export const presentNoiseThreshold = (threshold: NoiseThreshold) => ({
  noise_threshold_id: threshold.noise_threshold_id,
  device_id: threshold.device_id,
  name: threshold.name,
  noise_threshold_decibels: threshold.decibels,
  ...(threshold.nrs !== null && { noise_threshold_nrs: threshold.nrs }),
  starts_daily_at: threshold.starts_daily_at,
  ends_daily_at: threshold.ends_daily_at,
})
