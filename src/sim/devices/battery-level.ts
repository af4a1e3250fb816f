/**
 * A battery as a function, not a ticking clock: the level falls linearly with time and by a step
 * with every use, so that only its threshold crossings ever have to be scheduled.
 */
import { END_OF_TIME } from '../kernel/instant.ts'

/** How a kind of cells runs down. */
interface Drain {
  /** Days from full to empty when nothing is ever asked of them. */
  idle_days: number
  /** Fraction of the full charge that one use takes. */
  per_use: number
}

/** One set of cells: when it went in, how full it was, and what has been asked of it since. */
export interface BatteryState {
  /** Instant, ms. */
  installed_at: number
  /** 0 to 1. */
  level_at_install: number
  /** Bolt movements and code entries since then. */
  uses: number
}

export type BatteryStatus = 'critical' | 'low' | 'good' | 'full'

/**
 * At or above the number the status holds, below it the one before. Seam publishes no thresholds;
 * these agree with the samples in its docs (.48 and .65 good, .86 full).
 */
export const batteryThresholds = { full: 0.75, good: 0.3, low: 0.1, empty: 0 } as const

const msPerDay = 86_400_000

/** The charge at `now` (ms), from 0 to 1; never more than it was when it went in. */
export function batteryLevel(profile: Drain, state: BatteryState, now: number): number {
  const age = Math.max(0, now - state.installed_at)
  const drawnByTime = age / (profile.idle_days * msPerDay)
  return Math.min(1, Math.max(0, state.level_at_install - drawnByUse(profile, state) - drawnByTime))
}

/** Seam's word for a level; an empty battery is `critical` too. */
export function batteryStatus(level: number): BatteryStatus {
  if (level >= batteryThresholds.full) return 'full'
  if (level >= batteryThresholds.good) return 'good'
  if (level >= batteryThresholds.low) return 'low'
  return 'critical'
}

/** Whether new cells are due. */
export const isLow = (level: number): boolean => level < batteryThresholds.good

/** A level as the API tells it: in hundredths, and never rounded up into the next better status. */
export const shownLevel = (level: number): number => {
  const hundredths = Math.round(level * 100)
  return batteryStatus(hundredths / 100) === batteryStatus(level)
    ? hundredths / 100
    : (hundredths - 1) / 100
}

/**
 * The first whole millisecond after `from` at which something holds that, once so, stays so; null
 * when that is not before the end of time. `guess` is where to look first: floating point lands
 * within a few milliseconds of the truth as a rule, and anywhere where the numbers are large.
 */
const firstInstant = (
  holdsAt: (instant: number) => boolean,
  from: number,
  guess: number,
): number | null => {
  const around = (distance: number): number =>
    Math.min(Math.max(guess + distance, from), END_OF_TIME)
  let before = around(-2)
  let after = around(2)
  if (holdsAt(before)) before = from
  if (!holdsAt(after)) after = END_OF_TIME
  if (!holdsAt(after)) return null
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (holdsAt(middle)) after = middle
    else before = middle
  }
  return after
}

/**
 * The first whole millisecond after `now` at which the level, left alone, is in the next lower
 * status, or empty; with that level and status. null when it is empty already, or lasts until the
 * end of time. A use in between moves the crossing forward: ask again after each.
 */
export function nextBatteryCrossing(
  profile: Drain,
  state: BatteryState,
  now: number,
): { at: number; level: number; status: BatteryStatus; empty: boolean } | null {
  const current = batteryLevel(profile, state, now)
  if (current <= 0) return null
  const floor = floorOf[batteryStatus(current)]
  const isCrossedAt = (instant: number): boolean => {
    const level = batteryLevel(profile, state, instant)
    return level < floor || level <= 0
  }
  const charge = state.level_at_install - drawnByUse(profile, state)
  const exact = state.installed_at + (charge - floor) * profile.idle_days * msPerDay
  const at = firstInstant(isCrossedAt, now, Math.floor(exact))
  if (at === null) return null
  const level = batteryLevel(profile, state, at)
  return { at, level, status: batteryStatus(level), empty: level <= 0 }
}

const floorOf: Record<BatteryStatus, number> = {
  full: batteryThresholds.full,
  good: batteryThresholds.good,
  low: batteryThresholds.low,
  critical: batteryThresholds.empty,
}

const drawnByUse = (profile: Drain, state: BatteryState) => state.uses * profile.per_use
