/** The times of day at which a noise threshold rules: wall-clock windows in a zone. */
import { isValidTimeZone } from '../../lib/time-zone-name.ts'
import { nextTransition, offsetAt } from '../kernel/time-zone.ts'

const DAY = 86_400_000
const DAY_SECONDS = 86_400

/** A time of day as the API has it. */
export interface DailyTime {
  /** Seconds since midnight. */
  seconds: number
  /** null: that of the device. */
  zone: string | null
}

const FORM =
  /^(?<h>[01]\d|2[0-3]):(?<m>[0-5]\d):(?<s>[0-5]\d)(?:\.\d{1,6})?(?:\[(?<zone>[^\]]+)\])?$/

/** `HH:mm:ss`, with or without `[Area/City]`; null for anything else. */
export const parseDailyTime = (text: string): DailyTime | null => {
  const { h, m, s, zone } = FORM.exec(text)?.groups ?? {}
  if (h === undefined || m === undefined || s === undefined) return null
  if (zone !== undefined && !isValidTimeZone(zone)) return null
  return { seconds: Number(h) * 3_600 + Number(m) * 60 + Number(s), zone: zone ?? null }
}

/** From the first second until before the second one; an end that is not later lies on the next day. */
export interface DailyWindow {
  start: number
  end: number
  zone: string
}

/** The whole day is `00:00:00` to `23:59:59`, or an end that equals the start. */
export const windowOf = (
  { starts_daily_at, ends_daily_at }: { starts_daily_at: string; ends_daily_at: string },
  deviceZone: string,
): DailyWindow => {
  const starts = parseDailyTime(starts_daily_at)
  const ends = parseDailyTime(ends_daily_at)
  const zone = starts?.zone ?? ends?.zone ?? deviceZone
  const start = starts?.seconds ?? 0
  const end = ends?.seconds ?? 0
  return { start, end: end === DAY_SECONDS - 1 ? DAY_SECONDS : end, zone }
}

export const isWholeDay = ({ start, end }: DailyWindow): boolean =>
  start === end || (start === 0 && end === DAY_SECONDS)

const isInside = (window: DailyWindow, second: number): boolean => {
  const { start, end } = window
  if (isWholeDay(window)) return true
  return start < end ? second >= start && second < end : second >= start || second < end
}

export const isOpenAt = (window: DailyWindow, at: number): boolean => {
  if (isWholeDay(window)) return true
  const wall = Math.floor((at + offsetAt(at, window.zone)) / 1_000)
  return isInside(window, ((wall % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS)
}

/** Every instant of the next days at which a wall clock may show one of the window's ends. */
const candidates = ({ start, end, zone }: DailyWindow, at: number): number[] => {
  const offsets = new Set([at - DAY, at, at + DAY, at + 2 * DAY].map((it) => offsetAt(it, zone)))
  const changes = nextTransition(zone, at, at + 2 * DAY)
  const found = changes === null ? [] : [changes]
  for (const offset of offsets) {
    const midnight = Math.floor((at + offset) / DAY) * DAY - offset
    for (let day = 0; day < 3; day++) {
      for (const second of [start, end]) found.push(midnight + day * DAY + second * 1_000)
    }
  }
  return found.filter((it) => it > at).toSorted((a, b) => a - b)
}

/** The first instant after `at` at which the window opens or closes; null when it never does. */
export const nextWindowEdge = (window: DailyWindow, at: number): number | null => {
  if (isWholeDay(window)) return null
  const isOpen = isOpenAt(window, at)
  return candidates(window, at).find((it) => isOpenAt(window, it) !== isOpen) ?? null
}

/** Whether one window lies inside another, second by second of the day. */
export const liesInside = (inner: DailyWindow, outer: DailyWindow): boolean => {
  if (isWholeDay(outer)) return true
  if (isWholeDay(inner) || inner.zone !== outer.zone) return false
  const last = (inner.end + DAY_SECONDS - 1) % DAY_SECONDS
  const length = (window: DailyWindow): number =>
    (window.end - window.start + DAY_SECONDS) % DAY_SECONDS
  return (
    isInside(outer, inner.start) &&
    isInside(outer, last) &&
    length(inner) <= length(outer) &&
    // Both ends can be inside while the middle is not.
    ((inner.start - outer.start + DAY_SECONDS) % DAY_SECONDS) + length(inner) <= length(outer)
  )
}

/** The hours of the day that a window touches, 0 to 23. */
export const hoursOf = (window: DailyWindow): Set<number> => {
  const hours = new Set<number>()
  const { start } = window
  const length = isWholeDay(window) ? DAY_SECONDS : (window.end - start + DAY_SECONDS) % DAY_SECONDS
  for (let second = start; second < start + length; second += 3_600 - (second % 3_600)) {
    hours.add(Math.floor((second % DAY_SECONDS) / 3_600))
  }
  return hours
}
