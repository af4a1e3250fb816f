import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { is } from '../../src/db/conditions.ts'
import { events } from '../../src/db/tables/events.ts'
import { openDatabase } from '../../src/db/database.ts'
import { recordEvent } from '../../src/sim/events/record.ts'
import { updateSettings } from '../../src/sim/workspaces/operations.ts'
import { openFrozenWorld, openUniverse, twoLocks } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'

const ofType = is(events.event_type)

const eventOf = (event_id: string) => ({
  event_id,
  event_type: 'device.connected',
  created_at: 0,
  occurred_at: 0,
  body: '{}',
})

type Asked = Pick<FrozenWorld, 'universe' | 'read'>

/** By which index SQLite finds events of a type. */
const planOf = ({ universe }: Asked): string | undefined =>
  universe.db.queryPlans().find(({ sql }) => sql.includes('events.event_type ='))?.plan[0]

const find = ({ read }: Asked) => read((world) => world.events.count(ofType('device.connected')))

test('what is asked for by a column is found by its index, however late it is asked for', () => {
  const place = openFrozenWorld()
  place.write((world) => {
    for (let i = 0; i < 100; i++) world.events.insert(eventOf(`event ${i}`))
  })
  expect(find(place)).toBe(100)
  expect(planOf(place)).toMatch(/events_by_type/)
})

test('an event is found by its id, and no two have the same, whenever that is asked', () => {
  const { universe, write, read } = openFrozenWorld()
  const insert = (id: string) => write((world) => void world.events.insert(eventOf(id)))
  for (let i = 0; i < 10; i++) insert(`event ${i}`)
  universe.db.flush(Number.POSITIVE_INFINITY)
  const plans = () =>
    universe.db.queryPlans().filter(({ sql }) => sql.includes('events.event_id ='))
  expect(plans()).toEqual([])
  expect(read((world) => world.events.get('event 7')?.event_id)).toBe('event 7')
  expect(plans().map(({ plan }) => plan[0])).toEqual([expect.stringMatching(/events_id/)])
  universe.db.flush(Number.POSITIVE_INFINITY)
  expect(() => insert('event 3')).toThrow(/already/)
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

test('events of which the oldest are forgotten get no index that nobody asked for', () => {
  const place = openFrozenWorld()
  const { db } = place.universe
  place.write((world) => updateSettings(world, { keep_history_rows: 100 }))
  for (let n = 0; n < 20; n++) {
    place.write((world) => {
      for (let i = 0; i < 100; i++)
        recordEvent(world, 'device.connected', { device_id: 'wifi-lock' })
    })
    place.advance(60_000)
    db.flush(Number.POSITIVE_INFINITY)
  }
  expect(place.read((world) => world.events.count())).toBeLessThan(500)
  expect(db.queryPlans().filter(({ sql }) => sql.includes('events.event_id ='))).toEqual([])
  // Which types are never forgotten is asked of each in its turn.
  const [byType] = db.queryPlans().filter(({ sql }) => sql.includes('events.event_type <>'))
  expect(byType?.plan).toEqual([expect.stringMatching(/events_by_time/)])
  expect(db.queryPlans().filter(({ plan }) => plan.join().includes('events_by_type'))).toEqual([])
})

test('events that went, and some that came, in a transaction that fails are as they were', () => {
  const place = openFrozenWorld()
  const { db } = place.universe
  const ids = () =>
    place.read((world) => world.events.column('event_id', []).map(String).toSorted())
  place.write((world) => {
    for (let n = 0; n < 10; n++) world.events.insert(eventOf(`event ${n}`))
  })
  db.flush(Number.POSITIVE_INFINITY)
  const before = ids()
  expect(() =>
    place.write((world) => {
      world.events.insert(eventOf('new'))
      expect(world.events.deleteWhere(ofType('device.connected'))).toBe(11)
      expect(world.events.count(ofType('device.connected'))).toBe(0)
      // The same id again, which its table has no more.
      world.events.insert(eventOf('event 3'))
      expect(world.events.count(ofType('device.connected'))).toBe(1)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(ids()).toEqual(before)
  db.flush(Number.POSITIVE_INFINITY)
  expect(ids()).toEqual(before)
})

describe('in a file', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seam-emulator-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const indexesIn = (file: string): unknown[] => {
    const db = new Database(file)
    const names = db.prepare("select name from sqlite_master where name like 'events_by_%'")
    const found = names.pluck().all()
    db.close()
    return found
  }

  test('an index is asked for at any time, also after a restart, and stays then', () => {
    const file = join(folder, 'late.db')
    const fill = openFrozenWorld(twoLocks, 'frozen', {}, openDatabase(file))
    fill.write((world) => void world.events.insert(eventOf('first')))
    fill.universe.db.close()
    expect(indexesIn(file)).not.toContain('events_by_type')
    for (let i = 0; i < 2; i++) {
      const universe = openUniverse({ db: openDatabase(file) })
      const { workspace_id } = fill
      const place = { universe, read: (fn) => universe.read(workspace_id, fn) } satisfies Asked
      expect(find(place)).toBe(1)
      expect(planOf(place)).toMatch(/events_by_type/)
      universe.db.close()
      expect(indexesIn(file)).toContain('events_by_type')
    }
  })

  test('a file that has all of its indexes keeps them', () => {
    const file = join(folder, 'older.db')
    const older = openFrozenWorld(twoLocks, 'frozen', {}, openDatabase(file))
    older.write((world) => void world.events.insert(eventOf('first')))
    older.universe.db.close()
    const db = new Database(file)
    db.exec('create index events_by_device on events (workspace_id, device_id, created_at)')
    db.close()
    openDatabase(file).close()
    expect(indexesIn(file)).toContain('events_by_device')
  })
})
