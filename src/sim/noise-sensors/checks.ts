/** Whether thresholds can stand side by side on a sensor: what its model allows. */
import { domainError, invalidInput } from '../kernel/errors.ts'
import { beginningOf } from '../../lib/text.ts'
import { decibelsOfNrs } from './nrs.ts'
import type { NoiseSensorProfile, ThresholdRules } from './profile.ts'
import { hoursOf, isWholeDay, liesInside, parseDailyTime, windowOf } from './windows.ts'
import type { DailyWindow } from './windows.ts'

/** A threshold as it is asked for, with all that it will have. */
export interface Wanted {
  name: string
  starts_daily_at: string
  ends_daily_at: string
  decibels: number
  nrs: number | null
}

/** The two ways to say how loud. */
export interface Loudness {
  noise_threshold_decibels?: number | undefined
  noise_threshold_nrs?: number | undefined
}

const requireTime = (param: string, text: string): string | null => {
  const time = parseDailyTime(text)
  if (time !== null) return time.zone
  throw invalidInput(
    param,
    `"${beginningOf(text, 100)}" is no time of day: give it as 22:00:00, or with a time zone as 22:00:00[America/Los_Angeles]`,
  )
}

/** @throws invalid_input for what is no time of day, or for two zones */
export const requireWindow = ({ starts_daily_at, ends_daily_at }: Wanted): void => {
  const from = requireTime('starts_daily_at', starts_daily_at)
  const until = requireTime('ends_daily_at', ends_daily_at)
  if (from !== null && until !== null && from !== until) {
    throw invalidInput(
      'ends_daily_at',
      `A noise threshold is in one time zone: it starts in ${from} and ends in ${until}`,
    )
  }
}

/**
 * How loud, as it was given; null when it was not.
 *
 * @throws invalid_input where the sensor does not know the unit
 */
export const loudnessOf = (
  { noise_threshold_decibels: decibels, noise_threshold_nrs: nrs }: Loudness,
  { has_nrs, display_name }: NoiseSensorProfile,
): { decibels: number; nrs: number | null } | null => {
  if (nrs !== undefined) {
    if (!has_nrs) {
      throw invalidInput(
        'noise_threshold_nrs',
        `A ${display_name} knows no Noise Risk Score: give noise_threshold_decibels`,
      )
    }
    if (nrs < 0 || nrs > 100) {
      throw invalidInput('noise_threshold_nrs', 'A Noise Risk Score is between 0 and 100')
    }
    // Where both are given, as in samples of Seam's docs, the score is what the sensor keeps.
    return { decibels: decibelsOfNrs(nrs), nrs }
  }
  if (decibels === undefined) return null
  if (decibels < 0 || decibels > 200) {
    throw invalidInput('noise_threshold_decibels', 'Give 0 to 200 decibels')
  }
  return { decibels, nrs: null }
}

const overlaps = (message: string) => domainError('noise_thresholds_overlap', message)

const describe = ({ starts_daily_at, ends_daily_at }: Wanted): string =>
  `${starts_daily_at} to ${ends_daily_at}`

type Placed = readonly { wanted: Wanted; window: DailyWindow }[]

const requireNested = (
  placed: Placed,
  { max }: Extract<ThresholdRules, { kind: 'nested' }>,
  { display_name }: NoiseSensorProfile,
): void => {
  if (placed.length > max) {
    throw domainError(
      'noise_threshold_limit_reached',
      `A ${display_name} has at most ${max} noise thresholds. Change one of them, or delete the one for quiet hours first.`,
    )
  }
  const [normal, ...others] = placed
  for (const { wanted, window } of others) {
    const isSameWindow =
      normal !== undefined &&
      window.start === normal.window.start &&
      window.end === normal.window.end
    if (normal === undefined) continue
    if (isSameWindow || isWholeDay(window) || !liesInside(window, normal.window)) {
      throw invalidInput(
        'starts_daily_at',
        `The hours ${describe(wanted)} must lie inside those of ${normal.wanted.name}, ${describe(normal.wanted)}, and be fewer`,
      )
    }
  }
}

const requireHourly = (placed: Placed): void => {
  const zones = new Set(placed.map(({ window }) => window.zone))
  if (zones.size > 1) {
    throw invalidInput(
      'starts_daily_at',
      `All noise thresholds of a sensor are in one time zone, not in ${[...zones].join(' and ')}`,
    )
  }
  const taken = new Map<number, Wanted>()
  for (const { wanted, window } of placed) {
    for (const hour of hoursOf(window)) {
      const before = taken.get(hour)
      if (before !== undefined) {
        throw overlaps(
          `Two noise thresholds would rule in the hour from ${hour}:00: ${describe(before)} and ${describe(wanted)}.`,
        )
      }
      taken.set(hour, wanted)
    }
  }
}

/**
 * The thresholds of one sensor, in the order of their creation, fit its model and each other.
 *
 * @throws noise_threshold_limit_reached, noise_thresholds_overlap, invalid_input
 */
export const requireFitting = (
  all: readonly Wanted[],
  profile: NoiseSensorProfile,
  zone: string,
): void => {
  const placed = all.map((wanted) => ({ wanted, window: windowOf(wanted, zone) }))
  const rules = profile.thresholds
  if (rules.kind === 'nested') requireNested(placed, rules, profile)
  else requireHourly(placed)
}
