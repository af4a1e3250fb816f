import type { ClockState, Delivery, JournalEntry, SeamEvent } from '../../client/shapes.ts'

/** What the doctor looks at. */
export interface Evidence {
  requests: readonly JournalEntry[]
  events: readonly SeamEvent[]
  webhooks: readonly { webhook_id: string; url: string; event_types: readonly string[] }[]
  deliveries: readonly Delivery[]
  /** What failed inside the emulator. */
  failed_jobs: ClockState['failed_jobs']
}

export interface Finding {
  /** A stable name for programs. */
  check: string
  verdict: 'good' | 'warning' | 'wrong' | 'unknown'
  /** What was seen. */
  text: string
  /** What to do about it. */
  advice?: string
}

export type Check = (evidence: Evidence) => Finding[]

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A parameter of a call, from its query or its body. */
export const parameter = (call: JournalEntry, name: string): string | undefined => {
  const inQuery = new URLSearchParams(call.query).get(name)
  if (inQuery !== null) return inQuery
  const { body } = call
  return typeof body === 'object' && body !== null && name in body
    ? textOf(Object.entries(body).find(([key]) => key === name)?.[1])
    : undefined
}

const isReading = (path: string): boolean => /\/(?:get|list)$/.test(path)

/** Whether a call asks for something to be changed. */
export const isMutation = ({ path, method }: JournalEntry): boolean =>
  method !== 'GET' && !isReading(path) && !path.startsWith('/webhooks/')

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

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

const createdCodes = (events: readonly SeamEvent[]): string[] =>
  events.flatMap(({ event_type, access_code_id }) =>
    event_type === 'access_code.created' && access_code_id !== undefined ? [access_code_id] : [],
  )

/**
 * What the clock showed at the earliest when each event was recorded, by id: at one instant of it
 * stamps follow each other by a millisecond. The events are in order.
 */
const clockAt = (events: readonly SeamEvent[]): Map<string, number> => {
  let last = -Infinity
  let begun = -Infinity
  return new Map(
    events.map(({ event_id, created_at }) => {
      const stamp = Date.parse(created_at)
      if (stamp !== last + 1) begun = stamp
      last = stamp
      return [event_id, begun]
    }),
  )
}

/** Codes whose `set` the integration cannot have noticed: it never looked again, and no webhook told it. */
const pinBeforeSet: Check = ({ requests, events, deliveries }) => {
  const check = 'pin-before-set'
  const asked = requests.filter(
    ({ path, status }) => path === '/access_codes/create' && status === 200,
  )
  if (asked.length === 0) return []
  const looks = requests.filter(
    ({ path, status }) => status === 200 && path.startsWith('/access_codes/') && isReading(path),
  )
  const recordedAt = clockAt(events)
  const unseen = createdCodes(events).filter((access_code_id) => {
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
  if (webhooks.length === 0) {
    const polls = requests.some(({ path }) => path === '/events/list')
    return [
      polls
        ? { check, verdict: 'good', text: 'There is no webhook, but events are read.' }
        : {
            check,
            verdict: 'wrong',
            text: 'There is no webhook, and nobody reads /events/list.',
            advice: `Register a webhook for at least ${badNews.slice(0, 3).join(', ')}.`,
          },
    ]
  }
  const missing = badNews.filter(
    (type) =>
      !webhooks.some(({ event_types }) => event_types.includes('*') || event_types.includes(type)),
  )
  if (missing.length === 0)
    return [{ check, verdict: 'good', text: 'Webhooks are subscribed to every failure event.' }]
  return [
    {
      check,
      verdict: missing.some((type) => type.startsWith('access_code.failed')) ? 'wrong' : 'warning',
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

/** Many reads of the same thing in a row, quicker than anything changes. */
const POLLS = 8
const polling: Check = ({ requests }) => {
  const check = 'polling'
  const groups = new Map<string, number[]>()
  for (const call of requests) {
    if (!isReading(call.path)) continue
    const key = `${call.path}?${call.query}${JSON.stringify(call.body)}`
    const times = groups.get(key) ?? []
    times.push(Date.parse(call.wall_at))
    groups.set(key, times)
  }
  const hasty = [...groups].flatMap(([key, times]) => {
    const gaps = times
      .slice(1)
      .map((time, index) => time - (times[index] ?? time))
      .sort((a, b) => a - b)
    const median = gaps[Math.floor(gaps.length / 2)] ?? Infinity
    // The official SDKs themselves ask for an action attempt every half second.
    const least = key.startsWith('/action_attempts/') ? 200 : 1_000
    return times.length >= POLLS && median < least
      ? [{ path: key.slice(0, key.indexOf('?')), times: times.length, median }]
      : []
  })
  if (hasty.length === 0) return [{ check, verdict: 'good', text: 'Nothing is polled in haste.' }]
  return hasty.map(({ path, times, median }) => ({
    check,
    verdict: 'warning',
    text: `${path} was asked the same ${times} times, every ${Math.round(median)} ms.`,
    advice: 'Use webhooks; where you must poll, a lock takes seconds to minutes, not milliseconds.',
  }))
}

const firstPageOnly: Check = ({ requests }) => {
  const check = 'pagination'
  const cut = requests.filter(({ has_next_page }) => has_next_page)
  const left = cut.filter(
    (call) =>
      !requests.some(
        (later) =>
          later.path === call.path &&
          later.wall_at >= call.wall_at &&
          later !== call &&
          parameter(later, 'page_cursor') !== undefined,
      ),
  )
  if (left.length === 0) {
    return cut.length === 0 ? [] : [{ check, verdict: 'good', text: 'Further pages are read.' }]
  }
  const paths = [...new Set(left.map(({ path }) => path))]
  return [
    {
      check,
      verdict: 'wrong',
      text: `Only the first page of ${paths.join(', ')} was read, though there were more.`,
      advice:
        'Go on with pagination.next_page_cursor as page_cursor while has_next_page is true; the SDKs have a paginator.',
    },
  ]
}

const refusals: Check = ({ requests }) => {
  const own = requests.filter(({ status, fault_id }) => status >= 400 && fault_id === null)
  if (own.length === 0) return []
  const kinds = new Map<string, number>()
  for (const { path, status, error_type } of own) {
    const kind = `${path} ${status} ${error_type ?? ''}`.trim()
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return [...kinds].slice(0, 10).map(([kind, times]) => ({
    check: 'refusals',
    verdict: 'warning',
    text: `${kind}, ${count(times, 'time')}.`,
    advice: 'See seam-emulator doctor --json or /_emulator/requests/list for what was sent.',
  }))
}

/** Seam ignores what it does not know: a filter that is misspelt lists everything. */
const unknownParameters: Check = ({ requests }) => {
  const byPath = new Map<string, Set<string>>()
  for (const { path, unknown_parameters } of requests) {
    if (unknown_parameters.length === 0) continue
    const names = byPath.get(path) ?? new Set<string>()
    for (const name of unknown_parameters) names.add(name)
    byPath.set(path, names)
  }
  return [...byPath].slice(0, 10).map(([path, names]) => ({
    check: 'unknown-parameters',
    verdict: 'warning',
    text: `${path} was called with ${[...names].join(', ')}, which it does not have.`,
    advice: 'Seam ignores such parameters without a word: the call did not mean what you think.',
  }))
}

/** A call that a fault made fail, and that was not tried again. */
const noRetry: Check = ({ requests }) => {
  const check = 'retries'
  const hit = requests.filter(({ fault_id, status }) => fault_id !== null && status >= 429)
  const given_up = hit.filter(
    (call) =>
      !requests.some(
        (later) => later !== call && later.path === call.path && later.wall_at >= call.wall_at,
      ),
  )
  if (hit.length === 0) return []
  if (given_up.length === 0)
    return [{ check, verdict: 'good', text: 'Calls that failed were tried again.' }]
  return [
    {
      check,
      verdict: 'warning',
      text: `${[...new Set(given_up.map(({ path }) => path))].join(', ')} failed and was not tried again.`,
      advice: 'Try calls again that end with 429, 503 or no answer, with growing pauses.',
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
  polling,
  firstPageOnly,
  noRetry,
  unknownParameters,
  refusals,
]

/** What the integration did wrong, as far as it can be read from what the emulator saw. */
export const diagnose: Check = (evidence) => checks.flatMap((check) => check(evidence))
