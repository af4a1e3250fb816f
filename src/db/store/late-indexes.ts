/** Indexes that a database has only once somebody asks for what they find (docs/decisions/0202). */
import type BetterSqlite3 from 'better-sqlite3'
import { Column } from 'drizzle-orm/column'
import { is as isA } from 'drizzle-orm/entity'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** A table, and its indexes that may come late, each with the column by which it is asked for. */
export interface LateTable {
  readonly table: SQLiteTable
  readonly late_indexes: Readonly<Record<string, string>>
}

export interface LateIndexes {
  /** To be called before this SQL is prepared: makes the indexes that it may use. */
  before(sql: string): void
  /** To be called when a table has got a row; null where none of its indexes is late. */
  growth(table: string): (() => void) | null
  /** To be called when what SQL wrote was undone, be it an index. */
  again(): void
}

interface Index {
  readonly table: string
  /** As conditions name it. */
  readonly column: string
  readonly sql: string
  isMade: boolean
  /** Somebody asked for it. */
  isWanted: boolean
}

/** Whether rows are found by the column's values. One that is only compared, or answered, needs no index. */
const asksFor = (sql: string, { column }: Index): boolean =>
  sql.includes(`${column} = `) || sql.includes(`${column} in `)

/** How it is made, and whether no two rows may be the same in it. */
const definitionOf = (name: string, table: SQLiteTable): { sql: string; isUnique: boolean } => {
  const config = getTableConfig(table)
  const found = config.indexes.find((it) => it.config.name === name)
  if (found === undefined) throw new Error(`There is no index ${name}`)
  const { unique: isUnique } = found.config
  const kind = isUnique ? 'unique index' : 'index'
  const columns = found.config.columns.map((column) => {
    if (!isA(column, Column)) throw new Error(`${name} is not of columns alone`)
    return column.name
  })
  const sql = `create ${kind} if not exists ${name} on ${config.name} (${columns.join(', ')})`
  return { sql, isUnique }
}

/** The late indexes of a table. As long as it is empty, it has none of them. */
const indexesOf = (
  db: BetterSqlite3.Database,
  { table, late_indexes }: LateTable,
  isThere: (name: string) => boolean,
): Index[] => {
  const { name: of } = getTableConfig(table)
  const isEmpty = db.prepare(`select 1 from ${of} limit 1`).get() === undefined
  return Object.entries(late_indexes).map(([name, its]) => {
    const { sql, isUnique } = definitionOf(name, table)
    // In a file rows are found by their id after a crash as well, before anything is asked (db/replay.ts).
    const isNeeded = isUnique && !db.memory
    if (isEmpty && !isNeeded) db.exec(`drop index if exists ${name}`)
    return { table: of, column: `${of}.${its}`, sql, isMade: isThere(name), isWanted: isNeeded }
  })
}

export const createLateIndexes = (
  db: BetterSqlite3.Database,
  tables: readonly LateTable[],
): LateIndexes => {
  const find = db.prepare<[string], number>('select 1 from sqlite_master where name = ?').pluck()
  const isThere = (name: string): boolean => find.get(name) === 1
  const indexes = tables.flatMap((it) => indexesOf(db, it, isThere))
  let missing = indexes.filter(({ isMade }) => !isMade).length

  const make = (index: Index): void => {
    index.isWanted = true
    try {
      db.exec(index.sql)
    } catch {
      // There is no room for it on the disk. Until there is, the table is read instead.
      return
    }
    index.isMade = true
    missing--
  }
  for (const index of indexes) if (index.isWanted && !index.isMade) make(index)

  return {
    before: (sql) => {
      if (missing === 0) return
      for (const index of indexes) if (!index.isMade && asksFor(sql, index)) make(index)
    },
    growth: (table) => {
      const its = indexes.filter((it) => it.table === table)
      if (its.length === 0) return null
      return () => {
        if (missing > 0) for (const index of its) if (index.isWanted && !index.isMade) make(index)
      }
    },
    again: () => {
      for (const index of indexes) {
        if (!index.isMade) continue
        index.isMade = false
        missing++
        make(index)
      }
    },
  }
}
