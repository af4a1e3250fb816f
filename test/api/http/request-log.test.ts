import { expect, test } from 'vitest'
import { createJournal } from '../../../src/api/http/request-log.ts'
import type { IncomingCall } from '../../../src/api/http/call.ts'

const answer = { status: 200, headers: {}, body: '{}' }

const call = (workspace_id: string, body: string): IncomingCall => ({
  request_id: 'request1',
  method: 'POST',
  path: '/devices/list',
  query: body,
  body,
  workspace_id,
  unknown_parameters: [],
  client: null,
  began: 0,
  event_ids: [],
  unmatched: null,
  node: {},
})

const kept = (journal: ReturnType<typeof createJournal>, workspace_id: string): number =>
  journal.list(workspace_id).reduce((sum, { body, query }) => sum + body.length + query.length, 0)

test('what is kept of large calls is bounded in bytes, for one workspace and for all', () => {
  const journal = createJournal(
    () => 0,
    () => 0,
  )
  const large = 'x'.repeat(450_000)
  for (let n = 0; n < 3_000; n++) journal.observe(call('one', large), answer)
  expect(kept(journal, 'one')).toBeLessThanOrEqual(8_000_000)
  expect(journal.list('one').length).toBeGreaterThan(100)
  for (let n = 0; n < 3_000; n++) journal.observe(call(`other ${n % 20}`, large), answer)
  const names = ['one', ...Array.from({ length: 20 }, (_, n) => `other ${n}`)]
  const all = names.reduce((sum, name) => sum + kept(journal, name), 0)
  expect(all).toBeLessThanOrEqual(32_000_000)
})

test('the newest calls are those that stay', () => {
  const journal = createJournal(
    () => 0,
    () => 0,
  )
  for (let n = 0; n < 1_500; n++) journal.observe(call('one', `${n}`), answer)
  expect(journal.list('one').at(0)?.body).toBe('500')
  expect(journal.list('one').at(-1)?.body).toBe('1499')
  expect(journal.clear('one')).toBe(1_000)
})

test('what was listed stays as it was, though more calls come than are kept', () => {
  const journal = createJournal(
    () => 0,
    () => 0,
  )
  const observe = (from: number, to: number) => {
    for (let n = from; n < to; n++) journal.observe(call('one', `${n}`), answer)
  }
  observe(0, 1_000)
  const listed = journal.list('one')
  const before = listed.map((entry) => ({ ...entry }))
  observe(1_000, 2_500)
  expect(listed).toEqual(before)
  expect(journal.list('one').map(({ body }) => Number(body))).toEqual(
    Array.from({ length: 1_000 }, (_, n) => n + 1_500),
  )
  expect(journal.count('one')).toBe(1_000)
})

test('calls that were cut short for their length make room for as many as before', () => {
  const journal = createJournal(
    () => 0,
    () => 0,
  )
  for (let n = 0; n < 700; n++) journal.observe(call('one', 'x'.repeat(15_000)), answer)
  expect(journal.list('one').length).toBeLessThan(300)
  for (let n = 0; n < 1_500; n++) journal.observe(call('one', `${n}`), answer)
  expect(journal.list('one').map(({ body }) => Number(body))).toEqual(
    Array.from({ length: 1_000 }, (_, n) => n + 500),
  )
})
