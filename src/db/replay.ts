/** Brings into the tables of a file what a process that was killed has kept beside them (docs/decisions/0203). */
import type BetterSqlite3 from 'better-sqlite3'
import { isOf } from './store/sql.ts'
import { lastIn } from './store/redo.ts'
import type { LastOf } from './store/redo.ts'

const bringIn = (db: BetterSqlite3.Database, { table, columns, id, rows }: LastOf): void => {
  const remove = db.prepare(`delete from ${table} where ${isOf(id)}`)
  const slots = columns.map(() => '?').join(', ')
  const insert = db.prepare(`insert into ${table} (${columns.join(', ')}) values (${slots})`)
  // All of them first: one may have the number, or the name, of another one.
  for (const [key] of rows) remove.run(key)
  for (const [, values] of rows) if (values !== null) insert.run(values)
}

/** By the names that were kept with the rows, so that it can be done in a file of an older format. */
export const replay = (db: BetterSqlite3.Database): void => {
  if (db.prepare("select 1 from sqlite_master where name = 'redo'").get() === undefined) return
  const texts = db.prepare<[], string>('select changes from redo order by seq').pluck().all()
  if (texts.length === 0) return
  db.transaction(() => {
    for (const last of lastIn(texts)) bringIn(db, last)
    db.exec('delete from redo')
  })()
}
