/** What can be told from the calls of the integration. */
import type { JournalEntry } from '../contract/requests.ts'
import { isRecord } from '../lib/is-record.ts'
import { refusedSetPoints } from './climate.ts'
import { count, isReading, parameter } from './evidence.ts'
import type { Check } from './evidence.ts'

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
  const own = requests.filter(
    ({ status, fault_id, unmatched, error_type }) =>
      status >= 400 &&
      fault_id === null &&
      unmatched === null &&
      // Told by a check of its own.
      !refusedSetPoints.has(error_type) &&
      error_type !== 'access_code_managed_by_access_grant' &&
      error_type !== 'acs_credential_managed_by_access_grant',
  )
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
    // The keys of a deletion have a check of their own.
    const unknown = unknown_parameters.filter(
      (name) => path !== '/customers/delete_data' || !name.endsWith('_key'),
    )
    if (unknown.length === 0) continue
    const names = byPath.get(path) ?? new Set<string>()
    for (const name of unknown) names.add(name)
    byPath.set(path, names)
  }
  return [...byPath].slice(0, 10).map(([path, names]) => ({
    check: 'unknown-parameters',
    verdict: 'warning',
    text: `${path} was called with ${[...names].join(', ')}, which it does not have.`,
    advice: 'Seam ignores such parameters without a word: the call did not mean what you think.',
  }))
}

/** Paths that nobody answers: a slip of the pen, or a part of Seam that the emulator does not have. */
const unmatched: Check = ({ requests }) => {
  const calls = new Map(
    requests.filter((call) => call.unmatched !== null).map((call) => [call.path, call]),
  )
  return [...calls.values()].slice(0, 10).map(({ path, unmatched: reason, did_you_mean }) =>
    reason === 'not_implemented'
      ? {
          check: 'unmatched',
          verdict: 'warning',
          text: `${path} was called, which Seam has and the emulator does not.`,
          advice: 'See seam-emulator routes --missing. The official SDK asks three times.',
        }
      : {
          check: 'unmatched',
          verdict: 'wrong',
          text: `${path} was called, which neither Seam nor the emulator has.`,
          ...(did_you_mean !== null && { advice: `Did you mean ${did_you_mean}?` }),
        },
  )
}

/** Instants in the call's own words: `since`, or the earlier bound of `between`. */
const beginOf = (call: JournalEntry): string | undefined => {
  const since = parameter(call, 'since')
  if (since !== undefined) return since
  const { body } = call
  const between: unknown =
    isRecord(body) && Array.isArray(body['between'])
      ? body['between'][0]
      : new URLSearchParams(call.query).get('between')
  return typeof between === 'string' ? between : undefined
}

/** The app's own clock is not the workspace's: what it asks for lies in the workspace's future. */
const otherTime: Check = ({ requests }) => {
  const calls = requests.filter((call) => {
    if (call.path !== '/events/list') return false
    const begin = Date.parse(beginOf(call) ?? '')
    return begin > Date.parse(call.at)
  })
  const [first] = calls
  if (first === undefined) return []
  return [
    {
      check: 'other-time',
      verdict: 'wrong',
      text: `Events were asked for from ${beginOf(first)} on, ${count(calls.length, 'time')}; in the workspace it was ${first.at} then, so there was nothing to find.`,
      advice:
        'The app asked its own clock. Each answer and webhook has the workspace’s time in the header seam-emulator-now; or freeze the clock at the present instant.',
    },
  ]
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

export const checksOfCalls: readonly Check[] = [
  unmatched,
  otherTime,
  polling,
  firstPageOnly,
  noRetry,
  unknownParameters,
  refusals,
]
