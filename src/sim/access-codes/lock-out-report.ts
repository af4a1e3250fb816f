/**
 * The lock-out report: for how long guests with a valid booking could not open their door, and for
 * how long former guests still could. Integrated exactly over workspace time, from what the locks
 * themselves held and not from what the API believed.
 */
import type { DoorSpan } from '../../db/tables/locks.ts'
import { domainError } from '../kernel/errors.ts'
import { intersect, lengthOf, normalize, subtract } from '../kernel/intervals.ts'
import type { Interval } from '../kernel/intervals.ts'
import { outageCauses } from '../locks/door-history.ts'
import type { World } from '../kernel/world.ts'
import { and, desc, eq, isNotNull, is, orderBy, where } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { door_history } from '../../db/tables/locks.ts'

const withPin = where(door_history, ['device_id', 'code'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.code, its.code)),
)
const outages = where(door_history, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNotNull(c.cause)),
)
const heldFor = where(door_history, ['device_id', 'access_code_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.access_code_id, its.access_code_id)),
)
const spansOfCode = is(door_history.access_code_id)
const eventsOf = is(events.access_code_id)
const newestFirst = orderBy(door_history, (c) => [desc(c.seq)])

export interface Booking {
  device_id: string
  /** The PIN that the guest was given … */
  code?: string | undefined
  /** … or the access code whose PIN it is: the one that it has now, or had last. */
  access_code_id?: string | undefined
  starts_at: number
  ends_at: number
}

export interface BookingReport {
  booking: Booking
  /** null for an access code that never had a PIN. */
  code: string | null
  /** When the booking was valid and the PIN did not open the door, with the reason. */
  locked_out: (Interval & { reason: string })[]
  /** When the booking was over and the PIN still opened the door. */
  overstay: Interval[]
}

const since = (span: DoorSpan, now: number): Interval => ({
  from: span.began_at,
  to: Math.min(span.ended_at ?? now, now),
})

const spansOf = (world: World, device_id: string, code: string): DoorSpan[] =>
  world.door_history.all(withPin({ device_id, code }))

const outagesOf = (world: World, device_id: string): DoorSpan[] =>
  world.door_history.all(outages({ device_id }))

/** When the PIN was in the lock, within its window or not. */
const held = (spans: readonly DoorSpan[], now: number): Interval[] =>
  normalize(spans.map((span) => since(span, now)))

/** When the PIN was in the lock and within the window that the lock keeps. */
const valid = (spans: readonly DoorSpan[], now: number): Interval[] =>
  normalize(
    spans.map((span) => {
      const { from, to } = since(span, now)
      return {
        from: Math.max(from, span.starts_at ?? from),
        to: Math.min(to, span.ends_at ?? to),
      }
    }),
  )

/** The PINs under which locks have held an access code, also one that is gone. */
export const pinsHeldOf = (world: World, access_code_id: string): string[] => [
  ...new Set(world.door_history.all(spansOfCode(access_code_id)).flatMap(({ code }) => code ?? [])),
]

/** When the lock held this PIN, within its window or not; up to now. */
export const timesInLock = (world: World, device_id: string, code: string): Interval[] =>
  held(spansOf(world, device_id, code), world.now)

/** What a door has been through, as far as it says who got in. */
export interface DoorPast {
  /** The spans in which this PIN was in the lock. */
  readonly spansOf: (code: string) => readonly DoorSpan[]
  /** Those in which nobody got in. */
  readonly outages: readonly DoorSpan[]
  readonly now: number
}

const doorPast = (world: World, device_id: string): DoorPast => ({
  spansOf: (code) => spansOf(world, device_id, code),
  outages: outagesOf(world, device_id),
  now: world.now,
})

/** When these spans would have opened the door; up to now. */
export const openDuring = (
  { outages, now }: Pick<DoorPast, 'outages' | 'now'>,
  spans: readonly DoorSpan[],
): Interval[] => subtract(valid(spans, now), normalize(outages.map((span) => since(span, now))))

const openTimes = (past: DoorPast, code: string): Interval[] => openDuring(past, past.spansOf(code))

/** When this PIN, typed at the door, would have opened it; up to now. */
export const openingTimes = (world: World, device_id: string, code: string): Interval[] =>
  openTimes(doorPast(world, device_id), code)

/** Why the door stayed shut for these PINs, at the times at which none of them opened it. */
const reasonsFor = (
  { spansOf, outages, now }: DoorPast,
  codes: readonly string[],
  closed: Interval[],
): BookingReport['locked_out'] => {
  const inLock = normalize(codes.flatMap((code) => held(spansOf(code), now)))
  const reasons = [
    ...outageCauses.map((cause) => ({
      reason: cause,
      times: normalize(
        outages.filter((span) => span.cause === cause).map((span) => since(span, now)),
      ),
    })),
    // The lock has the PIN, and does not take it by its own clock.
    { reason: 'outside_window', times: inLock },
  ]
  let rest = closed
  const parts: BookingReport['locked_out'] = []
  for (const { reason, times } of reasons) {
    for (const part of intersect(rest, times)) parts.push({ ...part, reason })
    rest = subtract(rest, times)
  }
  for (const part of rest) parts.push({ ...part, reason: 'code_not_on_lock' })
  return parts.toSorted((a, b) => a.from - b.from)
}

export const lockedOutFor = (
  world: World,
  device_id: string,
  codes: readonly string[],
  closed: Interval[],
): BookingReport['locked_out'] => reasonsFor(doorPast(world, device_id), codes, closed)

/** What a guest was given: a PIN, and all that locks held for it, under older PINs too. */
interface Given {
  code: string | null
  /** Those of the access code; none where only a PIN is known. */
  held: readonly DoorSpan[]
}

/** How a stay went up to now: when its PIN did not open the door, and when one did after the end. */
export const stayAt = (
  past: DoorPast,
  { code, held }: Given,
  { starts_at, ends_at }: { starts_at: number; ends_at: number },
  from: number,
): Pick<BookingReport, 'locked_out' | 'overstay'> => {
  const open = code === null ? [] : openTimes(past, code)
  const stay = normalize([{ from: Math.max(starts_at, from), to: Math.min(ends_at, past.now) }])
  const afterwards = normalize([{ from: Math.max(ends_at, from), to: past.now }])
  return {
    locked_out: reasonsFor(past, code === null ? [] : [code], subtract(stay, open)),
    // A lock that never heard of the new PIN lets in whoever knows the old one.
    overstay: intersect(afterwards, normalize([...open, ...openDuring(past, held)])),
  }
}

/** The PIN of an access code, also of one that is gone. */
const pinOf = (world: World, access_code_id: string): string | null => {
  const row = world.access_codes.get(access_code_id)
  if (row !== undefined) return row.code
  const last = world.door_history.first(spansOfCode(access_code_id), {
    order: newestFirst,
    limit: 1,
  })
  if (last !== undefined) return last.code
  const isKnown = world.events.has(eventsOf(access_code_id))
  if (isKnown) return null
  throw domainError('access_code_not_found', `access code not found: ${access_code_id}`, {
    data: { access_code_id },
  })
}

/**
 * Looks at each booking from its beginning to now.
 *
 * @param from nothing before this instant counts, ms.
 * @throws access_code_not_found
 */
export const lockOutReport = (
  world: World,
  bookings: readonly Booking[],
  from: number,
): BookingReport[] =>
  bookings.map((booking) => {
    const { device_id, access_code_id, starts_at, ends_at } = booking
    const code =
      booking.code ?? (access_code_id === undefined ? null : pinOf(world, access_code_id))
    const held =
      booking.code === undefined && access_code_id !== undefined
        ? world.door_history.all(heldFor({ device_id, access_code_id }))
        : []
    const past = doorPast(world, device_id)
    return { booking, code, ...stayAt(past, { code, held }, { starts_at, ends_at }, from) }
  })

/** Minutes, with fractions: times are exact to the millisecond. */
export const minutesOf = (list: readonly Interval[]): number => lengthOf(list) / 60_000
