/** A table in memory to which nothing of a world ever went is not asked, whatever became of the world. */
import { expect, test } from 'vitest'
import type { Tables } from '../../src/db/database.ts'
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
