/** The steps of a story that are the host's own: bookings and their changes, which the app is told of. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import type { Booking } from '../integration.ts'
import { lengthInWords } from './steps/kind.ts'
import type { Names } from './steps/kind.ts'
import { phoneOf } from './steps/people.ts'
import { instantOf } from './story.ts'
import type { Step, Story } from './story.ts'

const minute = () => z.number().min(0)

const bookingStep = once(() =>
  z.discriminatedUnion('does', [
    z.object({
      at: minute(),
      does: z.literal('book'),
      stay: z.string(),
      guest: z.string(),
      device_ids: z.array(z.string()).min(1),
      from: minute(),
      to: minute(),
    }),
    z.object({
      at: minute(),
      does: z.literal('move'),
      stay: z.string(),
      from: minute(),
      to: minute(),
    }),
    z.object({
      at: minute(),
      does: z.literal('change_guest'),
      stay: z.string(),
      guest: z.string(),
    }),
    z.object({
      at: minute(),
      does: z.literal('change_doors'),
      stay: z.string(),
      device_ids: z.array(z.string()).min(1),
    }),
    z.object({ at: minute(), does: z.literal('cancel'), stay: z.string() }),
  ]),
)
export type BookingStep = z.output<ReturnType<typeof bookingStep>>

const kinds = new Set(['book', 'move', 'change_guest', 'change_doors', 'cancel'])

/** The step as one of a booking; undefined for trouble. @throws ZodError for one that is not whole */
export const asBookingStep = (given: Step): BookingStep | undefined =>
  kinds.has(given.does) ? bookingStep().parse(given) : undefined

/** A guest's place in a story: another guest of the same stay has another phone. */
const guestOf = (stay: string, name: string, isFirst: boolean): Booking['guest'] => ({
  name,
  phone: phoneOf(isFirst ? stay : `${stay} ${name}`),
})

const iso = (told: Story, at: number): string => new Date(instantOf(told, at)).toISOString()

/** The booking after a step; null when the step does not fit, as after others were taken out of a story. */
export const bookingAfter = (
  told: Story,
  given: BookingStep,
  before: Booking | undefined,
): Booking | null => {
  if (given.does === 'book') {
    if (before !== undefined || given.from >= given.to) return null
    return {
      booking_id: given.stay,
      guest: guestOf(given.stay, given.guest, true),
      device_ids: given.device_ids,
      starts_at: iso(told, given.from),
      ends_at: iso(told, given.to),
    }
  }
  // Nobody changes a stay that is over.
  if (before === undefined || Date.parse(before.ends_at) <= instantOf(told, given.at)) return null
  switch (given.does) {
    case 'move':
      if (given.from >= given.to || given.to <= given.at) return null
      return { ...before, starts_at: iso(told, given.from), ends_at: iso(told, given.to) }
    case 'change_guest':
      return { ...before, guest: guestOf(given.stay, given.guest, false) }
    case 'change_doors':
      return { ...before, device_ids: given.device_ids }
    case 'cancel':
      break
  }
  return before
}

const doorsInWords = (device_ids: readonly string[], { door }: Names): string =>
  device_ids.map(door).join(' and ')

const aheadInWords = (minutes: number): string =>
  minutes <= 0 ? 'for at once' : `${lengthInWords(minutes)} ahead`

/** A step in plain words. `when` tells an instant of the story. */
export const bookingSentence = (
  given: BookingStep,
  names: Names,
  when: (minute: number) => string,
): string => {
  switch (given.does) {
    case 'book':
      return `${given.guest} books ${doorsInWords(given.device_ids, names)} from ${when(given.from)} to ${when(given.to)} (${given.stay}), ${aheadInWords(given.from - given.at)}.`
    case 'move':
      return `The host moves ${given.stay}: now from ${when(given.from)} to ${when(given.to)}.`
    case 'change_guest':
      return `${given.guest} comes in place of the guest of ${given.stay}.`
    case 'change_doors':
      return `${given.stay} gets other doors: ${doorsInWords(given.device_ids, names)}.`
    case 'cancel':
      break
  }
  return `The host cancels ${given.stay}.`
}
