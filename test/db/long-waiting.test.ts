/** What waits in memory for its table is bounded, table by table. */
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { codeRow, workspaceOf } from '../support/codes-in-database.ts'

const eventOf = (event_id: string) => ({
  event_id,
  event_type: 'device.connected',
  created_at: 0,
  occurred_at: 0,
  body: '{}',
})

/** How many rows wait, by bringing them in one by one. */
const waiting = (db: ReturnType<typeof openDatabase>): number => {
  let rows = 1
  while (db.flush(1)) rows++
  return rows
}

test('of events, that nobody writes again, fewer wait than of rows that change', () => {
  const db = openDatabase(':memory:')
  const { events, access_codes } = workspaceOf(db, 'one')
  for (let n = 0; n < 20_000; n++) {
    db.transaction(() => {
      events.insert(eventOf(`event ${n}`))
      access_codes.insert(codeRow(`code_${n}`, 'x', '1111'))
    })
  }
  const left = waiting(db)
  expect(left).toBeGreaterThan(20_000)
  expect(left).toBeLessThan(30_000)
  expect([events.count(), access_codes.count()]).toEqual([20_000, 20_000])
  db.close()
})

test('rows of any table that are too many go into it, whatever their world', () => {
  const db = openDatabase(':memory:')
  const worlds = ['one', 'two'].map((id) => workspaceOf(db, id))
  for (let n = 0; n < 80_000; n++) {
    db.transaction(() => worlds[n % 2]?.streams.insert({ name: `stream ${n}`, position: n }))
  }
  expect(waiting(db)).toBeLessThan(66_000)
  expect(worlds.map(({ streams }) => streams.count())).toEqual([40_000, 40_000])
  db.close()
})
