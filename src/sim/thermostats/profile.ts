/** What a model of thermostats is, as data: one entry a brand in `models/index.ts`. */
import type { BrandNames } from '../devices/brand.ts'
import type { Latency } from '../kernel/random.ts'
import type { ClimatePreset, FanMode, HvacMode } from '../../db/tables/thermostats.ts'

interface Range {
  /** Degrees Celsius. */
  min: number
  max: number
}

/** Which weeks a thermostat can be programmed with. */
export interface ProgramRules {
  can_be: readonly ('weekday_weekend' | 'different_each_day' | 'same_each_day')[]
  max_periods_per_day: number | null
  precision_minutes: number | null
  max_unique_presets: number | null
  /** Who switches when a period begins. */
  runs_on: 'device' | 'seam'
}

export interface ThermostatProfile extends BrandNames {
  model: string
  device_type: string
  display_name: string
  model_display_name: string
  hvac_modes: readonly HvacMode[]
  fan_modes: readonly FanMode[]
  /** Null: the model reports none, and nothing is checked. */
  ranges: { heating: Range; cooling: Range; min_delta: number } | null
  /** Null: it runs none. */
  programs: ProgramRules | null
  /** Presets that it comes with. */
  presets: readonly ClimatePreset[]
  /** Whether a heat pump needs help in great cold. */
  has_auxiliary_heat: boolean
  is_wired: boolean
  /** It reaches its provider's cloud through a hub alone. */
  needs_hub: boolean
  /** From a command to its answer, ms. */
  latency: Latency
  /** The same for a program. */
  program_latency: Latency
  /** After how long Seam hears of a change, ms. */
  poll_interval: number
  /** The block of `properties`: its key, and what its fields hold; `id` and `name` stand for the thermostat's own. */
  metadata: { key: string; fields: Readonly<Record<string, string | boolean>> }
  quirks: readonly string[]
  /** Where each fact comes from; `assumed` where nothing is published. */
  sources: Readonly<Record<string, string>>
}
