/** Incidents of the first years, up to number 60. */
import { phoneOf } from '../story/steps/people.ts'
import { DAY, HOUR } from '../story/story.ts'
import type { Incident } from './incident.ts'
import { QUIET, at, book } from './steps.ts'

export const earlyIncidents: Incident[] = [
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
    number: 23,
    title: 'A code made by hand is taken for the guest’s',
    reported:
      'Setting a code was delayed, and somebody made another one at the lock meanwhile. The API took that for its own: it said "set", and the lock had another PIN.',
    model: 'smartthings',
    begins_at: QUIET,
    steps: [
      at(5, 'lock_confirms_late', { minutes: 15, times: 1 }),
      book(2 * HOUR),
      at(150, 'code_changed_at_lock', { pin: '271828' }),
    ],
    app: 'webhooks-only',
    advice:
      'Status "set" is no proof of the PIN. Look at the code of the answer each time, and at access_code.modified_external_to_seam.',
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
    number: 47,
    title: 'A PIN of the wrong length is told as trouble that may pass',
    reported:
      'The lock refused a PIN for its length. The API said that it would try again, and did so without end.',
    model: 'kwikset',
    begins_at: QUIET,
    steps: [at(5, 'lock_refuses', { times: 200 }), book(HOUR)],
    app: 'never-tells-host',
    advice:
      'Choose no PIN yourself, or one of supported_code_lengths. An error that stays for half an hour is the host’s business, whatever its words promise.',
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
]
