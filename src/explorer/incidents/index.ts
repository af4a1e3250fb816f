/** The incidents, by number. Sources: the issues of these numbers in `seamapi/public-tracker` on GitHub. */
import { DAY, HOUR } from '../story/story.ts'
import type { Step } from '../story/story.ts'
import { phoneOf } from '../story/steps/people.ts'
import { DOOR } from './incident.ts'
import type { Incident } from './incident.ts'

const QUIET = '2025-02-11T08:00:00.000Z'

/** Ada's stay of two nights, booked so many minutes ahead. */
const book = (ahead: number, more: Partial<Step> = {}): Step => {
  const from = Math.ceil((10 + ahead) / HOUR) * HOUR
  return {
    at: 10,
    does: 'book',
    stay: 'stay-1',
    guest: 'Ada',
    device_ids: [DOOR],
    from,
    to: from + 2 * DAY,
    ...more,
  }
}

/** Trouble at the door. */
const at = (minute: number, does: string, more: Record<string, unknown> = {}): Step => ({
  at: minute,
  does,
  device_id: DOOR,
  ...more,
})

const unsorted: Incident[] = [
  {
    number: 5,
    title: 'The provider is down while a code is to be set',
    reported:
      'The provider answered with 502 for a while. The code failed, and nothing said that it was the provider and not the lock.',
    model: 'schlage',
    begins_at: QUIET,
    steps: [
      book(2 * HOUR),
      { at: 9, does: 'provider_away', connected_account_id: 'account', minutes: 20 * HOUR },
    ],
    app: 'never-tells-host',
    advice:
      'Look at the errors of the code, the device and the account, and tell the host which of them it is, at once.',
  },
  {
    number: 7,
    title: 'An update that worked is told as failed',
    reported: 'A changed code was on the lock, and the API showed that it had not been confirmed.',
    model: 'kwikset',
    begins_at: QUIET,
    steps: [
      at(5, 'update_never_confirmed', { times: 1 }),
      book(DAY),
      { at: 12 * HOUR, does: 'move', stay: 'stay-1', from: 25 * HOUR, to: 4 * DAY },
    ],
    app: 'believes-create',
    advice:
      'Do not replace a code because of one error: Seam tries again. Look at the state, and leave the PIN as it is.',
  },
  {
    number: 12,
    title: 'The same PIN for two stays at different times is refused',
    reported: 'Two codes with one PIN on one lock are refused even when their times are apart.',
    model: 'yale',
    begins_at: QUIET,
    steps: [at(5, 'pin_in_use', { pin: phoneOf('stay-1').slice(-4) }), book(HOUR)],
    app: 'pin-from-phone',
    advice: 'Let Seam choose the PIN: one that the guest brings along may be taken on that lock.',
  },
  {
    number: 26,
    title: 'The guest types the wrong PIN, and the keypad goes deaf',
    reported: 'Nobody hears of wrong PINs at the door.',
    model: 'august',
    begins_at: QUIET,
    steps: [book(2 * HOUR), at(3 * HOUR + 1, 'guest_mistypes', { times: 6 })],
    app: 'one-door-only',
    advice:
      'Nothing keeps a guest from mistyping. Listen to lock.access_denied, and tell the PIN once more.',
  },
  {
    number: 28,
    title: 'A stay that begins now is refused by the lock',
    reported: 'Kwikset refuses a code whose start is in the past.',
    model: 'kwikset',
    begins_at: QUIET,
    steps: [book(0, { from: 0, to: DAY })],
    settings: { enforce_code_constraints: true },
    app: 'gives-up',
    advice: 'Give the present instant, or a minute later, as the start of a stay that has begun.',
  },
  {
    number: 44,
    title: 'A shortened or extended stay does not reach the lock',
    reported: 'The API shows the new times, and the lock keeps the old ones.',
    model: 'igloohome',
    begins_at: QUIET,
    steps: [
      at(5, 'update_refused', { times: 200 }),
      book(DAY),
      { at: 26 * HOUR, does: 'move', stay: 'stay-1', from: 25 * HOUR, to: 5 * DAY },
    ],
    app: 'never-tells-host',
    advice:
      'After an update wait until no mutation is pending. When one stays, tell the host before the old end.',
  },
  {
    number: 51,
    title: 'Changed times while the lock is briefly offline',
    reported:
      'A lock with many codes lost a guest: the old code was deleted, the lock was offline for a moment, and the new one was never loaded.',
    model: 'yale',
    begins_at: QUIET,
    steps: [
      book(DAY),
      at(12 * HOUR - 1, 'lock_offline', { minutes: 20 }),
      at(12 * HOUR - 1, 'update_refused', { times: 200 }),
      { at: 12 * HOUR, does: 'move', stay: 'stay-1', from: 20 * HOUR, to: 4 * DAY },
    ],
    app: 'never-tells-host',
    advice:
      'After an update wait until no mutation is pending, and look again on the day of arrival, whatever was told before. Tell the host when it stays.',
  },
  {
    number: 68,
    title: 'A code is stuck in removing',
    reported: 'The provider answered 502 to every deletion: the former guest could still get in.',
    model: 'schlage',
    begins_at: QUIET,
    steps: [
      at(5, 'removal_refused', { times: 200 }),
      book(HOUR),
      { at: 3 * HOUR, does: 'cancel', stay: 'stay-1' },
    ],
    app: 'forgets-cancel',
    advice:
      'Delete until the API answers 404. Give every code an end, so that the lock itself forgets it. Tell the host.',
  },
  {
    number: 75,
    title: 'The lock refuses the PIN for its length',
    reported:
      'The provider said that the format of the PIN was bad, though the API had allowed it.',
    model: 'august',
    begins_at: QUIET,
    steps: [at(5, 'lock_refuses', { times: 12 }), book(HOUR)],
    app: 'never-tells-host',
    advice:
      'Let Seam choose the PIN, look for failed_to_set_on_device, use a backup code, and tell the host.',
  },
  {
    number: 79,
    title: 'The PIN is on the lock already',
    reported: 'Somebody had put the same PIN on the lock by hand: the code could never be set.',
    model: 'ttlock',
    begins_at: QUIET,
    steps: [at(5, 'pin_in_use', { pin: phoneOf('stay-1').slice(-4) }), book(HOUR)],
    app: 'pin-from-phone',
    advice: 'duplicate_code_on_device does not pass: make another code with another PIN.',
  },
  {
    number: 83,
    title: 'Somebody changes a code at the lock',
    reported:
      'A PIN that was changed in the manufacturer’s app kept all codes of the device from being updated.',
    model: 'august',
    begins_at: QUIET,
    steps: [book(2 * HOUR), at(5 * HOUR, 'code_changed_at_lock', { pin: '271828' })],
    app: 'webhooks-only',
    advice:
      'Listen to access_code.modified_external_to_seam, and look from time to time: the guest has the PIN that was told.',
  },
  {
    number: 96,
    title: 'The clocks change during the stay',
    reported:
      'On the night of the change, times moved by an hour, as if somebody had changed them.',
    model: 'schlage',
    begins_at: '2025-03-06T08:00:00.000Z',
    steps: [book(2 * DAY, { from: 2 * DAY + 8 * HOUR, to: 4 * DAY + 3 * HOUR })],
    app: 'fixed-offset',
    advice: 'Compute each instant with the offset of its own day, and send it in UTC.',
  },
  {
    number: 105,
    title: 'The job for the lock is never completed',
    reported: 'A lock with an accessory keypad never answered: no code was ever made.',
    model: 'igloohome',
    begins_at: QUIET,
    steps: [at(5, 'lock_refuses', { times: 200 }), book(HOUR)],
    app: 'never-tells-host',
    advice:
      'A code that is not on the lock at arrival has to be somebody’s work: tell the host hours before.',
  },
  {
    number: 126,
    title: 'The lock has forgotten the code',
    reported: 'What the provider says about the codes on a lock is not always true.',
    model: 'schlage',
    begins_at: QUIET,
    steps: [
      at(5, 'lock_forgets', { minutes: 2 * HOUR }),
      { at: 6, does: 'webhook_lost', times: 1000, minutes: 5 * DAY },
      book(12 * HOUR),
    ],
    app: 'webhooks-only',
    advice:
      'Do not believe yesterday’s set_on_device: look at the code shortly before the arrival.',
  },
  {
    number: 132,
    title: 'Jobs for a bridge expire',
    reported: 'Bridge and lock were online, and the jobs were never processed.',
    model: 'igloohome',
    begins_at: QUIET,
    steps: [at(5, 'lock_confirms_late', { minutes: 5 * HOUR, times: 2 }), book(HOUR)],
    app: 'believes-create',
    advice: 'Call a PIN ready only when the lock has it, and tell the guest what to do until then.',
  },
]

export const incidents: readonly Incident[] = unsorted.toSorted((a, b) => a.number - b.number)

export const incidentOf = (number: number): Incident | undefined =>
  incidents.find((it) => it.number === number)
