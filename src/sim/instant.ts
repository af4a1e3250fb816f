/** Instants are integer milliseconds everywhere inside; this is their form on the wire. */

/** No clock goes beyond: the last instant that ISO 8601 writes with a year of four digits. */
export const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** ISO 8601 in UTC with milliseconds, such as `2025-01-01T16:00:00.000Z`. */
// `new Date(n)` reads no clock: it only formats.
export const toIso = (instant: number): string => new Date(instant).toISOString()

export const toIsoOrNull = (instant: number | null): string | null =>
  instant === null ? null : toIso(instant)
