/** What can be told of pushed stays: their pitfalls are silent. */
import { isRecord } from '../lib/is-record.ts'
import type { JournalEntry } from '../contract/requests.ts'
import { count } from './evidence.ts'
import type { Check } from './evidence.ts'

const DELETE = '/customers/delete_data'
const PUSH = '/customers/push_data'
const RUNS = '/seam/customer/v1/automation_runs/list'

/** Which parameters the call has that are not empty lists. */
const given = ({ body, query }: JournalEntry): string[] => {
  const inBody = isRecord(body)
    ? Object.entries(body).flatMap(([name, value]) =>
        Array.isArray(value) && value.length === 0 ? [] : [name],
      )
    : []
  return [...new Set([...inBody, ...new URLSearchParams(query).keys()])]
}

/** `customer_keys` is no filter: it takes everything of the customer, whatever else is named. */
const wholeCustomer: Check = ({ requests }) => {
  const calls = requests.filter((call) => {
    if (call.path !== DELETE) return false
    const names = given(call)
    return (
      names.includes('customer_keys') &&
      names.some((it) => it !== 'customer_keys' && it.endsWith('_keys'))
    )
  })
  if (calls.length === 0) return []
  return [
    {
      check: 'whole-customer-deleted',
      verdict: 'wrong',
      text: `${DELETE} was called with customer_keys beside other keys, ${count(calls.length, 'time')}: that deleted everything of the customer.`,
      advice:
        'To cancel one stay give its reservation_keys alone; customer_keys takes all spaces, people and stays of the customer.',
    },
  ]
}

/** Every list of `delete_data` is plural; its singular is dropped without a word. */
const ignoredInDeletion = (requests: readonly JournalEntry[]): string[] =>
  requests.flatMap(({ path, unknown_parameters }) =>
    path === DELETE ? unknown_parameters.filter((name) => name.endsWith('_key')) : [],
  )

const stayLists = ['reservations', 'bookings', 'access_grants'] as const

/** What a stay can be called by and what it can name: all other keys are dropped. */
const keysOfStays = new Set(
  (
    'reservation_key booking_key access_grant_key ' +
    'user_identity_key user_key guest_key resident_key tenant_key ' +
    'space_keys property_keys listing_keys room_keys unit_keys ' +
    'common_area_keys facility_keys building_keys'
  ).split(' '),
)

const ignoredInStays = (requests: readonly JournalEntry[]): string[] =>
  requests.flatMap(({ path, body }) => {
    if (path !== PUSH || !isRecord(body)) return []
    return stayLists.flatMap((list) => {
      const items: unknown = body[list]
      return (Array.isArray(items) ? items : []).flatMap((item: unknown) =>
        isRecord(item)
          ? Object.keys(item)
              .filter((name) => /_keys?$/.test(name) && !keysOfStays.has(name))
              .map((name) => `${list}[].${name}`)
          : [],
      )
    })
  })

/** Keys that look right, and that Seam does not know: the call says ok and means something else. */
const ignoredKeys: Check = ({ requests }) => {
  const told = [
    {
      path: DELETE,
      names: ignoredInDeletion(requests),
      advice: 'Each list is plural, such as reservation_keys: ["…"]. Nothing was deleted by these.',
    },
    {
      path: PUSH,
      names: ignoredInStays(requests),
      advice:
        'A stay names its person by one key, such as guest_key, and its places by lists, such as space_keys; a property_listing is named by space_keys too.',
    },
  ]
  return told.flatMap(({ path, names, advice }) =>
    names.length === 0
      ? []
      : [
          {
            check: 'ignored-keys',
            verdict: 'wrong' as const,
            text: `${path} was called with ${[...new Set(names)].join(', ')}, which is ignored.`,
            advice,
          },
        ],
  )
}

/** `push_data` answers ok whatever comes of it. */
const unreadRuns: Check = ({ requests, failed_runs }) => {
  const [first] = failed_runs
  if (first === undefined || requests.some(({ path }) => path === RUNS)) return []
  const { partner_key, rule, error } = first
  return [
    {
      check: 'automation-runs',
      verdict: 'wrong',
      text: `${count(failed_runs.length, 'automation run')} failed and nobody looked: ${partner_key ?? ''} (${rule}): ${error ?? ''}.`,
      advice: `push_data answers ok all the same. Read ${RUNS}, or look for the stay's access grant.`,
    },
  ]
}

/** A stay that has another person or another wish keeps the access that it has. */
const skippedChanges: Check = ({ requests, skipped_runs }) => {
  const [first] = skipped_runs
  if (first === undefined || requests.some(({ path }) => path === RUNS)) return []
  return [
    {
      check: 'skipped-changes',
      verdict: 'warning',
      text: `What was pushed of ${first.partner_key ?? 'a stay'} had no effect, and nobody looked: ${first.message}`,
      advice: 'Delete the stay with delete_data and push it again, or change its access grant.',
    },
  ]
}

export const checksOfCustomers: readonly Check[] = [
  wholeCustomer,
  ignoredKeys,
  unreadRuns,
  skippedChanges,
]
