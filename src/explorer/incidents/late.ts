/** Incidents from number 60 on. */
import { phoneOf } from '../story/steps/people.ts'
import { DAY, HOUR } from '../story/story.ts'
import type { Incident } from './incident.ts'
import { QUIET, at, book } from './steps.ts'

export const lateIncidents: Incident[] = [
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
  {
    number: 136,
    title: 'A lock without a keypad takes codes',
    reported:
      'The API let PINs be made on a lock of a model that comes with and without a keypad, and said that they were set.',
    model: 'salto_ks',
    begins_at: QUIET,
    // At the door it is as if the lock had forgotten the code as soon as it had confirmed it.
    steps: [at(5, 'lock_forgets', { minutes: 1 }), book(2 * HOUR)],
    app: 'webhooks-only',
    advice:
      'Try one code by hand on each lock before the first guest comes. Afterwards listen to lock.unlocked: a stay whose PIN was never used is worth a question.',
  },
]
