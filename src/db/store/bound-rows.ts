/**
 * One table's rows of one workspace, as the rest of the program has them. A class: its methods are made
 * once, where an object of functions was made anew for each table of each workspace, twenty functions a
 * table; and all of them have one hidden class.
 */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Options, Where } from '../conditions.ts'
import { letGoOfAll } from './at-hand.ts'
import type { Param, Row } from './codec.ts'
import { dropWaiting, forgetClean, renumber } from './flush.ts'
import { allOf, bytesOf, columnOf, countOf, firstOf, hasAny, matching } from './queries.ts'
import type { Flush } from './queries.ts'
import type { LookedUp, Repository } from './repository.ts'
import { deleteRow, getRow, insertRow, isUnfilled, replaceRow, updateRow } from './rows.ts'
import type { Rows } from './shapes.ts'
import type { Id } from './sql.ts'

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

export class BoundRows implements Repository<SQLiteTable>, LookedUp<SQLiteTable> {
  readonly #rows: Rows
  readonly #flush: Flush

  constructor(rows: Rows, flush: Flush) {
    this.#rows = rows
    this.#flush = flush
  }

  get version(): number {
    return this.#rows.version
  }
  get(id: Id): Row | undefined {
    return getRow(this.#rows, id)
  }
  all(filter?: Where, options?: Options): Row[] {
    return allOf(this.#rows, this.#flush, filter, options)
  }
  column(name: string, filter?: Where, options?: Options): Param[] {
    return columnOf(this.#rows, this.#flush, { name, filter, options })
  }
  first(filter?: Where, options?: Options): Row | undefined {
    return firstOf(this.#rows, this.#flush, filter, options)
  }
  has(filter?: Where): boolean {
    return hasAny(this.#rows, this.#flush, filter)
  }
  count(filter?: Where): number {
    return countOf(this.#rows, this.#flush, filter)
  }
  bytes(columns: readonly string[]): number {
    return bytesOf(this.#rows, columns)
  }
  matching(group: string, value: string, column?: string): Row[] {
    return matching(this.#rows, group, value, column)
  }
  insert(row: Row): number {
    return insertRow(this.#rows, row)
  }
  replace(row: Row): number {
    return replaceRow(this.#rows, row)
  }
  update(id: Id, patch: Row): void {
    updateRow(this.#rows, id, patch)
  }
  delete(id: Id, found?: Row): void {
    deleteRow(this.#rows, id, found)
  }
  updateWhere(filter: Where, patch: Row): number {
    const { sql, work } = this.#rows.shelf
    return work.run(() => {
      const chosen = this.all(filter)
      for (const row of chosen) updateRow(this.#rows, sql.idOf(row), patch, row)
      return chosen.length
    })
  }
  deleteWhere(filter: Where): number {
    const { sql, work } = this.#rows.shelf
    return work.run(() => {
      const chosen = this.all(filter)
      for (const row of chosen) deleteRow(this.#rows, sql.idOf(row), row)
      return chosen.length
    })
  }
  clear(): void {
    clear(this.#rows)
  }
  dropWaiting(): void {
    dropWaiting(this.#rows)
  }
  watch(watcher: Rows['watcher']): void {
    this.#rows.watcher = watcher
  }
  forget(): void {
    letGoOfAll(this.#rows)
  }
}
