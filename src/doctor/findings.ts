/** What the integration did wrong, as far as it can be read from what the emulator saw. */
import type { JournalEntry } from '../contract/requests.ts'
import type { SeamEvent } from '../contract/seam.ts'
import { checksOfAccessSystems } from './access-systems.ts'
import { checksOfCalls } from './calls.ts'
import { checksOfClimate } from './climate.ts'
import { checksOfCustomers } from './customers.ts'
import { clockAt, count, isReading, parameter } from './evidence.ts'
import { checksOfGrants, usesGrants } from './grants.ts'
import { checksOfSchedules } from './schedules.ts'
import type { Check } from './evidence.ts'

/** Event types without which an integration never hears that something went wrong. */
const badNews = [
  'access_code.failed_to_set_on_device',
  'access_code.delay_in_setting_on_device',
  'access_code.failed_to_remove_from_device',
  'access_code.delay_in_removing_from_device',
  'access_code.deleted_external_to_seam',
  'access_code.modified_external_to_seam',
  'device.disconnected',
  'connected_account.disconnected',
] as const

/** The same for whoever grants access. */
const badNewsOfGrants = [
  'access_method.failed_to_issue',
  'access_method.delay_in_issuing',
  'access_grant.could_not_create_requested_access_methods',
] as const

const createdCodes = (events: readonly SeamEvent[]): string[] =>
  events.flatMap(({ event_type, access_code_id }) =>
    event_type === 'access_code.created' && access_code_id !== undefined ? [access_code_id] : [],
  )

/** Codes whose `set` the integration cannot have noticed: it never looked again, and no webhook told it. */
const pinBeforeSet: Check = ({ requests, events, deliveries, codes_of_grants }) => {
  const check = 'pin-before-set'
  const asked = requests.filter(
    ({ path, status }) => path === '/access_codes/create' && status === 200,
  )
  if (asked.length === 0) return []
  const looks = requests.filter(
    ({ path, status }) => status === 200 && path.startsWith('/access_codes/') && isReading(path),
  )
  const recordedAt = clockAt(events)
  const own = createdCodes(events).filter((id) => !codes_of_grants.has(id))
  const unseen = own.filter((access_code_id) => {
    const set = events.find(
      (event) =>
        event.event_type === 'access_code.set_on_device' && event.access_code_id === access_code_id,
    )
    if (set === undefined) {
      return !looks.some((call) => isAbout(call, access_code_id))
    }
    const told = deliveries.some(
      ({ event_id, state }) => event_id === set.event_id && state === 'delivered',
    )
    const looked = looks.some(
      (call) =>
        isAbout(call, access_code_id) &&
        Date.parse(call.at) >= (recordedAt.get(set.event_id) ?? Infinity),
    )
    return !told && !looked
  })
  if (unseen.length === 0) {
    return [
      { check, verdict: 'good', text: 'Of every access code it was noticed whether it got set.' },
    ]
  }
  return [
    {
      check,
      verdict: 'wrong',
      text: `Of ${count(unseen.length, 'access code')} nobody noticed whether it got set (${unseen.slice(0, 3).join(', ')}).`,
      advice:
        'Hand a PIN out only once its status is "set" (or it is scheduled on the device): subscribe to access_code.set_on_device, or read /access_codes/get again.',
    },
  ]
}

const isAbout = (call: JournalEntry, access_code_id: string): boolean => {
  const id = parameter(call, 'access_code_id')
  return id === undefined ? call.path.endsWith('/list') : id === access_code_id
}

const failureHandlers: Check = ({ webhooks, requests }) => {
  const check = 'failure-events'
  const wanted = usesGrants({ requests }) ? [...badNewsOfGrants, ...badNews] : badNews
  if (webhooks.length === 0) {
    const polls = requests.some(({ path }) => path === '/events/list')
    return [
      polls
        ? { check, verdict: 'good', text: 'There is no webhook, but events are read.' }
        : {
            check,
            verdict: 'wrong',
            text: 'There is no webhook, and nobody reads /events/list.',
            advice: `Register a webhook for at least ${wanted.slice(0, 3).join(', ')}.`,
          },
    ]
  }
  const missing = wanted.filter(
    (type) =>
      !webhooks.some(({ event_types }) => event_types.includes('*') || event_types.includes(type)),
  )
  if (missing.length === 0)
    return [{ check, verdict: 'good', text: 'Webhooks are subscribed to every failure event.' }]
  return [
    {
      check,
      verdict: missing.some((type) => type.includes('.failed_to_')) ? 'wrong' : 'warning',
      text: `No webhook is subscribed to ${missing.join(', ')}.`,
      advice: 'Without them a guest is the first to notice that a code does not work.',
    },
  ]
}

const failedDeliveries: Check = ({ deliveries, webhooks }) => {
  const check = 'deliveries'
  const attempts = deliveries.flatMap((delivery) =>
    delivery.attempts.map((attempt) => ({ ...attempt, ...delivery, attempts: [] })),
  )
  // What a fault did to a delivery is not the integration's doing.
  const own = attempts.filter(({ fault_id }) => fault_id === null)
  const refused = own.filter(({ status }) => status === null || status < 200 || status > 299)
  if (own.length === 0) return []
  if (refused.length === 0)
    return [{ check, verdict: 'good', text: `All ${own.length} deliveries were taken.` }]
  const answers = [...new Set(refused.map(({ status, error }) => String(status ?? error)))]
  const urls = new Set(refused.map(({ webhook_id }) => webhook_id))
  const where = webhooks.filter(({ webhook_id }) => urls.has(webhook_id)).map(({ url }) => url)
  return [
    {
      check,
      verdict: 'wrong',
      text: `${refused.length} of ${own.length} deliveries were not taken (${answers.join(', ')}) at ${where.join(', ')}.`,
      advice: 'Answer 2xx at once, and work afterwards: what is not taken is sent again for days.',
    },
  ]
}

/** No fault of the integration's: what it waits for may never happen. */
const failedJobs: Check = ({ failed_jobs }) =>
  failed_jobs.map(({ kind, subject, due_at, reason }) => ({
    check: 'failed_jobs',
    verdict: 'wrong',
    text: `What was to happen to ${subject} at ${due_at} (${kind}) failed inside the emulator: ${reason}`,
    advice: 'That is a fault of the emulator. Time goes on without it; report it, please.',
  }))

const checks: readonly Check[] = [
  failedJobs,
  pinBeforeSet,
  failureHandlers,
  failedDeliveries,
  ...checksOfGrants,
  ...checksOfCustomers,
  ...checksOfClimate,
  ...checksOfAccessSystems,
  ...checksOfSchedules,
  ...checksOfCalls,
]

/** What the integration did wrong, as far as it can be read from what the emulator saw. */
export const diagnose: Check = (evidence) => checks.flatMap((check) => check(evidence))
