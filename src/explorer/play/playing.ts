/** A story while it is played: what is planned, what the app has yet to be told, what comes next. */
import type { BookingStep } from '../story/bookings.ts'
import type { Booking, Integration } from '../integration.ts'
import type { Holder, Stage } from './stage.ts'
import { DAY, MINUTE } from '../story/story.ts'
import type { Step } from '../story/story.ts'

export interface PlaySettings {
  /** How often the app is let do what is due, minutes of the story. */
  tick_every: number
  /** How long the app is waited for after whatever it does, ms of real time without a call of its own. */
  settle: number
}

/** So long before arrival guests are told their PIN, and ask for it. */
export const TOLD_AHEAD = DAY * MINUTE
/** A story ends when everybody is gone for so long. */
export const AFTERWARDS = DAY * MINUTE

export type Verb = 'book' | 'move' | 'cancel'

/** What the app has yet to be told: hosts' systems try again. */
export interface Untold {
  verb: Verb
  booking: Booking
  stay: string
}

export interface Play {
  readonly stage: Stage
  readonly integration: Integration
  readonly settings: PlaySettings
  readonly steps: Step[]
  untold: Untold[]
  nextTick: number
  /** The bookings as they are now. */
  readonly bookings: Map<string, Booking>
  /** Alerts that the host has answered. */
  answered: number
  ends: number
}

export const currentHolder = ({ stage }: Play, stay: string): Holder | undefined =>
  stage.holders.findLast((holder) => holder.stay === stay)

/** What is planned for a holder from now on. */
const plan = (holder: Holder, now: number): void => {
  const { device_ids, starts_at, ends_at } = holder.booking
  for (const one of holder.plans) one.until = Math.min(one.until, now)
  if (holder.cancelled) return
  for (const device_id of device_ids) {
    const [from, to] = [Date.parse(starts_at), Date.parse(ends_at)]
    holder.plans.push({ device_id, from, to, since: now, until: Number.POSITIVE_INFINITY })
  }
}

/** The host's plan changes, whether or not the app hears of it. */
export const declare = (play: Play, given: BookingStep, booking: Booking): void => {
  const { stage } = play
  const now = stage.now()
  const before = currentHolder(play, given.stay)
  play.bookings.set(given.stay, booking)
  if (given.does === 'book' || given.does === 'change_guest') {
    if (before !== undefined) {
      before.cancelled = true
      plan(before, now)
    }
    const holder: Holder = {
      stay: given.stay,
      guest: booking.guest.name,
      booking,
      told: [],
      plans: [],
      cancelled: false,
    }
    stage.holders.push(holder)
    plan(holder, now)
  } else if (before !== undefined) {
    before.booking = booking
    before.cancelled ||= given.does === 'cancel'
    plan(before, now)
  }
  play.ends = Math.max(play.ends, Date.parse(booking.ends_at) + AFTERWARDS)
}
