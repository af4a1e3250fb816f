import { BEGIN_OF_TIME, END_OF_TIME, toIso } from './instant.ts'

/**
 * ISO 8601, and what Ruby makes of a `Time` in JSON: `2025-01-01 16:00:00 +0000`, or ` UTC` at its
 * end. Seam's Ruby SDK sends times in bodies so, and JavaScript reads them.
 */
const iso8601 =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/i

/** Of `2025-01-01T16:00:00.000Z`. */
const CANONICAL_LENGTH = 24

/** Why a text is no instant, in words that follow it. */
export interface NoInstant {
  readonly problem: 'shape' | 'no_offset' | 'out_of_range'
}

const noInstant = (problem: NoInstant['problem']): NoInstant => ({ problem })

/** `Date.UTC` takes the years 0 to 99 for those of the twentieth century. */
const midnightOf = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined
}

/** Minutes that `+02:00`, `-0530`, `+02`, `Z` or `UTC` is ahead of UTC; undefined where it is none. */
const minutesAhead = (offset: string): number | undefined => {
  if (/[A-Z]/i.test(offset)) return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || '0')
  if (hours > 23 || minutes > 59) return undefined
  return (hours * 60 + minutes) * (offset.startsWith('-') ? -1 : 1)
}

/** @returns milliseconds since 1970, or why the text is no instant (30 February is none). */
export const readInstant = (text: string): number | NoInstant => {
  // The form that programs write, and that JavaScript reads: it is right if it comes out as it went in.
  if (text.length === CANONICAL_LENGTH && text.endsWith('Z')) {
    const instant = Date.parse(text)
    if (!Number.isNaN(instant) && toIso(instant) === text) return instant
  }
  const match = iso8601.exec(text)
  if (match === null) return noInstant('shape')
  const part = (group: number): number => Number(match[group] ?? 0)
  const [hour, minute, second] = [part(4), part(5), part(6)]
  const midnight = midnightOf(part(1), part(2), part(3))
  if (midnight === undefined || hour > 23 || minute > 59 || second > 59) return noInstant('shape')
  // A day alone is its midnight in UTC, as JavaScript and clients in the wild have it.
  if (match[4] === undefined) return midnight
  const offset = match[8]
  if (offset === undefined) return noInstant('no_offset')
  const ahead = minutesAhead(offset)
  if (ahead === undefined) return noInstant('shape')
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const instant = midnight + ((hour * 60 + minute - ahead) * 60 + second) * 1000 + millisecond
  return instant >= BEGIN_OF_TIME && instant <= END_OF_TIME ? instant : noInstant('out_of_range')
}

/**
 * Reads an ISO 8601 date and time, Ruby's spelling of one, or a date alone, which is its midnight in
 * UTC; digits beyond milliseconds are dropped. Any UTC offset will do, none will not: such a time means another instant
 * on every machine. What UTC cannot write with a year of four digits is no instant.
 *
 * @returns milliseconds since 1970; undefined when the text is no instant
 */
export const parseInstant = (text: string): number | undefined => {
  const read = readInstant(text)
  return typeof read === 'number' ? read : undefined
}

/** What is wrong with such a text, and what to write instead; a sentence without its end. */
export const instantProblem = (text: string, { problem }: NoInstant): string => {
  if (problem === 'no_offset') return `Say the offset from UTC: add Z, as in ${text}Z`
  if (problem === 'out_of_range') return 'Give an instant in the years 0000 to 9999 of UTC'
  return 'Write ISO 8601, as in 2025-01-01T16:00:00Z'
}
