/** Durations as people and programs write them: `"72h"`, `"3d 12h"`, `"3 days"`, `"PT72H"`, or milliseconds. */
import { z } from 'zod'

const unitLength: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** The names of units in full, which may stand apart from their number: `3 days`, `2 hours and 5 min`. */
const longNames: readonly (readonly [RegExp, string])[] = [
  [/milliseconds?/.source, 'ms'],
  [/sec(?:ond)?s?/.source, 's'],
  [/min(?:ute)?s?/.source, 'm'],
  [/h(?:ou)?rs?/.source, 'h'],
  [/days?/.source, 'd'],
  [/weeks?/.source, 'w'],
].map(([name, unit = '']) => [
  new RegExp(`(?<=\\d)\\s*${name}\\b(?:\\s*(?:,|and\\b)\\s*(?=\\d))?`, 'gi'),
  unit,
])

const withShortUnits = (text: string): string =>
  longNames.reduce((short, [name, unit]) => short.replace(name, `${unit} `), text).trimEnd()

const short = /^(?:\d+(?:\.\d+)?(?:ms|[smhdw])\s*)+$/i
const shortPart = /(\d+(?:\.\d+)?)(ms|[smhdw])/gi
const iso8601 =
  /^P(?=.)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i
const isoUnits = ['w', 'd', 'h', 'm', 's']

/** Nothing longer is read as a duration, characters. */
const LONGEST_TEXT = 200

/** What a duration may look like, for messages to people. */
export const DURATION_FORMS =
  '"72h", "3d 12h", "3 days", "90s", "PT72H" or a number of milliseconds'

/**
 * A duration in whole milliseconds; undefined when the text is none. Days are 24 hours; calendar
 * months and years have no fixed length and are refused. Nothing is negative.
 */
export const parseDuration = (value: string | number): number | undefined => {
  if (typeof value === 'number') return rounded(value)
  const text = value.trim()
  if (text.length > LONGEST_TEXT) return undefined
  if (/^\d+$/.test(text)) return rounded(Number(text))
  const iso = iso8601.exec(text)
  if (iso !== null) {
    return rounded(
      isoUnits.reduce(
        (sum, unit, index) => sum + Number(iso[index + 1] ?? 0) * (unitLength[unit] ?? 0),
        0,
      ),
    )
  }
  const parts = withShortUnits(text)
  if (!short.test(parts)) return undefined
  let sum = 0
  for (const [, amount, unit] of parts.matchAll(shortPart)) {
    sum += Number(amount) * (unitLength[(unit ?? '').toLowerCase()] ?? 0)
  }
  return rounded(sum)
}

/** Ten thousand years, ms: added to any instant it is still an instant that can be written. */
const LONGEST = 10_000 * 365 * 86_400_000

const rounded = (ms: number): number | undefined =>
  ms >= 0 && ms <= LONGEST ? Math.round(ms) : undefined

/** The shortest text that `parseDuration` reads as this many milliseconds: `5400000` is `1h 30m`. */
export const formatDuration = (ms: number): string => {
  let rest = Math.round(ms)
  const parts: string[] = []
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const length = unitLength[unit] ?? 1
    const count = Math.floor(rest / length)
    if (count > 0) parts.push(`${count}${unit}`)
    rest -= count * length
  }
  return parts.length === 0 ? '0s' : parts.join(' ')
}

/** How often, as people say it: `once`, `3 times`. */
export const timesInWords = (count: number): string =>
  count === 0 ? 'never' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`

/** A duration in a request body, as milliseconds in the program. */
export const duration = () =>
  z.union([z.number(), z.string()]).transform((value, context) => {
    const ms = parseDuration(value)
    if (ms !== undefined) return ms
    context.issues.push({
      code: 'custom',
      message: `${JSON.stringify(value)} is no duration: give ${DURATION_FORMS}`,
      input: value,
    })
    return z.NEVER
  })
