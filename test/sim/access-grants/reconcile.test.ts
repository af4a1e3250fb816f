/** What comes next for a grant, as a table: declared × methods × codes × now → step. */
import { expect, it } from 'vitest'
import type { AccessRequest } from '../../../src/db/tables/access-grants.ts'
import { reconcileGrant } from '../../../src/sim/access-grants/reconcile.ts'
import type {
  CodeAtDoor,
  ReconciledGrant,
  ReconciledMethod,
} from '../../../src/sim/access-grants/reconciled.ts'
import { day, hour, minute } from '../../support/place.ts'

const settings = { delay_after: 10 * minute, fail_after: 20 * minute }
const window = { starts_at: hour, ends_at: day }

const request: AccessRequest = {
  mode: 'code',
  code: null,
  instant_key_max_use_count: null,
  created_at: 0,
  access_method_ids: ['method'],
  without: [],
  withdrawn: [],
  is_ended: false,
}
const code: CodeAtDoor = {
  access_code_id: 'code',
  code: '4711',
  has_window: true,
  has_window_in_effect: true,
  has_name: true,
  is_usable: true,
  is_on_lock: true,
  spare: null,
  has_spare: false,
}
const method: ReconciledMethod = {
  access_method_id: 'method',
  code: '4711',
  is_chosen_by_lock: false,
  is_spare: false,
  doors: [{ device_id: 'front', code }],
  leaving: [],
  created_at: 0,
  deletion_requested_at: null,
  issued_at: 1,
  since: 0,
  in_effect: window,
  delay_told_at: null,
  failure_told_at: null,
  acs: null,
}
const grant: ReconciledGrant = {
  ...window,
  deletion_requested_at: null,
  requested: [request],
  doors: [{ device_id: 'front', obstacle: null }],
  entrances: [],
  methods: [method],
  settled_doors: ['front'],
  settled_entrances: null,
  told_entrances: [],
  told_missing: null,
}
const withMethod = (change: Partial<ReconciledMethod>): ReconciledGrant => ({
  ...grant,
  methods: [{ ...method, ...change }],
})
const withCode = (
  change: Partial<CodeAtDoor>,
  more: Partial<ReconciledMethod> = {},
): ReconciledGrant =>
  withMethod({ doors: [{ device_id: 'front', code: { ...code, ...change } }], ...more })
const back = { device_id: 'back', obstacle: null }
const leaving = [{ access_code_id: 'old', device_id: 'front', is_irrevocable: false }]
const unissued = { issued_at: null }
const access_method_id = 'method'

it.each<[string, ReconciledGrant, number, object]>([
  ['all is well', grant, 2 * hour, { do: 'wait', until: day, reason: 'end' }],
  [
    'a door came',
    { ...grant, doors: [...grant.doors, back] },
    0,
    { do: 'assign', request: 0, device_ids: ['back'] },
  ],
  [
    'a door came whose old code is still there',
    { ...withMethod({ doors: [], leaving, ...unissued }), settled_doors: null },
    0,
    { do: 'wait', until: day, reason: 'old_codes' },
  ],
  [
    'an issued method lost a door',
    { ...grant, doors: [back], requested: [{ ...request, without: ['back'] }] },
    0,
    { do: 'revoke', access_method_id },
  ],
  [
    'a method that is not issued lost a door',
    { ...withMethod(unissued), doors: [back], requested: [{ ...request, without: ['back'] }] },
    0,
    { do: 'take_off', access_method_id, device_ids: ['front'], keeps_doors: false },
  ],
  ['new times, issued', withCode({ has_window: false }), 0, { do: 'revoke', access_method_id }],
  [
    'new times, revoked',
    withCode({ has_window: false }, unissued),
    0,
    { do: 'change_codes', access_method_id, access_code_ids: ['code'] },
  ],
  [
    'another name revokes nothing',
    withCode({ has_name: false }),
    0,
    { do: 'change_codes', access_method_id, access_code_ids: ['code'] },
  ],
  [
    'new times are in effect',
    withMethod({ in_effect: { starts_at: 0, ends_at: day } }),
    0,
    { do: 'note_times', access_method_id },
  ],
  ['on the lock', withMethod(unissued), 0, { do: 'issue', access_method_id }],
  ['lost at the lock', withCode({ is_usable: false }), 0, { do: 'revoke', access_method_id }],
  [
    'late',
    withCode({ is_usable: false }, unissued),
    hour - 15 * minute,
    { do: 'report_delay', access_method_id },
  ],
  [
    'failed at the start',
    withCode({ is_usable: false }, unissued),
    hour,
    { do: 'report_failure', access_method_id },
  ],
  [
    'a spare code may stand in',
    withCode({ is_usable: false, has_spare: true }, { ...unissued, failure_told_at: 1 }),
    hour,
    { do: 'pull_spare', access_code_id: 'code' },
  ],
  [
    'the end is there and the code is not',
    withCode({ is_on_lock: false }),
    day,
    { do: 'revoke', access_method_id },
  ],
  [
    'the end is there and the code too',
    grant,
    day,
    { do: 'wait', until: null, reason: 'old_codes' },
  ],
  [
    'deleted, with a code',
    { ...grant, deletion_requested_at: 0 },
    0,
    { do: 'take_off', access_method_id, device_ids: ['front'], keeps_doors: false },
  ],
  [
    'deleted, without codes',
    { ...withMethod({ doors: [] }), deletion_requested_at: 0 },
    0,
    { do: 'forget_method', access_method_id },
  ],
  [
    'deleted, without methods',
    { ...grant, methods: [], deletion_requested_at: 0 },
    0,
    { do: 'forget_grant' },
  ],
  [
    'an open end in the future has no codes yet',
    {
      ...withMethod({
        doors: [{ device_id: 'front', code: null }],
        ...unissued,
        in_effect: { starts_at: hour, ends_at: null },
      }),
      ends_at: null,
    },
    0,
    { do: 'wait', until: hour, reason: 'start' },
  ],
  [
    'a code that begins with its grant is not late before',
    {
      ...withMethod({
        doors: [{ device_id: 'front', code: null }],
        in_effect: { starts_at: hour, ends_at: null },
        ...unissued,
      }),
      ends_at: null,
    },
    hour - minute,
    { do: 'wait', until: hour, reason: 'start' },
  ],
  [
    'the last door went, and its method with it',
    { ...grant, doors: [], methods: [], told_missing: [] },
    0,
    { do: 'settle', device_ids: [], acs_entrance_ids: [], tells: false },
  ],
])('%s', (_, state, now, step) => {
  expect(reconcileGrant(state, settings, now)).toEqual(step)
})
