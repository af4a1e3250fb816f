/**
 * What a model of noise sensors is, as data: one entry a brand in `models/index.ts`. The simulation
 * never asks for a brand by name, so a fact that one brand needs becomes a field here.
 */
import type { BrandNames } from '../devices/brand.ts'
import type { Latency } from '../kernel/random.ts'

/** One threshold that a sensor comes with. */
interface BuiltInThreshold {
  name: string
  starts_daily_at: string
  ends_daily_at: string
  decibels: number
}

/** What is told of a disturbance, and when. */
export interface NoticeRules {
  /** A notice each: what it is called, and after how long without a break, ms. */
  notices: readonly { type: string; after: number }[]
  /** It is over after so long below the threshold, ms. */
  ends_after_quiet: number
  /** What its end is called; null where nothing is told of it. */
  end_type: string | null
}

/** How the thresholds of one sensor stand to each other. */
export type ThresholdRules =
  /** One for the whole day, which is required, and others inside of it that rule in their windows. */
  | { kind: 'nested'; max: number; default_name: string }
  /** No two in one hour of the day. */
  | { kind: 'hourly'; default_name: string }

export interface NoiseSensorProfile extends BrandNames {
  model: string
  device_type: string
  display_name: string
  model_display_name: string
  /** Null: wired. */
  battery: { idle_days: number; per_use: number } | null
  /** The sound of an empty flat, dB. */
  background: number
  /** Whether the provider measures in Noise Risk Scores as well. */
  has_nrs: boolean
  thresholds: ThresholdRules
  built_in: readonly BuiltInThreshold[]
  disturbance: NoticeRules
  /** From a command to the sensor's answer, ms. */
  latency: Latency
  /** After how long Seam hears of a level, ms. */
  poll_interval: number
  /** What the provider's block of an event looks like. */
  alert: 'minut' | 'noiseaware'
  quirks: readonly string[]
  /** Where each fact comes from; `assumed` where nothing is published. */
  sources: Readonly<Record<string, string>>
}
