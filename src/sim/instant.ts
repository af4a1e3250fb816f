/** Instants are integer milliseconds everywhere inside; this is their form on the wire. */

/** ISO 8601 in UTC with milliseconds, such as `2025-01-01T16:00:00.000Z`. */
// `new Date(n)` reads no clock: it only formats.
export const toIso = (instant: number): string => new Date(instant).toISOString()

export const toIsoOrNull = (instant: number | null): string | null =>
  instant === null ? null : toIso(instant)
