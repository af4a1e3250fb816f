/** A table in memory to which nothing of a world ever went is not asked, whatever became of the world. */
import { expect, test } from 'vitest'
import { inTable } from '../../src/db/conditions.ts'
import type { Tables } from '../../src/db/database.ts'
import { devices as allDevices } from '../../src/db/tables/devices.ts'
import { locks as allLocks } from '../../src/db/tables/locks.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'

const rowOf = (name: string) => ({ name, position: 1 })
const names = ({ streams }: Tables): string[] => streams.all().map(({ name }) => name)

const open = () => {
  const { universe, workspace_id } = openFrozenWorld()
  const { db } = universe
  const tables = db.tablesOf(workspace_id)
  db.transaction(() => tables.streams.clear())
  return { db, tables }
}

const failingClear = ({ db, tables }: ReturnType<typeof open>): void => {
  expect(() =>
    db.transaction(() => {
      tables.streams.dropWaiting()
      tables.streams.clear()
      expect(names(tables)).toEqual([])
      throw new Error('no')
    }),
  ).toThrow('no')
}

test('what waits for its table is there again when its clearing fails', () => {
  const { db, tables } = open()
  db.transaction(() => tables.streams.insert(rowOf('waits')))
  failingClear({ db, tables })
  expect(names(tables)).toEqual(['waits'])
})

test('what its table has is there again when its clearing fails', () => {
  const { db, tables } = open()
  db.transaction(() => tables.streams.insert(rowOf('written')))
  db.flush(100)
  failingClear({ db, tables })
  expect(names(tables)).toEqual(['written'])
})

test('what another transaction wrote after a clearing is found', () => {
  const { db, tables } = open()
  db.transaction(() => tables.streams.insert(rowOf('gone')))
  db.flush(100)
  db.transaction(() => tables.streams.clear())
  expect(tables.streams.get('gone')).toBeUndefined()
  expect(tables.streams.count()).toBe(0)
  db.transaction(() => tables.streams.insert(rowOf('gone')))
  expect(names(tables)).toEqual(['gone'])
  expect(() => db.transaction(() => tables.streams.insert(rowOf('gone')))).toThrow(/already/)
})

test('what is written after a clearing of a written table stands there alone', () => {
  const { db, tables } = open()
  db.transaction(() => tables.streams.insert(rowOf('gone')))
  db.flush(100)
  db.transaction(() => {
    tables.streams.clear()
    tables.streams.insert(rowOf('new'))
    expect(tables.streams.get('gone')).toBeUndefined()
    // Asked of SQL, in the middle of it.
    expect(names(tables)).toEqual(['new'])
  })
  expect(names(tables)).toEqual(['new'])
})

test('a written table has its rows again when its clearing, and what followed, fails', () => {
  const { db, tables } = open()
  db.transaction(() => tables.streams.insert(rowOf('written')))
  db.flush(100)
  db.transaction(() => tables.streams.insert(rowOf('waits')))
  for (const isRead of [false, true]) {
    expect(() =>
      db.transaction(() => {
        tables.streams.clear()
        tables.streams.insert(rowOf('written'))
        expect(tables.streams.get('waits')).toBeUndefined()
        if (isRead) expect(names(tables)).toEqual(['written'])
        tables.streams.insert(rowOf('more'))
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(tables.streams.get('more')).toBeUndefined()
    expect(names(tables)).toEqual(['written', 'waits'])
  }
})

test('a condition that looks into a table finds nothing there once it was cleared', () => {
  const { universe, workspace_id } = openFrozenWorld()
  const { db } = universe
  const { devices, locks } = db.tablesOf(workspace_id)
  const locked = inTable(allDevices.device_id, allLocks.device_id)([])
  expect(devices.count(locked)).toBe(4)
  expect(() =>
    db.transaction(() => {
      locks.clear()
      expect(devices.count(locked)).toBe(0)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(devices.count(locked)).toBe(4)
})

test('the numbers of a table begin anew once it is empty', () => {
  const { db, tables } = open()
  const numberOf = (name: string) => db.transaction(() => tables.streams.insert(rowOf(name)))
  const first = numberOf('first')
  expect(numberOf('second')).toBe(first + 1)
  db.flush(100)
  db.transaction(() => tables.streams.clear())
  expect(numberOf('third')).toBe(first)
})
