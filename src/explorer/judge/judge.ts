/**
 * The judge asks the doors. For every guest and door: when was the guest to get in, and when would the
 * PIN that the guest held have opened it? What nobody could have helped is told by the reference
 * integration, which plays the same story.
 */
import { openingTimes, timesInLock } from '../../sim/access-codes/lock-out-report.ts'
import { intersect, lengthOf, normalize, subtract } from '../../sim/kernel/intervals.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'
import { hostArrivesAt } from '../play/stage.ts'
import type { Holder, Stage } from '../play/stage.ts'
import { MINUTE } from '../story/story.ts'

/** How one guest fared at one door. */
export interface DoorVerdict {
  stay: string
  guest: string
  device_id: string
  /** When the guest was to get in. */
  planned: Interval[]
  /** When the PIN that the guest held would have opened the door. */
  open: Interval[]
  /** When the guest stood before a shut door. */
  shut: Interval[]
  /** When the guest could get in without being one any more. */
  stayed_on: Interval[]
}

/** A guest was told that a PIN works, and on this door it was not there. */
export interface FalsePromise {
  stay: string
  device_id: string
  at: number
}

export interface Verdict {
  doors: DoorVerdict[]
  false_promises: FalsePromise[]
  /** What the host was told, in order; `at` in ms. */
  alerts: { at: number; stay: string | null; device_id: string | null; message: string | null }[]
  /** The most codes that were left on a door which no guest needed any more. */
  left: { device_id: string; codes: number }[]
  calls: number
  reached: string[]
  ends_at: number
}

/** When the guest was to get in through this door. */
const plannedFor = ({ plans }: Holder, device_id: string): Interval[] =>
  normalize(
    plans
      .filter((plan) => plan.device_id === device_id)
      .map(({ from, to, since, until }) => ({
        from: Math.max(from, since),
        to: Math.min(to, until),
      })),
  )

/** The PINs that the guest held for this door, each with the time in which it was the last one told. */
const heldFor = ({ told }: Holder, device_id: string, end: number) =>
  told.flatMap(({ at, pins }, n) => {
    const pin = pins[device_id] ?? null
    return pin === null ? [] : [{ pin, at, held: { from: at, to: told[n + 1]?.at ?? end } }]
  })

/** After an alert about this guest's stay or door, the host lets the guest in. */
const helpedFrom = (stage: Stage, holder: Holder, device_id: string): number => {
  const own = stage.alerts.filter(
    (alert) =>
      alert.booking_id === holder.stay ||
      (alert.booking_id === undefined && alert.device_id === device_id),
  )
  const arrivals = own.map(hostArrivesAt)
  return Math.min(Number.POSITIVE_INFINITY, ...arrivals)
}

const atDoor = (stage: Stage, holder: Holder, device_id: string): DoorVerdict => {
  const end = stage.now()
  const planned = plannedFor(holder, device_id)
  const held = heldFor(holder, device_id, end)
  const opens = (pin: string): Interval[] =>
    stage.look((world) => openingTimes(world, device_id, pin))
  const open = normalize(held.flatMap((it) => intersect(opens(it.pin), [it.held])))
  const helped = helpedFrom(stage, holder, device_id)
  const shut = subtract(planned, open)
  const pins = [...new Set(held.map(({ pin }) => pin))]
  const known = normalize(pins.flatMap(opens))
  // The hour in which a lock has a code early is nobody's stay: what counts comes after a plan has ended.
  const over = Math.min(end, ...holder.plans.map(({ to, until }) => Math.min(to, until)))
  return {
    stay: holder.stay,
    guest: holder.guest,
    device_id,
    planned,
    open,
    shut: helped < end ? subtract(shut, [{ from: helped, to: end }]) : shut,
    stayed_on: subtract(intersect(known, normalize([{ from: over, to: end }])), planned),
  }
}

const wasIn = (stage: Stage, device_id: string, pin: string, at: number): boolean =>
  stage
    .look((world) => timesInLock(world, device_id, pin))
    .some(({ from, to }) => from <= at && (at < to || to === stage.now()))

/** Where the guest was told that all is ready, and the lock did not hold the PIN. */
const falsePromises = (stage: Stage, holder: Holder): FalsePromise[] =>
  holder.told
    .filter(({ is_ready }) => is_ready === true)
    .flatMap(({ at, pins }) =>
      Object.entries(pins)
        .filter(([device_id, pin]) => pin === null || !wasIn(stage, device_id, pin, at))
        .map(([device_id]) => ({ stay: holder.stay, device_id, at })),
    )

export const judge = (stage: Stage): Verdict => {
  const faults = stage.look((world) => world.faults.all())
  for (const { definition, hits } of faults) {
    if (hits > 0 && definition.name !== undefined) stage.reached.add(definition.name)
  }
  const pairs = stage.holders.flatMap((holder) =>
    [...new Set(holder.plans.map(({ device_id }) => device_id))].map(
      (device_id) => [holder, device_id] as const,
    ),
  )
  return {
    doors: pairs.map(([holder, device_id]) => atDoor(stage, holder, device_id)),
    false_promises: stage.holders.flatMap((holder) => falsePromises(stage, holder)),
    alerts: stage.alerts.map(({ at, booking_id, device_id, message }) => ({
      at,
      stay: booking_id ?? null,
      device_id: device_id ?? null,
      message: message ?? null,
    })),
    left: [...stage.left].map(([device_id, codes]) => ({ device_id, codes })),
    calls: stage.attention.calls,
    reached: [...stage.reached].toSorted(),
    ends_at: stage.now(),
  }
}

export const minutesOf = (list: readonly Interval[]): number => lengthOf(list) / MINUTE
