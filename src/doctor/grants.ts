/** What can be told of an integration that grants access: to people, not to locks. */
import type { JournalEntry } from '../contract/requests.ts'
import type { SeamEvent } from '../contract/seam.ts'
import { isRecord } from '../lib/is-record.ts'
import { clockAt, count, parameter } from './evidence.ts'
import type { Check, Evidence } from './evidence.ts'

const asksForAccess = new Set([
  '/access_grants/create',
  '/access_grants/request_access_methods',
  '/customers/push_data',
  '/customers/create_portal',
])

/** Where it shows whether a method is issued; its code says the same of the lock. */
const tellsIssued = new Set([
  '/access_methods/get',
  '/access_methods/list',
  '/access_methods/get_related',
  '/access_grants/get_related',
  '/spaces/get_related',
  '/access_codes/get',
  '/access_codes/list',
  '/events/list',
])

/** Whether the integration asks for access for people at all. */
export const usesGrants = ({ requests }: Pick<Evidence, 'requests'>): boolean =>
  requests.some(({ path, status }) => asksForAccess.has(path) && status === 200)

const isIssuing = ({ event_type }: SeamEvent): boolean =>
  event_type === 'access_method.issued' || event_type === 'access_method.reissued'

/** A call that names another method looks at that one. */
const isAbout = (call: JournalEntry, access_method_id: string): boolean =>
  (parameter(call, 'access_method_id') ?? access_method_id) === access_method_id

/** Whether somebody was told of the event, or looked afterwards. */
const isNoticed = (
  { requests, deliveries }: Evidence,
  event: SeamEvent,
  recorded_at: number,
): boolean =>
  deliveries.some(({ event_id, state }) => event_id === event.event_id && state === 'delivered') ||
  requests.some(
    (call) =>
      call.status === 200 &&
      tellsIssued.has(call.path) &&
      isAbout(call, event.access_method_id ?? '') &&
      Date.parse(call.at) >= recorded_at,
  )

/** Methods whose PIN the integration knows from their creation, and of which it never heard that they are issued. */
const pinBeforeIssued: Check = (evidence) => {
  if (!usesGrants(evidence)) return []
  const check = 'pin-before-issued'
  const { events, requests } = evidence
  const recordedAt = clockAt(events)
  const made = events.flatMap(({ event_type, access_method_id }) =>
    event_type === 'access_method.created' && access_method_id !== undefined
      ? [access_method_id]
      : [],
  )
  const unseen = made.filter((id) => {
    const issued = events.filter((it) => isIssuing(it) && it.access_method_id === id)
    if (issued.length === 0) {
      return !requests.some((it) => tellsIssued.has(it.path) && isAbout(it, id))
    }
    return !issued.some((it) => isNoticed(evidence, it, recordedAt.get(it.event_id) ?? Infinity))
  })
  if (made.length === 0) return []
  if (unseen.length === 0)
    return [
      {
        check,
        verdict: 'good',
        text: 'Of every access method it was noticed whether it is issued.',
      },
    ]
  return [
    {
      check,
      verdict: 'wrong',
      text: `Of ${count(unseen.length, 'access method')} nobody noticed whether it is issued (${unseen.slice(0, 3).join(', ')}).`,
      advice:
        'The code of a method is there at once, and opens nothing until is_issued: send it to the guest on access_method.issued, or read /access_methods/get again.',
    },
  ]
}

const guards: Readonly<Record<string, string>> = {
  access_code_managed_by_access_grant: 'a code',
  acs_credential_managed_by_access_grant: 'a credential',
}

/** A code or a credential of a grant is changed by the grant alone. */
const guardedCodes: Check = ({ requests }) => {
  const calls = requests.filter(({ error_type }) => (error_type ?? '') in guards)
  const [first] = calls
  if (first === undefined) return []
  return [
    {
      check: 'codes-of-grants',
      verdict: 'wrong',
      text: `${first.path} was called for ${guards[first.error_type ?? ''] ?? ''} of an access grant, ${count(calls.length, 'time')}: it was refused, and nothing changed.`,
      advice:
        'Change the grant instead: access_grants/update, access_grants/delete or access_methods/delete. access_grants/list {access_code_id} finds it.',
    },
  ]
}

const places = ['device_ids', 'space_ids', 'space_keys', 'acs_entrance_ids'] as const

/** The guide moves grants so; the older guide says that it cannot be, and no schema has the parameters. */
const movedGrants: Check = ({ requests }) => {
  const moves = requests.filter(
    ({ path, status, body }) =>
      path === '/access_grants/update' &&
      status === 200 &&
      isRecord(body) &&
      places.some((name) => body[name] !== undefined),
  )
  if (moves.length === 0) return []
  return [
    {
      check: 'moved-grants',
      verdict: 'warning',
      text: `access_grants/update was called with other doors, ${count(moves.length, 'time')}. Seam's guide teaches it, its document has no such parameters.`,
      advice:
        'The emulator does as the guide says. Make sure of it in your Seam sandbox, or put the doors into a space and change that.',
    },
  ]
}

export const checksOfGrants: readonly Check[] = [pinBeforeIssued, guardedCodes, movedGrants]
