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
