/** The sound around a sensor: a step function of time, readable at any instant. */
import type { Sound } from '../../db/tables/noise-sensors.ts'

/** The level at an instant, dB. */
export const levelAt = (background: number, sounds: readonly Sound[], at: number): number =>
  sounds.find(({ from, until }) => at >= from && at < until)?.decibels ?? background

/** The first instant after `at` at which a span begins or ends; null when none does. */
export const nextEdge = (sounds: readonly Sound[], at: number): number | null => {
  for (const { from, until } of sounds) {
    if (from > at) return from
    if (until > at) return until
  }
  return null
}

/** Since when the level has been what it is at `at`; null when it always was. */
export const levelSince = (sounds: readonly Sound[], at: number): number | null => {
  let since: number | null = null
  for (const { from, until } of sounds) {
    if (from <= at) since = from
    if (until <= at) since = until
  }
  return since
}

/** Spans with another one laid over them. */
const overlaid = (sounds: readonly Sound[], over: Sound): Sound[] =>
  [
    ...sounds.flatMap((it) => [
      { ...it, until: Math.min(it.until, over.from) },
      { ...it, from: Math.max(it.from, over.until) },
    ]),
    over,
  ]
    .filter(({ from, until }) => from < until)
    .toSorted((a, b) => a.from - b.from)

/** What is heard when `played` comes on top, later ones over earlier ones; what was over before `keep` is forgotten. */
export const withSounds = (
  sounds: readonly Sound[],
  played: readonly Sound[],
  keep: number,
): Sound[] => played.reduce(overlaid, [...sounds]).filter(({ until }) => until > keep)
