import type BetterSqlite3 from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { LookedUp, Repository, TableOptions, TableStatements } from './repository.ts'
import { createAsker } from './ask-waiting.ts'
import { BoundRows } from './bound-rows.ts'
import { flushRows } from './flush.ts'
import { createIdFilter, idsOf } from './id-filter.ts'
import { mostWaiting } from './make-way.ts'
import type { Flush } from './queries.ts'
import { getRow, insertRow, openRows } from './rows.ts'
import type { Rows, Shelf } from './shapes.ts'
import { tableSql } from './sql.ts'
import type { Scope } from './sql.ts'

type Face<T extends SQLiteTable> = Repository<T> & LookedUp<T>

const bind = (rows: Rows, flush: Flush): Face<SQLiteTable> => new BoundRows(rows, flush)

/** One set of rows per workspace, for as long as anybody has it in hand or something waits in it. */
const opener = (shelf: Shelf) => {
  const opened = new Map<Scope, WeakRef<Rows>>()
  let mostOpened = 64
  const dropDead = (): void => {
    for (const [scope, rows] of opened) if (rows.deref() === undefined) opened.delete(scope)
    mostOpened = 2 * opened.size + 64
  }
  return {
    open: (scope: Scope): Rows => {
      const known = opened.get(scope)?.deref()
      if (known !== undefined) return known
      if (opened.size >= mostOpened) dropDead()
      const rows = openRows(shelf, scope)
      opened.set(scope, new WeakRef(rows))
      return rows
    },
    isOpen: (scope: Scope): boolean => opened.get(scope)?.deref() !== undefined,
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
    askWaiting: createAsker(sql),
    isKept: options.at_hand === true,
    lookup: lookup && { group: lookup[0], values: lookup.slice(1) },
    unique: options.unique?.flat() ?? [],
    ids: work.isDurable ? idsOf(sql) : createIdFilter(),
    filled: work.isDurable ? null : new Set(),
    lastSeq: null,
    waiting: 0,
    mostWaiting: mostWaiting(options.is_final === true),
    holders: new Set(),
    taken: 0,
  }
  const { open, isOpen } = opener(shelf)
  work.openers.set(sql.name, open)

  return {
    prepared: () => [...sql.rows.prepared(), ...sql.values.prepared()],
    forWorkspace: (workspace_id) => bind(open(scopeOf(workspace_id)), flush) as Face<T>,
    get: (workspace_id, id) => getRow(open(scopeOf(workspace_id)), id),
    columns: sql.columns,
    isTouched: (workspace_id) => {
      const scope = scopeOf(workspace_id)
      const { filled, waiting, lastSeq } = shelf
      if (isOpen(scope) || filled?.has(scope) !== false) return true
      // Nobody has any: the next one may be the first again.
      return waiting === 0 && filled.size === 0 && lastSeq !== null && lastSeq > 0
    },
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
