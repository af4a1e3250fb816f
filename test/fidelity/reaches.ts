/** Places whose tests must really reach what the table of grants says that they reach. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { isRecord } from '../../src/lib/is-record.ts'
import { silentLog } from '../../src/log/log.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'
import type { AcsRow } from './acs-table.ts'
import type { ClimateIssueRow } from './climate-issues-table.ts'
import { grantsTable } from './grants-table.ts'
import type { GrantRow } from './grants-table.ts'

const keyOf = ({ thing, what, name }: Pick<Row, 'thing' | 'what' | 'name'>): string =>
  `${thing} ${what} ${name}`

/** A row of a table that says which test reaches it. */
type Row = Pick<GrantRow | AcsRow | ClimateIssueRow, 'thing' | 'what' | 'name' | 'scenario'>

/** What an object of an answer is, by the fields that nothing else has. */
const thingOf = (object: Record<string, unknown>): Row['thing'] | null => {
  if ('thermostat_schedule_id' in object && 'errors' in object) return 'thermostat_schedule'
  if ('is_managed' in object && 'device_type' in object) return 'device'
  if ('account_type' in object && 'accepted_capabilities' in object) return 'connected_account'
  if ('is_credential_manager' in object) return 'acs_system'
  if ('acs_credential_id' in object && 'access_method' in object) return 'acs_credential'
  if ('access_group_type' in object) return 'acs_access_group'
  if ('acs_user_id' in object && 'pending_mutations' in object) return 'acs_user'
  if ('acs_encoder_id' in object && 'errors' in object) return 'acs_encoder'
  if ('acs_entrance_id' in object && 'space_ids' in object) return 'acs_entrance'
  if ('requested_access_methods' in object) return 'access_grant'
  if ('is_issued' in object) return 'access_method'
  return 'acs_user_ids' in object ? 'user_identity' : null
}

const lists = [
  ['errors', 'error_code', 'error'],
  ['warnings', 'warning_code', 'warning'],
  ['pending_mutations', 'mutation_code', 'mutation'],
] as const

/** What the document has no list for is a code. */
const noteCode = (reached: Set<string>, row: Pick<Row, 'thing' | 'what' | 'name'>): void => {
  reached.add(keyOf(row))
  if (row.what === 'error') reached.add(keyOf({ ...row, what: 'code' }))
}

const noteAttempt = (reached: Set<string>, { action_type, error }: Record<string, unknown>) => {
  if (typeof action_type !== 'string' || !isRecord(error)) return
  const name = `${action_type} ${String(error['type'])}`
  noteCode(reached, { thing: 'attempt', what: 'error', name })
}

const noteIssues = (reached: Set<string>, object: Record<string, unknown>): void => {
  const thing = thingOf(object)
  if (thing === null) return
  for (const [list, code, what] of lists) {
    const items = object[list]
    if (!Array.isArray(items)) continue
    for (const item of items)
      if (isRecord(item)) noteCode(reached, { thing, what, name: String(item[code]) })
  }
}

const noteRun = (reached: Set<string>, { automation_result: result }: Record<string, unknown>) => {
  if (!isRecord(result)) return
  reached.add(keyOf({ thing: 'automation', what: 'rule', name: String(result['rule']) }))
  const name = String(result['error'])
  reached.add(keyOf({ thing: 'automation', what: 'failed run', name }))
}

const note = (reached: Set<string>, value: unknown): void => {
  if (Array.isArray(value)) for (const item of value) note(reached, item)
  if (!isRecord(value)) return
  if (typeof value['event_type'] === 'string') reached.add(`event ${value['event_type']}`)
  noteIssues(reached, value)
  noteAttempt(reached, value)
  noteRun(reached, value)
  for (const inner of Object.values(value)) note(reached, inner)
}

const isReached = (reached: ReadonlySet<string>, row: Row): boolean =>
  reached.has(row.what === 'event' ? `event ${row.name}` : keyOf(row))

/** Places for the tests of one file. */
export const placesThatReach = (table: readonly Row[] = grantsTable): Pick<Places, 'open'> => {
  let places: Places | undefined
  let opened: Place[] = []
  const reached = new Set<string>()
  beforeAll(async () => {
    places = await startPlaces({
      log: {
        ...silentLog,
        request: (_, { status, body }) => {
          if (status === 200 && typeof body === 'string' && body.startsWith('{'))
            note(reached, JSON.parse(body))
        },
      },
    })
  })
  afterAll(() => places?.stop())
  beforeEach(() => {
    reached.clear()
    opened = []
  })
  afterEach(async ({ task }) => {
    const rows = table.filter(({ scenario }) => scenario === task.name)
    if (rows.length === 0 || task.result?.state === 'fail') return
    for (const place of opened) await place.events()
    const missing = rows.filter((row) => !isReached(reached, row)).map(keyOf)
    expect(missing, 'the fidelity table says that this test reaches').toEqual([])
  })
  return {
    open: (label) => {
      if (places === undefined) throw new Error('The places are not there yet')
      const place = places.open(label)
      opened.push(place)
      return place
    },
  }
}
