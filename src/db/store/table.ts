import type BetterSqlite3 from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { questionOf } from '../conditions.ts'
import type { Options, Where } from '../conditions.ts'
import { SLOT } from '../condition-sql.ts'
import type { LookedUp, Repository, TableOptions, TableStatements } from './repository.ts'
import { letGoOfAll, makeRoomFor } from './at-hand.ts'
import type { Param, Row } from './codec.ts'
import { dropWaiting, flushRows, forgetClean, renumber } from './flush.ts'
import { createIdFilter, idsOf } from './id-filter.ts'
import { mostWaiting } from './make-way.ts'
import {
  deleteRow,
  getRow,
  isUnfilled,
  insertRow,
  openRows,
  replaceRow,
  updateRow,
} from './rows.ts'
import type { Rows, Shelf } from './shapes.ts'
import { tableSql } from './sql.ts'
import type { Scope } from './sql.ts'

/** Brings the rows of these tables and one workspace up to date, before SQL that reads them. */
export type Flush = (tables: readonly string[], scope: Scope) => void

const rowsOf = (rows: Rows, ids: Iterable<Param>): Row[] => {
  const found: Row[] = []
  for (const id of ids) {
    const row = getRow(rows, String(id))
    if (row !== undefined) found.push(row)
  }
  return found
}

/** Which rows, and in what order. */
type Query = [filter?: Where, options?: Options]

/** All rows that a question finds, once they are in their table. */
const allOf = (rows: Rows, { where, params, tail }: ReturnType<typeof questionOf>): Row[] => {
  const { sql, isKept, work } = rows.shelf
  if (!isKept) {
    return sql.rows
      .scoped(sql.select, where, tail)
      .all(rows.scope, ...params)
      .map(sql.decode)
  }
  // Most of the rows are at hand already: only their ids are asked for.
  const ids = sql.values.scoped(`select ${sql.idColumns[0]} from`, where, tail)
  const chosen = ids.all(rows.scope, ...params)
  makeRoomFor(work, chosen.length)
  return rowsOf(rows, chosen)
}

const queries = (rows: Rows, flush: Flush) => {
  const { sql, isKept } = rows.shelf
  const { scope } = rows
  const [idColumn = ''] = sql.idColumns
  /** Nothing to be found, whatever is asked. */
  const isEmpty = (): boolean => rows.waiting.size === 0 && isUnfilled(rows)
  /** What the query reads is in its tables then, and no more. */
  const ready = (query: Query) => {
    const ready = questionOf(...query)
    flushRows(rows)
    if (ready.reads.length > 0) flush(ready.reads, scope)
    return ready
  }
  return {
    all: (...query: Query): Row[] => {
      if (isEmpty()) return []
      return allOf(rows, ready(query))
    },
    column: (column: string, ...query: Query): Param[] => {
      if (isEmpty()) return []
      const { where, params, tail } = ready(query)
      return sql.values.scoped(`select ${column} from`, where, tail).all(scope, ...params)
    },
    first: (...query: Query): Row | undefined => {
      if (isEmpty()) return undefined
      const { where, params, tail } = ready(query)
      if (isKept) {
        const id = sql.values.scoped(`select ${idColumn} from`, where, tail)
        const found = id.get(scope, ...params)
        return found === undefined ? undefined : getRow(rows, String(found))
      }
      const raw = sql.rows.scoped(sql.select, where, tail).get(scope, ...params)
      return raw === undefined ? undefined : sql.decode(raw)
    },
    has: (filter?: Where): boolean => {
      if (isEmpty()) return false
      const { where, params } = ready([filter])
      const one = sql.values.scoped('select 1 from', where, 'limit 1')
      return one.get(scope, ...params) !== undefined
    },
    bytes: (columns: readonly string[]): number => {
      if (isEmpty()) return 0
      ready([])
      const sizes = columns.map((column) => `coalesce(octet_length(${column}), 0)`)
      const sum = `select coalesce(sum(${sizes.join(' + ')}), 0) from`
      return Number(sql.values.scoped(sum, '', '').get(scope))
    },
    count: (...query: Query): number => {
      if (isEmpty()) return 0
      const { where, params } = ready(query)
      return Number(sql.values.scoped('select count(*) from', where, '').get(scope, ...params))
    },
  }
}

const matching = (rows: Rows, group: string, value: string): Row[] => {
  const { sql, lookup } = rows.shelf
  if (lookup === undefined || rows.lookup === null) throw new Error(`${sql.name} has no lookup`)
  const load = (): [string, unknown][] => {
    if (rows.waiting.size === 0 && isUnfilled(rows)) return []
    flushRows(rows)
    const select = `select ${sql.idColumns[0]} as id, ${lookup[1]} as value from`
    const all = sql.rows
      .scoped(select, `${lookup[0]} = ${SLOT}`, 'order by seq')
      .all(rows.scope, group)
    return all.map(({ id, value: own }) => [String(id), own])
  }
  const found = rowsOf(rows, rows.lookup.find({ group, value }, load))
  // One that got these values later stands behind there, whenever it was made.
  return found.length < 2 ? found : found.sort((a, b) => Number(a['seq']) - Number(b['seq']))
}

/** Empties the table of the workspace's rows, as SQL: there may be many. */
const clear = (rows: Rows): void => {
  const { work } = rows.shelf
  work.run(() => {
    dropWaiting(rows)
    // A world fills few of its tables.
    if (!isUnfilled(rows)) work.empty(rows)
    forgetClean(rows)
    renumber(rows)
  })
}

type Face<T extends SQLiteTable> = Repository<T> & LookedUp<T>

/** A getter of each table's own would give each a hidden class of its own, and make every use of it slow. */
class Versioned {
  readonly #rows: Rows
  constructor(rows: Rows) {
    this.#rows = rows
  }
  get version(): number {
    return this.#rows.version
  }
}

const bind = (rows: Rows, flush: Flush): Face<SQLiteTable> => {
  const found = queries(rows, flush)
  const { work, sql } = rows.shelf
  const face: Omit<Face<SQLiteTable>, 'version'> = {
    ...found,
    get: (id) => getRow(rows, id),
    matching: (group, value) => matching(rows, group, value),
    insert: (row) => insertRow(rows, row),
    replace: (row) => replaceRow(rows, row),
    update: (id, patch) => updateRow(rows, id, patch),
    delete: (id, found) => deleteRow(rows, id, found),
    updateWhere: (filter, patch) =>
      work.run(() => {
        const chosen = found.all(filter)
        for (const row of chosen) updateRow(rows, sql.idOf(row), patch, row)
        return chosen.length
      }),
    deleteWhere: (filter) =>
      work.run(() => {
        const chosen = found.all(filter)
        for (const row of chosen) deleteRow(rows, sql.idOf(row), row)
        return chosen.length
      }),
    clear: () => clear(rows),
    dropWaiting: () => dropWaiting(rows),
    watch: (watcher) => {
      rows.watcher = watcher
    },
    forget: () => letGoOfAll(rows),
  }
  return Object.assign(new Versioned(rows), face)
}

/** One set of rows per workspace, for as long as anybody has it in hand or something waits in it. */
const opener = (shelf: Shelf): ((scope: Scope) => Rows) => {
  const opened = new Map<Scope, WeakRef<Rows>>()
  let mostOpened = 64
  const dropDead = (): void => {
    for (const [scope, rows] of opened) if (rows.deref() === undefined) opened.delete(scope)
    mostOpened = 2 * opened.size + 64
  }
  return (scope) => {
    const known = opened.get(scope)?.deref()
    if (known !== undefined) return known
    if (opened.size >= mostOpened) dropDead()
    const rows = openRows(shelf, scope)
    opened.set(scope, new WeakRef(rows))
    return rows
  }
}

/** Builds a table's repositories from its drizzle definition. */
export const tableStatements = <T extends SQLiteTable>(
  db: BetterSqlite3.Database,
  table: T,
  options: TableOptions,
): TableStatements<T> => {
  const { work, lookup, id, flush = () => undefined } = options
  const sql = tableSql(db, table, id, options.late ?? null)
  const scopeOf: (workspace_id: string) => Scope = options.scopeOf ?? ((name) => name)
  const shelf: Shelf = {
    sql,
    work,
    isKept: options.at_hand === true,
    lookup,
    unique: options.unique?.flat() ?? [],
    ids: work.isDurable ? idsOf(sql) : createIdFilter(),
    filled: work.isDurable ? null : new Set(),
    lastSeq: null,
    waiting: 0,
    mostWaiting: mostWaiting(options.is_final === true),
    holders: new Set(),
    taken: 0,
  }
  const open = opener(shelf)
  work.openers.set(sql.name, open)

  return {
    prepared: () => [...sql.rows.prepared(), ...sql.values.prepared()],
    forWorkspace: (workspace_id) => bind(open(scopeOf(workspace_id)), flush) as Face<T>,
    columns: sql.columns,
    flush: (scope) => {
      if (scope === undefined) work.flushOf(shelf)
      else flushRows(open(scope))
    },
    dump: (workspace_id) => {
      const scope = scopeOf(workspace_id)
      flushRows(open(scope))
      return sql.rows
        .scoped(sql.select, '', 'order by rowid')
        .all(scope)
        .map((raw) => {
          const { workspace_id: _, ...rest } = sql.withoutNumber(sql.decode(raw))
          return rest
        })
    },
    load: (workspace_id, given) => {
      const rows = open(scopeOf(workspace_id))
      return work.run(() => given.map((row) => insertRow(rows, row)))
    },
  }
}
