import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'

/** Everything that SQLite knows of the schema, without where it lies. */
const schemaOf = (): unknown[] => {
  const db = new Database(':memory:')
  migrate(db, 0)
  const found = db
    .prepare('select type, name, tbl_name, sql from sqlite_master order by name')
    .all()
  const version = db.pragma('user_version', { simple: true })
  db.close()
  return [version, ...found]
}

test('the third new database of a process, and all after it, are as the first one', () => {
  const first = schemaOf()
  expect(first.length).toBeGreaterThan(100)
  for (let n = 0; n < 3; n++) expect(schemaOf()).toEqual(first)
})
