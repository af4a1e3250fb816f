import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { is } from '../../src/db/conditions.ts'
import { createLateIndexes } from '../../src/db/store/late-indexes.ts'
import { events } from '../../src/db/tables/events.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'

const ofType = is(events.event_type)

const eventOf = (event_id: string) => ({
  event_id,
  event_type: 'device.connected',
  created_at: 0,
  occurred_at: 0,
  body: '{}',
})

/** By which index SQLite finds events of a type. */
const planOf = ({ universe }: FrozenWorld): string | undefined =>
  universe.db.queryPlans().find(({ sql }) => sql.includes('events.event_type ='))?.plan[0]

const find = ({ read }: FrozenWorld) =>
  read((world) => world.events.count(ofType('device.connected')))

test('what is asked for by a column is found by its index, however late it is asked for', () => {
  const place = openFrozenWorld()
  place.write((world) => {
    for (let i = 0; i < 100; i++) world.events.insert(eventOf(`event ${i}`))
  })
  expect(find(place)).toBe(100)
  expect(planOf(place)).toMatch(/events_by_type/)
})

test('an index that was made in a transaction that fails is there all the same', () => {
  const place = openFrozenWorld()
  const { db } = place.universe
  place.write((world) => void world.events.insert(eventOf('first')))
  db.flush(Number.POSITIVE_INFINITY)
  expect(() =>
    db.transaction(() => {
      const { events: table, streams } = db.tablesOf(place.workspace_id)
      // Emptied and read again: SQLite itself takes this back.
      streams.clear()
      expect(streams.count()).toBe(0)
      streams.insert({ name: 'new', position: 1 })
      expect(streams.count()).toBe(1)
      expect(table.count(ofType('device.connected'))).toBe(1)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(find(place)).toBe(1)
  expect(planOf(place)).toMatch(/events_by_type/)
})

test('a table that has become large gets its indexes although nobody has asked', () => {
  const db = new Database(':memory:')
  db.exec('create table t (a, b); create index t_by_a on t (a); create index t_by_b on t (b)')
  const names = () =>
    db.prepare("select name from sqlite_master where type = 'index'").pluck().all()
  const late = createLateIndexes(db, new Map([['t', { t_by_a: 'a', t_by_b: 'b' }]]))
  const grow = late.growth('t')
  expect(late.growth('other')).toBeNull()
  expect(names()).toEqual([])
  grow?.(65_000)
  grow?.(-60_000)
  grow?.(60_000)
  expect(names()).toEqual([])
  grow?.(1_000)
  expect(names()).toEqual(['t_by_a'])
  grow?.(1)
  expect(names()).toEqual(['t_by_a'])
  grow?.(8_192)
  expect(names()).toEqual(['t_by_a', 't_by_b'])
})
