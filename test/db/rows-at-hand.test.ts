/** Rows that are asked for again are at hand: the same objects, so that what was made of them holds. */
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { codeRow, workspaceOf } from '../support/codes-in-database.ts'

const many = 10_500

const fill = (count: number, workspace_id: string, db = openDatabase(':memory:')) => {
  const codes = workspaceOf(db, workspace_id).access_codes
  db.transaction(() => {
    for (let nth = 0; nth < count; nth++)
      codes.insert(codeRow(`${workspace_id}_${nth}`, 'x', '1111'))
  })
  db.flush(many)
  return { db, codes }
}

test('a list is of the same rows as the last time, however long it is', () => {
  const { db, codes } = fill(many, 'one')
  const before = new Set(codes.all())
  expect(codes.all().every((row) => before.has(row))).toBe(true)
  codes.update('one_7', { name: 'changed' })
  db.flush(many)
  const changed = codes.all().filter((row) => !before.has(row))
  expect(changed.map(({ name }) => name)).toEqual(['changed'])
  db.close()
})

test('so it is when another world has a list of the same length', () => {
  const { db, codes } = fill(many, 'one')
  const { codes: others } = fill(many - 1_000, 'two', db)
  const before = new Set(codes.all())
  others.all()
  expect(codes.all().every((row) => before.has(row))).toBe(true)
  db.close()
})

test('rows that nobody lists are let go of, so that memory stays flat', () => {
  const { db, codes } = fill(many, 'one')
  const first = codes.get('one_0')
  for (let nth = 0; nth < many; nth++) codes.get(`one_${nth}`)
  expect(codes.get('one_0')).toEqual(first)
  expect(codes.get('one_0')).not.toBe(first)
  db.close()
})
