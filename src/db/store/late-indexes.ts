/**
 * Indexes that a database in memory has only once somebody asks for what they find, or when their table
 * has become large (docs/decisions/0202).
 */
import type BetterSqlite3 from 'better-sqlite3'

/** The indexes of tables that may come late, each with the column by which it is asked for. */
export type Late = ReadonlyMap<string, Readonly<Record<string, string>>>

export interface LateIndexes {
  /** To be called before this SQL is prepared: makes the indexes that it may use. */
  before(sql: string): void
  /** To be told of rows that a table has got, or lost; null where none of its indexes is late. */
  growth(table: string): ((rows: number) => void) | null
  /** To be called when what SQL wrote was undone, be it an index. */
  again(): void
}

/** A table of more rows has all of its indexes: to make one takes a millisecond for a thousand rows. */
const LARGE = 65_536
/** One after the other, so that nobody waits for all of them. */
const APART = 8_192

interface Index {
  readonly table: string
  /** As conditions name it. */
  readonly column: string
  readonly sql: string
  isMade: boolean
}

/** Takes the indexes out of a new database. */
const takeOut = (db: BetterSqlite3.Database, late: Late): Index[] => {
  const find = db.prepare<[string], string>('select sql from sqlite_master where name = ?').pluck()
  const taken: Index[] = []
  for (const [table, columns] of late) {
    for (const [name, column] of Object.entries(columns)) {
      const sql = find.get(name)
      if (sql === undefined) throw new Error(`There is no index ${name}`)
      db.exec(`drop index ${name}`)
      taken.push({ table, column: `${table}.${column}`, sql, isMade: false })
    }
  }
  return taken
}

export const createLateIndexes = (db: BetterSqlite3.Database, late: Late): LateIndexes => {
  const indexes = takeOut(db, late)
  let missing = indexes.length
  const make = (index: Index): void => {
    db.exec(index.sql)
    index.isMade = true
    missing--
  }
  const growth = (table: string): ((rows: number) => void) => {
    let size = 0
    let limit = LARGE
    return (rows) => {
      size += rows
      if (size <= limit || missing === 0) return
      limit += APART
      const next = indexes.find((index) => index.table === table && !index.isMade)
      if (next !== undefined) make(next)
    }
  }
  return {
    before: (sql) => {
      if (missing === 0) return
      for (const index of indexes) if (!index.isMade && sql.includes(index.column)) make(index)
    },
    growth: (table) => (late.has(table) ? growth(table) : null),
    again: () => {
      for (const { isMade, sql } of indexes)
        if (isMade) db.exec(sql.replace(/^create index/i, 'create index if not exists'))
    },
  }
}
