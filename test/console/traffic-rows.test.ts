/** Calls, events, deliveries and messages in one order. */
import { expect, test } from 'vitest'
import { chainOf, findRow, fits, rowsOf, trafficKinds } from '../../src/console/traffic/rows.ts'
import type { Call, Delivery, Message, Told, Traffic } from '../../src/console/traffic/rows.ts'

const at = (second: number): string => new Date(Date.UTC(2025, 0, 1, 0, 0, second)).toISOString()

const call = (n: number, second: number, event_ids: string[] = [], status = 200): Call => ({
  request_id: `request${n}`,
  at: at(second),
  wall_at: at(n),
  method: 'POST',
  path: '/access_codes/create',
  query: '',
  body: { name: `Guest ${n}` },
  unknown_parameters: [],
  status,
  error_type: null,
  fault_id: null,
  has_next_page: false,
  client: null,
  unmatched: null,
  did_you_mean: null,
  duration_ms: 1,
  event_ids,
  answer: null,
})

const told = (
  event_id: string,
  second: number,
  request_id: string | null,
  event_type: Told['event']['event_type'] = 'access_code.created',
): Told => ({
  event_id,
  event_type,
  at: at(second),
  occurred_at: at(second),
  device_id: 'door',
  access_code_id: 'code',
  request_id,
  event: {
    event_id,
    event_type,
    workspace_id: 'w',
    created_at: at(second),
    occurred_at: at(second),
  },
})

const sent = (event_id: string, second: number, attempts = 1): Delivery => ({
  message_id: `msg_${event_id}`,
  webhook_id: 'hook',
  event_id,
  event_type: 'access_code.created',
  state: 'delivered',
  next_attempt_at: null,
  held_by: null,
  created_at: at(second),
  attempts: Array.from({ length: attempts }, (_, index) => ({
    attempt: index + 1,
    attempted_at: at(second),
    duration: 3,
    status: 200,
    response_body: 'ok',
    error: null,
    fault_id: null,
  })),
})

const arrived = (event_id: string, second: number): Message => ({
  inbox: 'default',
  message_id: `msg_${event_id}`,
  event_id,
  event_type: 'access_code.created',
  is_verified: true,
  received_at: at(second),
  headers: { 'svix-id': `msg_${event_id}` },
  body: told(event_id, second, null).event,
})

/** Two calls at one instant of a frozen clock, each with an event that is delivered; then time alone. */
const traffic: Traffic = {
  calls: [call(2, 0, ['b']), call(1, 0, ['a'])],
  events: [
    told('c', 10, null, 'access_code.failed_to_set_on_device'),
    told('b', 0, 'request2'),
    told('a', 0, 'request1'),
  ],
  deliveries: [sent('c', 10), sent('b', 0), sent('a', 0)],
  messages: [arrived('c', 10), arrived('b', 0), arrived('a', 0)],
}

const rows = rowsOf(traffic)
const all = { kinds: new Set(trafficKinds), search: '', onlyBad: false }

test('the newest is first, and what was caused stands above its cause, also at one instant', () => {
  expect(rows.map(({ kind, request_id, event_id }) => `${kind} ${event_id ?? request_id}`)).toEqual(
    [
      'message c',
      'delivery c',
      'event c',
      'message b',
      'delivery b',
      'event b',
      'call request2',
      'message a',
      'delivery a',
      'event a',
      'call request1',
    ],
  )
  expect(new Set(rows.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(rows.length)
})

test('from any row of a chain the whole chain is there, causes first', () => {
  const chain = ['call', 'event', 'delivery', 'message']
  for (const row of rows.filter((it) => it.text.includes('"b"') || it.text.includes('request2'))) {
    expect(chainOf(rows, row).map(({ kind }) => kind)).toEqual(chain)
  }
  const [byTime] = rows
  expect(byTime && chainOf(rows, byTime).map(({ kind }) => kind)).toEqual(chain.slice(1))
})

test('is found by any id, by words of a body, and by what went wrong', () => {
  expect(findRow(rows, 'request1')).toMatchObject({ kind: 'call' })
  expect(findRow(rows, 'b')).toMatchObject({ kind: 'event' })
  expect(findRow(rows, 'msg_a')).toMatchObject({ kind: 'delivery', event_id: 'a' })
  expect(findRow(rows, 'nobody')).toBeNull()
  const found = (search: string) => rows.filter((row) => fits(row, { ...all, search }))
  expect(found('GUEST request2').map(({ kind }) => kind)).toEqual(['call'])
  expect(found('guest nobody')).toEqual([])
  expect(rows.filter((row) => fits(row, { ...all, onlyBad: true }))).toMatchObject([
    { kind: 'event', title: 'access_code.failed_to_set_on_device' },
  ])
  expect(
    rows.filter((row) => fits(row, { ...all, kinds: new Set(['call'] as const) })),
  ).toHaveLength(2)
})

test('a message that came twice is two rows of one chain', () => {
  const twice = rowsOf({ ...traffic, messages: [arrived('a', 0), ...traffic.messages] })
  const ids = twice.filter(({ kind }) => kind === 'message').map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
  const row = findRow(twice, 'request1')
  expect(row && chainOf(twice, row).map(({ kind }) => kind)).toEqual([
    'call',
    'event',
    'delivery',
    'message',
    'message',
  ])
})
