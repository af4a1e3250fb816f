/**
 * Which window an offline code really gets. The provider computes such codes from a start and a
 * length of few possible shapes, so a request is rounded to one of them or refused.
 */
import type { OfflineCodeKind, OfflineCodes } from '../../locks/profile.ts'
import { isoDuration } from './time-frame-options.ts'
import { instantOf, offsetAt, wallTimeAt, type WallTime } from '../../kernel/time-zone.ts'

/** As in `access_codes/create`; either end of the window may be moved by at most this. */
export type MaxTimeRounding = '1hour' | '1day' | '1h' | '1d'

export interface OfflineRequest {
  /** Instants, ms. */
  starts_at: number | null
  ends_at: number | null
  is_one_time_use: boolean
  /** Default `1hour` (OpenAPI). */
  max_time_rounding?: MaxTimeRounding
  /** Only outwards: whoever asks is not to be shut out at either end. */
  rounds_outwards?: boolean
  /** The lock's IANA zone; null while unknown, then whole hours are those of UTC. */
  time_zone: string | null
}

export interface OfflineWindow {
  kind: OfflineCodeKind['kind']
  /** Rounded, ms. */
  starts_at: number
  ends_at: number
  /** The code is dead from this instant on unless it has been used before; null without such rule. */
  must_be_used_by: number | null
  /** The predefined slot that it fits; null where there are none. */
  time_slot_name: string | null
}

export type OfflineResult = { ok: true; window: OfflineWindow } | { ok: false; message: string }

const hour = 3_600_000
const day = 24 * hour

/** The window that the code will have, or a message that says what would fit. */
export function resolveOfflineWindow(rules: OfflineCodes, request: OfflineRequest): OfflineResult {
  const kinds = rules.kinds.filter((it) => (it.kind === 'one_time') === request.is_one_time_use)
  if (kinds.length === 0) {
    return no(
      request.is_one_time_use
        ? 'This lock has no one-time-use offline access codes; leave is_one_time_use out.'
        : 'This lock has only one-time-use offline access codes; set is_one_time_use to true.',
    )
  }
  if (request.starts_at === null) {
    return no('An offline access code needs starts_at; it cannot be ongoing.')
  }
  const starts_at = request.starts_at
  const endless = kinds.find((it) => it.kind === 'one_time' && it.min_duration === null)
  if (endless !== undefined) return oneTimeWithoutEnd(endless, starts_at, request)
  if (request.ends_at === null) {
    return no('An offline access code on this lock needs both starts_at and ends_at.')
  }
  const asked: Asked = {
    starts_at,
    ends_at: request.ends_at,
    zone: request.time_zone,
    limit: limitOf(request),
    isCovered: request.rounds_outwards === true,
  }
  if (asked.ends_at <= asked.starts_at) return no('ends_at must be later than starts_at.')
  if (kinds.some((it) => it.kind === 'time_slot') && asked.zone === null) {
    return no("The lock's time zone is not known, so its predefined time slots cannot be applied.")
  }
  for (const kind of kinds) {
    const fit = fitKind(kind, rules, asked)
    if (fit !== null) {
      const within = kind.must_be_used_within
      const must_be_used_by =
        within !== null && fit.ends_at - fit.starts_at > within ? fit.starts_at + within : null
      return {
        ok: true,
        window: { kind: kind.kind, time_slot_name: null, must_be_used_by, ...fit },
      }
    }
  }
  const shapes = kinds.map((kind) => describe(kind, rules)).join('; or ')
  return no(
    `The requested time frame of ${lengthInWords(asked.ends_at - asked.starts_at)} fits no offline access code of this lock, even when rounded by up to ${lengthInWords(asked.limit)} (max_time_rounding). Possible: ${shapes}.`,
  )
}

/** Live codes on a lock, to hold `max_per_start` and `max_total` against. */
export interface OfflineLoad {
  /** The offline codes, by kind and rounded start. */
  codes: readonly { kind: OfflineCodeKind['kind']; starts_at: number }[]
  /** All PINs, online ones too: igloohome counts them together. */
  total: number
}

/** Why one code more of this window is too many, or null when there is room. */
export function offlineLimitProblem(
  rules: OfflineCodes,
  window: Pick<OfflineWindow, 'kind' | 'starts_at'>,
  load: OfflineLoad,
  time_zone: string | null,
): string | null {
  if (rules.max_total !== null && load.total >= rules.max_total) {
    return `The lock holds ${load.total} codes, online and offline, and has room for ${rules.max_total}.`
  }
  const most = rules.kinds.find((it) => it.kind === window.kind)?.max_per_start ?? null
  if (most === null) return null
  const period = window.kind === 'daily' ? day : hour
  const start = stepOf(window.starts_at, period, time_zone)
  const same = load.codes.filter(
    (it) => it.kind === window.kind && stepOf(it.starts_at, period, time_zone) === start,
  )
  if (same.length < most) return null
  return `The lock already has ${same.length} ${window.kind.replace('_', '-')} codes that start in the same ${window.kind === 'daily' ? 'day' : 'hour'}, which is the most it takes; choose another start.`
}

interface Asked {
  starts_at: number
  ends_at: number
  zone: string | null
  limit: number
  /** The window is to have all of what is asked for. */
  isCovered: boolean
}

type Fit = Pick<OfflineWindow, 'starts_at' | 'ends_at'> & { time_slot_name?: string }

function fitKind(kind: OfflineCodeKind, rules: OfflineCodes, asked: Asked): Fit | null {
  if (kind.kind === 'time_slot') return fitSlot(kind, rules, asked)
  // A window that covers the whole request comes first: nobody is locked out early.
  const starts = roundings(asked.starts_at, kind.granularity, asked.zone)
  for (const starts_at of starts) {
    const ends = kind.matching_start_end_time
      ? sameClockTimes(starts_at, asked.ends_at, asked.zone)
      : roundings(asked.ends_at, kind.granularity, asked.zone).toReversed()
    for (const ends_at of ends) {
      if (withinBounds(kind, starts_at, ends_at, asked.zone) && near(asked, starts_at, ends_at)) {
        return { starts_at, ends_at }
      }
    }
  }
  return null
}

function fitSlot(kind: OfflineCodeKind, rules: OfflineCodes, asked: Asked): Fit | null {
  const moved = (fit: Fit) =>
    Math.abs(fit.starts_at - asked.starts_at) + Math.abs(fit.ends_at - asked.ends_at)
  const fits = rules.predefined_time_slots.flatMap((slot): Fit[] => {
    const starts_at = nearestClockTime(slot.check_in_time, asked.starts_at, asked.zone)
    const ends_at = nearestClockTime(slot.check_out_time, asked.ends_at, asked.zone)
    const good =
      withinBounds(kind, starts_at, ends_at, asked.zone) && near(asked, starts_at, ends_at)
    return good ? [{ starts_at, ends_at, time_slot_name: slot.name }] : []
  })
  return fits.toSorted((a, b) => moved(a) - moved(b))[0] ?? null
}

function oneTimeWithoutEnd(
  kind: OfflineCodeKind,
  asked_start: number,
  request: OfflineRequest,
): OfflineResult {
  const starts_at = floorTo(asked_start, kind.granularity, request.time_zone)
  const life = kind.must_be_used_within ?? day
  const ends_at = starts_at + life
  if (request.ends_at !== null && Math.abs(request.ends_at - ends_at) > limitOf(request)) {
    return no(
      `A one-time-use offline access code of this lock lasts ${lengthInWords(life)} from its start; leave ends_at out.`,
    )
  }
  const window = {
    kind: kind.kind,
    starts_at,
    ends_at,
    must_be_used_by: null,
    time_slot_name: null,
  }
  return { ok: true, window }
}

const limitOf = ({ max_time_rounding = '1hour' }: OfflineRequest) =>
  max_time_rounding === '1day' || max_time_rounding === '1d' ? day : hour

const near = (asked: Asked, starts_at: number, ends_at: number) =>
  Math.abs(starts_at - asked.starts_at) <= asked.limit &&
  Math.abs(ends_at - asked.ends_at) <= asked.limit &&
  (!asked.isCovered || (starts_at <= asked.starts_at && ends_at >= asked.ends_at))

/** Lengths are those of the wall clock, so that a change to summer time makes no day too short. */
function withinBounds(
  kind: OfflineCodeKind,
  starts_at: number,
  ends_at: number,
  zone: string | null,
): boolean {
  const byClock = kind.matching_start_end_time || kind.kind === 'time_slot'
  const shift = byClock ? offsetOf(ends_at, zone) - offsetOf(starts_at, zone) : 0
  const length = ends_at - starts_at + shift
  return (
    length > 0 &&
    (kind.min_duration === null || length >= kind.min_duration) &&
    (kind.max_duration === null || length <= kind.max_duration)
  )
}

const offsetOf = (instant: number, zone: string | null) =>
  zone === null ? 0 : offsetAt(instant, zone)

/** Counts the steps of the wall clock: instants of one local hour or day share the number. */
const stepOf = (instant: number, step: number, zone: string | null) =>
  Math.floor((instant + offsetOf(instant, zone)) / step)

/** The instants around `near` at which the wall clock shows the beginning of that hour or day: none where it skips it, two where it goes back. */
const startsOfStep = (number: number, step: number, near: number, zone: string | null): number[] =>
  [near - 2 * step - 2 * hour, near, near + 2 * step + 2 * hour]
    .map((around) => number * step - offsetOf(around, zone))
    .filter((it) => it + offsetOf(it, zone) === number * step)

/** Clocks go back by up to two hours (Antarctica/Troll): so many beginnings of hours are shown again. */
const SHOWN_AGAIN = [0, 1, 2, 3]

/** The instant in (early, late] at which the clock goes forward into the hour or day with that number. */
const skipTo = (
  number: number,
  step: number,
  [early, late]: [number, number],
  zone: string | null,
): number => {
  if (late - early <= 1) return late
  const middle = Math.floor((early + late) / 2)
  const rest: [number, number] =
    stepOf(middle, step, zone) < number ? [middle, late] : [early, middle]
  return skipTo(number, step, rest, zone)
}

/** The last beginning of a local hour or day at or before the instant. */
export const floorTo = (instant: number, step: number, zone: string | null): number => {
  if (zone === null) return Math.floor(instant / step) * step
  const number = stepOf(instant, step, zone)
  const shown = SHOWN_AGAIN.flatMap((n) => startsOfStep(number + n, step, instant, zone))
  const isSkipped = startsOfStep(number, step, instant, zone).length === 0
  return Math.max(
    ...shown.filter((it) => it <= instant),
    ...(isSkipped ? [skipTo(number, step, [instant - 2 * step, instant], zone)] : []),
  )
}

/** The first one after it. */
export const nextStep = (instant: number, step: number, zone: string | null): number => {
  if (zone === null) return (Math.floor(instant / step) + 1) * step
  const next = stepOf(instant, step, zone) + 1
  const shown = SHOWN_AGAIN.flatMap((n) => startsOfStep(next - n, step, instant, zone))
  const isSkipped = startsOfStep(next, step, instant, zone).length === 0
  return Math.min(
    ...shown.filter((it) => it > instant),
    ...(isSkipped ? [skipTo(next, step, [instant, instant + 2 * step], zone)] : []),
  )
}

/** The beginning before and the one after; once if the instant is one. */
function roundings(instant: number, step: number, zone: string | null): number[] {
  const before = floorTo(instant, step, zone)
  return before === instant ? [instant] : [before, nextStep(instant, step, zone)]
}

/** Around `end`, when the wall clock shows what it shows at `start`: first the next such time. */
function sameClockTimes(start: number, end: number, zone: string | null): number[] {
  const { hour: hours, minute, second } = wallTimeAt(start, zone ?? 'UTC')
  const times = clockTimesAround({ hour: hours, minute, second }, end, zone)
  return [...times.filter((it) => it >= end), ...times.filter((it) => it < end).toReversed()]
}

function nearestClockTime(clock: string, instant: number, zone: string | null): number {
  const [hours = 0, minute = 0] = clock.split(':').map(Number)
  const times = clockTimesAround({ hour: hours, minute, second: 0 }, instant, zone)
  return times.toSorted((a, b) => Math.abs(a - instant) - Math.abs(b - instant))[0] ?? instant
}

/** The instants of a clock time on the day before, the day itself and the day after. */
function clockTimesAround(
  clock: Pick<WallTime, 'hour' | 'minute' | 'second'>,
  instant: number,
  zone: string | null,
): number[] {
  const today = wallTimeAt(instant, zone ?? 'UTC')
  return [-1, 0, 1].map((days) =>
    instantOf({ ...today, ...clock, day: today.day + days }, zone ?? 'UTC'),
  )
}

function describe(kind: OfflineCodeKind, rules: OfflineCodes): string {
  const from = kind.min_duration === null ? '' : ` from ${isoDuration(kind, kind.min_duration)}`
  const to = kind.max_duration === null ? '' : ` up to ${isoDuration(kind, kind.max_duration)}`
  const match = kind.matching_start_end_time ? ', start and end at the same time of day' : ''
  const slots = rules.predefined_time_slots
    .map((slot) => `${slot.check_in_time} to ${slot.check_out_time}`)
    .join(', ')
  const fixed = kind.kind === 'time_slot' ? ` (${slots || 'none are set up'})` : ''
  return `${kind.display_name}${fixed}${from}${to}${match}`
}

function lengthInWords(length: number): string {
  const hours = Math.round((length / hour) * 100) / 100
  return hours === 1 ? '1 hour' : hours < 72 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}

const no = (message: string): OfflineResult => ({ ok: false, message })
