import type { ClockMode } from '../../db/tables/workspaces.ts'
import { END_OF_TIME } from './instant.ts'

/** A workspace's time as it is stored: a line through (anchor, base) with a slope. */
export interface Clock {
  clock_mode: ClockMode
  clock_rate: number
  clock_base: number
  clock_anchor: number
}

/** Where frozen worlds begin unless told otherwise: a fixed instant, so that runs repeat to the byte. */
export const DEFAULT_FROZEN_AT = Date.UTC(2025, 0, 1)

/** The workspace instant, ms, at the wall instant `wall`. */
export const clockNow = (clock: Clock, wall: number): number =>
  clock.clock_mode === 'frozen'
    ? clock.clock_base
    : Math.min(
        Math.floor(clock.clock_base + (wall - clock.clock_anchor) * clock.clock_rate),
        END_OF_TIME,
      )

/** The wall instant at which the workspace reaches `instant`; null on a frozen clock. */
export const wallInstantOf = (clock: Clock, instant: number): number | null =>
  clock.clock_mode === 'frozen'
    ? null
    : clock.clock_anchor + (instant - clock.clock_base) / clock.clock_rate

export const frozenClock = (at: number, wall: number): Clock => ({
  clock_mode: 'frozen',
  clock_rate: 0,
  clock_base: at,
  clock_anchor: wall,
})

/** A clock that runs from `at` at `rate` workspace seconds per wall second. */
export const runningClock = (at: number, wall: number, rate: number): Clock => ({
  clock_mode: rate === 1 ? 'realtime' : 'scaled',
  clock_rate: rate,
  clock_base: at,
  clock_anchor: wall,
})
