/** Instants are integer milliseconds everywhere inside; this is their form on the wire. */
import { remembering } from './remembering.ts'

/** The first instant that ISO 8601 writes with a year of four digits: the year 0000. */
export const BEGIN_OF_TIME = -62_167_219_200_000

/** No clock goes beyond: the last instant that ISO 8601 writes with a year of four digits. */
export const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

const DAY = 86_400_000
const padded = (digits: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => String(n).padStart(digits, '0'))
const twoDigits = padded(2, 60)
const threeDigits = padded(3, 1_000)

/** The texts of the days that were formatted lately: most instants lie in a few days. */
const KEPT_DAYS = 1_000
// `new Date(n)` reads no clock: it only formats.
const dayText = remembering(KEPT_DAYS, (day: number) =>
  new Date(day * DAY).toISOString().slice(0, -13),
)

/** ISO 8601 in UTC with milliseconds, such as `2025-01-01T16:00:00.000Z`. */
export const toIso = (instant: number): string => {
  const day = Math.floor(instant / DAY)
  const ms = instant - day * DAY
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  return `${dayText(day)}${twoDigits[hours]}:${twoDigits[minutes - hours * 60]}:${twoDigits[seconds - minutes * 60]}.${threeDigits[ms - seconds * 1000]}Z`
}

export const toIsoOrNull = (instant: number | null): string | null =>
  instant === null ? null : toIso(instant)
