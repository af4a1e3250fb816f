/** The noise sensors that are simulated, as data. */
import { brand } from '../../devices/brand.ts'
import type { NoiseSensorProfile } from '../profile.ts'

const minute = 60_000

const common = {
  background: 38,
  latency: { min: 1_000, typical: 2_000, max: 5_000 },
  poll_interval: 0,
} as const

const commonSources = {
  background: 'assumed (38 dB)',
  latency: 'assumed (1 to 5 s)',
  poll_interval: 'assumed: pushed at once',
}

const minut: NoiseSensorProfile = {
  ...common,
  model: 'minut',
  device_type: 'minut_sensor',
  display_name: 'Minut Sensor',
  model_display_name: 'Minut Sensor',
  ...brand('minut', 'Minut'),
  battery: { idle_days: 365, per_use: 0 },
  has_nrs: false,
  thresholds: { kind: 'nested', max: 2, default_name: 'builtin_quiet_hours' },
  built_in: [
    {
      name: 'builtin_normal_hours',
      starts_daily_at: '00:00:00',
      ends_daily_at: '23:59:59',
      decibels: 70,
    },
    {
      name: 'builtin_quiet_hours',
      starts_daily_at: '22:00:00',
      ends_daily_at: '07:00:00',
      decibels: 60,
    },
  ],
  disturbance: {
    notices: [
      { type: 'disturbance_first_notice', after: 10 * minute },
      { type: 'disturbance_second_notice', after: 5 * minute },
      { type: 'disturbance_third_notice', after: 10 * minute },
    ],
    ends_after_quiet: 5 * minute,
    end_type: 'disturbance_ended',
  },
  alert: 'minut',
  quirks: [
    'Two thresholds at most; the one for normal hours cannot be deleted.',
    'The threshold for quiet hours takes the place of the other one inside its window.',
  ],
  sources: {
    ...commonSources,
    thresholds: 'Seam docs: Minut sensors (at most two; normal hours required)',
    built_in: 'Names: tests of the old Python SDK; times and levels assumed',
    disturbance: 'Names: Seam docs, get started with Minut sensors; times assumed',
    battery: 'assumed (365 days)',
  },
}

const noiseaware: NoiseSensorProfile = {
  ...common,
  model: 'noiseaware',
  device_type: 'noiseaware_activity_zone',
  display_name: 'NoiseAware Activity Zone',
  model_display_name: 'NoiseAware Sensor',
  ...brand('noiseaware', 'NoiseAware'),
  battery: null,
  has_nrs: true,
  thresholds: { kind: 'hourly', default_name: 'Noise Threshold' },
  built_in: [],
  disturbance: {
    notices: [{ type: 'newNoise', after: 10 * minute }],
    ends_after_quiet: 5 * minute,
    end_type: null,
  },
  alert: 'noiseaware',
  quirks: [
    'Thresholds may not touch the same hour of the day.',
    'One event a disturbance: what goes on or is over raises nothing.',
  ],
  sources: {
    ...commonSources,
    thresholds: 'Seam docs: NoiseAware sensors (no overlap, at most one per hour)',
    built_in: 'assumed: none',
    disturbance: 'Seam docs: get started with NoiseAware sensors (only newNoise); times assumed',
    has_nrs: 'OpenAPI noise_threshold_nrs; its scale is assumed',
    battery: 'assumed: wired',
  },
}

export const noiseSensorProfiles: Readonly<Record<string, NoiseSensorProfile>> = {
  minut,
  noiseaware,
}

export const noiseSensorProfileOf = (model: string): NoiseSensorProfile | undefined =>
  Object.hasOwn(noiseSensorProfiles, model) ? noiseSensorProfiles[model] : undefined
