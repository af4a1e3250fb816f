/** What the numbers of a workspace may be: whoever gives them, by call, fixture or snapshot. */

/** A century, ms. */
const LONGEST = 100 * 365 * 86_400_000

/** From `least` to `most`, both included. Lengths of time are in ms. */
export interface SettingBounds {
  readonly least: number
  readonly most: number
}

const anyLength: SettingBounds = { least: 0, most: LONGEST }

/**
 * A code that keeps failing is tried for as long as it is wanted: the pauses between two attempts
 * have a floor, so that a year of it is a bounded amount of work.
 */
export const settingsBounds = {
  delay_after: anyLength,
  fail_after: anyLength,
  retry_every: { least: 1_000, most: LONGEST },
  retry_at_most: { least: 60_000, most: LONGEST },
  native_lead_time: anyLength,
  just_in_time_lead_time: anyLength,
  poll_interval: anyLength,
  automation_delay: anyLength,
  keep_history_for: { least: 60_000, most: LONGEST },
  keep_history_rows: { least: 100, most: 1_000_000_000 },
  keep_history_bytes: { least: 100_000, most: 1_000_000_000_000 },
  backup_pool_size: { least: 0, most: 100 },
} as const satisfies Record<string, SettingBounds>

/** The settings that are numbers. */
export type NumberSetting = keyof typeof settingsBounds

/** What is wrong with a value of a setting; null when it fits. */
export const settingProblem = (name: NumberSetting, value: number): string | null => {
  const { least, most } = settingsBounds[name]
  if (Number.isInteger(value) && value >= least && value <= most) return null
  const unit = /_(?:size|rows|bytes)$/.test(name) ? '' : ' milliseconds'
  return `${name} must be a whole number from ${least} to ${most}${unit}, not ${value}`
}

/** Versions of Seam's document (`@seamapi/types`) that can be told apart, oldest first. */
export const apiVersions = ['1.977', '1.1038'] as const

export type ApiVersion = (typeof apiVersions)[number]
