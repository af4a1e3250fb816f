/** What can be told of access systems: a card in the hand obeys nobody but what was last written on it. */
import type { JournalEntry } from '../contract/requests.ts'
import { clockAt, count, parameter } from './evidence.ts'
import type { AccessSystems, Check, Evidence, Finding } from './evidence.ts'
import { heard } from './unheard.ts'

type Attempt = AccessSystems['attempts'][number]

const few = (names: readonly string[]): string => [...new Set(names)].slice(0, 3).join(', ')

/** Whether a call asks for this one, or for all of its kind. */
const isAbout = (call: JournalEntry, name: string, id: string | null): boolean =>
  (parameter(call, name) ?? id) === id

/** Where it shows what became of an attempt: itself, or what it was about. */
const shows = (call: JournalEntry, attempt: Attempt): boolean => {
  switch (call.path) {
    case '/action_attempts/get':
    case '/action_attempts/list':
      return isAbout(call, 'action_attempt_id', attempt.action_attempt_id)
    case '/acs/credentials/get':
      return isAbout(call, 'acs_credential_id', attempt.acs_credential_id)
    case '/access_methods/get':
      return isAbout(call, 'access_method_id', attempt.access_method_id)
    case '/acs/credentials/list':
    case '/access_methods/list':
    case '/events/list':
      return true
    default:
      return false
  }
}

const outcomes = new Set([
  'acs_credential.issued',
  'acs_credential.reissued',
  'access_method.issued',
  'access_method.reissued',
])

const isLookedAt = ({ requests, events, deliveries }: Evidence, attempt: Attempt): boolean => {
  const { created_at, acs_credential_id } = attempt
  const told = new Set(
    events.flatMap((it) =>
      outcomes.has(it.event_type) &&
      acs_credential_id !== null &&
      it.acs_credential_id === acs_credential_id
        ? [it.event_id]
        : [],
    ),
  )
  return (
    requests.some(
      (call) => call.status === 200 && Date.parse(call.at) >= created_at && shows(call, attempt),
    ) || deliveries.some(({ event_id, state }) => told.has(event_id) && state === 'delivered')
  )
}

/** What encoders and doors are asked for is answered before it is done. */
const attemptsUnread: Check = (evidence) => {
  const check = 'acs-attempts'
  const { attempts } = evidence.access_systems
  if (attempts.length === 0) return []
  const unread = attempts.filter((it) => !isLookedAt(evidence, it))
  if (unread.length === 0)
    return [
      {
        check,
        verdict: 'good',
        text: 'Somebody looked what came of each attempt at encoders and doors.',
      },
    ]
  const failed = unread.filter(({ status }) => status === 'error')
  const named = failed.length > 0 ? failed : unread
  const what = named.map(({ action_type, error }) => [action_type, error ?? 'not read'].join(': '))
  return [
    {
      check,
      verdict: failed.length > 0 ? 'wrong' : 'warning',
      text: `${count(named.length, 'attempt')} at encoders and doors ${failed.length > 0 ? 'failed' : 'ended'}, and nobody looked (${few(what)}).`,
      advice:
        'The answer is an action attempt that is still pending: read /action_attempts/get until it has succeeded or failed, before a card goes into a hand.',
    },
  ]
}

/** The guest has a blank card. */
const encodingGivenUp: Check = ({ access_systems: { attempts, credentials } }) => {
  const failures = credentials.flatMap(({ acs_credential_id, access_method, is_issued }) => {
    if (access_method !== 'card' || is_issued) return []
    const tries = attempts.filter(
      (it) => it.acs_credential_id === acs_credential_id && it.action_type === 'ENCODE_CREDENTIAL',
    )
    return tries.at(-1)?.status === 'error' ? [tries.at(-1)?.error ?? ''] : []
  })
  if (failures.length === 0) return []
  return [
    {
      check: 'encoding-given-up',
      verdict: 'wrong',
      text: `${count(failures.length, 'credential')} are on no card: encoding failed (${few(failures)}) and was not tried again.`,
      advice:
        'Try again by what failed: a card on the encoder, its cable, the Seam Bridge; or take another encoder of /acs/encoders/list.',
    },
  ]
}

/** Doors without a line obey the card: who stays longer stands outside, who leaves sooner comes in. */
const cardsOutOfDate: Check = ({ access_systems: { credentials } }) => {
  const check = 'cards-out-of-date'
  const cards = credentials.filter((it) => it.access_method === 'card' && it.is_issued)
  const stale = cards.filter((it) => it.is_out_of_date)
  if (cards.length === 0) return []
  if (stale.length === 0)
    return [{ check, verdict: 'good', text: 'Every card says what its credential says.' }]
  return [
    {
      check,
      verdict: 'wrong',
      text: `${count(stale.length, 'card')} were not encoded again after a change (${few(stale.map((it) => it.acs_credential_id))}): their doors know nothing of it.`,
      advice:
        'After each change of times or doors look for the warning needs_to_be_reissued, and encode the same card again.',
    },
  ]
}

const cardsLeft: Check = ({ access_systems: { open_cards } }) => {
  const left = open_cards.filter((it) => it.is_deleted)
  const endless = open_cards.filter((it) => !it.is_deleted && it.is_guests && it.until === null)
  const findings: Finding[] = []
  if (left.length > 0)
    findings.push({
      check: 'cards-still-open',
      verdict: 'warning',
      text: `${count(left.length, 'card')} open doors though their credentials are deleted (${few(left.map((it) => `${it.door} until ${it.until ?? 'for good'}`))}).`,
      advice:
        'A deletion does not reach a card. Give the next guest an override card, which shuts the door to it when it is first used, and let cards end with the stay.',
    })
  if (endless.length > 0)
    findings.push({
      check: 'cards-without-end',
      verdict: 'wrong',
      text: `${count(endless.length, 'card')} of guests open their rooms for good (${few(endless.map((it) => it.door))}).`,
      advice:
        'Give ends_at when you create the credential: nobody can take a door from a card that is away.',
    })
  return findings
}

const readsCredentials = new Set(['/acs/credentials/get', '/acs/credentials/list', '/events/list'])

/** PINs and keys that were made, and of which it was never noticed that their system has them. */
const keysBeforeIssued: Check = (evidence) => {
  const check = 'credential-before-issued'
  const { requests, events, deliveries, access_systems } = evidence
  const isAsked = ({ path, status }: JournalEntry): boolean =>
    path === '/acs/credentials/create' && status === 200
  if (!requests.some(isAsked)) return []
  const recordedAt = clockAt(events)
  const own = access_systems.credentials.filter(
    (it) => it.access_method !== 'card' && !it.is_of_grant,
  )
  const unseen = own.filter(({ acs_credential_id, is_issued }) => {
    const issued = events.find(
      (it) =>
        it.event_type === 'acs_credential.issued' && it.acs_credential_id === acs_credential_id,
    )
    // What a site had from the beginning was never issued.
    if (is_issued && issued === undefined) return false
    const from = issued === undefined ? -Infinity : (recordedAt.get(issued.event_id) ?? Infinity)
    const isRead = requests.some(
      (call) =>
        call.status === 200 &&
        readsCredentials.has(call.path) &&
        isAbout(call, 'acs_credential_id', acs_credential_id) &&
        Date.parse(call.at) >= from,
    )
    const isTold = deliveries.some(
      ({ event_id, state }) => event_id === issued?.event_id && state === 'delivered',
    )
    return !isRead && !isTold
  })
  if (own.length === 0) return []
  if (unseen.length === 0)
    return [
      { check, verdict: 'good', text: 'Of every PIN and key it was noticed whether it is issued.' },
    ]
  return [
    {
      check,
      verdict: 'wrong',
      text: `Of ${count(unseen.length, 'PIN or key', 'PINs and keys')} nobody noticed whether the access system has it (${few(unseen.map((it) => it.acs_credential_id))}).`,
      advice:
        'Doors know a credential seconds after it was made, or never: hand it out on acs_credential.issued, or read /acs/credentials/get until is_issued.',
    },
  ]
}

const takesAway = new Set([
  '/acs/users/revoke_access_to_all_entrances',
  '/acs/users/remove_from_access_group',
  '/acs/access_groups/remove_user',
  '/acs/access_groups/delete',
  '/acs/credentials/unassign',
])

/** A credential of a user in no group, and with no door of its own. */
const opensNothing: Check = ({ requests, access_systems: { credentials } }) => {
  const calls = requests.filter(({ status }) => status === 200)
  if (!calls.some(({ path }) => path === '/acs/credentials/create')) return []
  if (calls.some(({ path }) => takesAway.has(path))) return []
  const useless = credentials.filter((it) => it.doors === 0 && !it.is_of_grant)
  if (useless.length === 0) return []
  return [
    {
      check: 'opens-nothing',
      verdict: 'wrong',
      text: `${count(useless.length, 'credential')} open no door at all (${few(useless.map((it) => it.acs_credential_id))}).`,
      advice:
        'Add the user to an access group, or name doors by allowed_acs_entrance_ids where the system has no groups; /acs/credentials/list_accessible_entrances tells what a credential opens.',
    },
  ]
}

const subscriptionFull: Check = ({ access_systems: { without_slot } }) =>
  without_slot.length === 0
    ? []
    : [
        {
          check: 'subscription-full',
          verdict: 'wrong',
          text: `${count(without_slot.length, 'user')} of Salto KS have no slot of the subscription: no door opens to them.`,
          advice:
            'Give users an access_schedule that ends with the stay, and delete those who have left: each user of the site takes a slot.',
        },
      ]

export const checksOfAccessSystems: readonly Check[] = [
  attemptsUnread,
  encodingGivenUp,
  cardsOutOfDate,
  cardsLeft,
  keysBeforeIssued,
  opensNothing,
  subscriptionFull,
  heard(
    'invalidated-unheard',
    'acs_credential.invalidated',
    'an access system',
    'Register a webhook for acs_credential.invalidated: a card that was overridden or overwritten will stand before a shut door.',
  ),
  heard(
    'systems-unheard',
    'acs_system.disconnected',
    'the link of an access system',
    'Register a webhook for acs_system.disconnected: whatever you change after it reaches no door until the link is back.',
  ),
]
