/** Stories and findings in plain words. */
import { wallTimeAt } from '../../sim/kernel/time-zone.ts'
import type { Finding } from '../judge/findings.ts'
import type { Door } from '../play/stage.ts'
import { asBookingStep, bookingSentence } from '../story/bookings.ts'
import { lengthInWords } from '../story/steps/kind.ts'
import type { Names } from '../story/steps/kind.ts'
import { troubleOf } from '../story/steps/index.ts'
import { instantOf } from '../story/story.ts'
import type { Step, Story } from '../story/story.ts'

export const namesOf = (doors: readonly Door[]): Names => ({
  door: (device_id) => doors.find((it) => it.device_id === device_id)?.name ?? device_id,
})

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const two = (n: number): string => String(n).padStart(2, '0')

/** `Tue 14 Jan 15:00`, by the clock on the door. */
const clockTime = (instant: number, zone: string): string => {
  const { year, month, day, hour, minute } = wallTimeAt(instant, zone)
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''
  const name = new Date(Date.UTC(year, month - 1, day)).toLocaleString('en', {
    month: 'short',
    timeZone: 'UTC',
  })
  return `${weekday} ${day} ${name} ${two(hour)}:${two(minute)}`
}

/** The zone of the first door that a story names. */
const zoneOf = (story: Story, doors: readonly Door[]): string => {
  const text = JSON.stringify(story.steps)
  const named = doors.filter(({ device_id }) => text.includes(device_id))
  return named[0]?.time_zone ?? 'UTC'
}

/** One line for each step, with its time by the clock at the door. */
export const tellStory = (story: Story, doors: readonly Door[]): string[] => {
  const zone = zoneOf(story, doors)
  const names = namesOf(doors)
  const when = (minute: number): string => clockTime(instantOf(story, minute), zone)
  const say = (given: Step): string => {
    const booked = asBookingStep(given)
    return booked === undefined
      ? troubleOf(given).sentence(given, names)
      : bookingSentence(booked, names, when)
  }
  return story.steps.map((given) => `${when(given.at)}  ${say(given)}`)
}

/** A finding in a sentence. */
export const tellFinding = (finding: Finding, { door }: Names): string => {
  const { kind, stay, guest, device_id, amount, reference } = finding
  const who = guest ?? 'The guest'
  const where = device_id === null ? '' : door(device_id)
  switch (kind) {
    case 'locked_out': {
      const helped =
        reference < 1 ? '' : `, of which ${lengthInWords(reference)} could not be helped`
      return `${who} (${String(stay)}) stands before ${where} for ${lengthInWords(amount)}${helped}.`
    }
    case 'stayed_on':
      return `${who} (${String(stay)}) can open ${where} for ${lengthInWords(amount)} after the stay${reference < 1 ? '' : `, of which ${lengthInWords(reference)} could not be helped`}.`
    case 'false_promise':
      return `The guest of ${String(stay)} is told that the PIN works while ${where} does not have it.`
    case 'host_not_alerted':
      return `The host is not told in time that ${who} (${String(stay)}) will stand before ${where}.`
    case 'code_left':
      return `${amount} ${amount === 1 ? 'code is' : 'codes are'} on ${where} that no guest needs${reference === 0 ? '' : `; the reference leaves ${reference}`}.`
    case 'too_many_calls':
      return `The app calls the API ${amount} times; the reference ${reference} times.`
    case 'webhooks_matter':
      break
  }
  return 'Lost, late, doubled or reordered webhooks make the app tell the host the same again.'
}
