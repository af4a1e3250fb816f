/**
 * Wall-clock time in a zone, and back. Pure: instants are ms since the epoch, and the zone rules
 * are those that the runtime's Intl brings along.
 */

/** What a clock on the wall shows. `month` is 1 to 12. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}

/** What the wall clock shows at an instant. Throws a RangeError for a zone that does not exist. */
export function wallTimeAt(instant: number, zone: string): WallTime {
  const wall: WallTime = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of formatterOf(zone).formatToParts(instant)) {
    if (isWallField(type)) wall[type] = Number(value)
  }
  return wall
}

/** Zones whose offset was asked for last, by zone: answers of one minute ask again and again. */
const offsets = new Map<string, { minute: number; offset: number }>()

/** The zone's offset from UTC at an instant, in ms; positive east of Greenwich. */
export function offsetAt(instant: number, zone: string): number {
  // Zones change their offset at whole minutes (they have since 1972, when the last odd one did).
  const minute = Math.floor(instant / 60_000)
  const known = offsets.get(zone)
  if (known?.minute === minute) return known.offset
  const offset = asUtc(wallTimeAt(instant, zone)) - Math.floor(instant / 1_000) * 1_000
  offsets.set(zone, { minute, offset })
  return offset
}

/**
 * The instant at which the wall clock shows `wall`; fields may overflow (day 32 is the next
 * month's). A time that occurs twice, when clocks go back, is the first of the two; one that is
 * skipped, when they go forward, is moved on by as much as is skipped.
 */
export function instantOf(wall: WallTime, zone: string): number {
  const utc = asUtc(wall)
  const before = offsetAt(utc - msPerDay, zone)
  const after = offsetAt(utc + msPerDay, zone)
  const exact = [utc - before, utc - after].filter((it) => it + offsetAt(it, zone) === utc)
  return exact.length > 0 ? Math.min(...exact) : utc - before
}

/** The first instant after `from`, until `to`, at which the zone's offset is another; null when there is none. */
export const nextTransition = (zone: string, from: number, to: number): number | null => {
  const before = offsetAt(from, zone)
  if (offsetAt(to, zone) === before) return null
  let known = Math.floor(from / MINUTE_MS)
  let other = Math.ceil(to / MINUTE_MS)
  while (other - known > 1) {
    const middle = Math.floor((known + other) / 2)
    if (offsetAt(middle * MINUTE_MS, zone) === before) known = middle
    else other = middle
  }
  return other * MINUTE_MS
}

/**
 * The same, but a time that is skipped is the first instant after what is skipped: what is to happen
 * then happens as soon as it can.
 */
export function firstInstantOf(wall: WallTime, zone: string): number {
  const at = instantOf(wall, zone)
  const utc = asUtc(wall)
  if (at + offsetAt(at, zone) === utc) return at
  return nextTransition(zone, at - msPerDay, at) ?? at
}

const MINUTE_MS = 60_000
const msPerDay = 86_400_000

const asUtc = (wall: WallTime) =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)

const isWallField = (type: string): type is keyof WallTime =>
  ['year', 'month', 'day', 'hour', 'minute', 'second'].includes(type)
