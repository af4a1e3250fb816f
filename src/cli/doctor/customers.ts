/** What can be told of pushed stays: their pitfalls are silent. */
import { isRecord } from '../../lib/is-record.ts'
import type { JournalEntry } from '../../client/shapes.ts'
import { count } from './evidence.ts'
import type { Check } from './evidence.ts'

const DELETE = '/customers/delete_data'
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

export const checksOfCustomers: readonly Check[] = [wholeCustomer, unreadRuns]
