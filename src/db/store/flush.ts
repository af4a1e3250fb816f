/** How what waits gets into its table, and how it is forgotten or put back. */
import { keep, letGo, letGoOfAll } from './at-hand.ts'
import { setWaiting } from './rows.ts'
import { keyOf } from './sql.ts'
import type { Scope, TableSql } from './sql.ts'
import type { Before, Rows, Waiting } from './shapes.ts'

const takeOut = (sql: TableSql, scope: Scope, { id, base }: Pick<Waiting, 'id' | 'base'>): void => {
  if (base) sql.removeRow(base)
  else if (base === undefined) sql.remove(scope, id)
}

const putInTable = ({ shelf: { sql }, scope }: Rows, { id, row, base }: Waiting): void => {
  if (base && row) return sql.update(base, row)
  // Not "insert or replace": SQLite prepares to undo that half-way, by copies of the pages.
  takeOut(sql, scope, { id, base })
  if (row !== null) sql.insert(row)
}

/** Takes out of the table whatever waits to be changed there, so that all numbers are free. */
const clearTheWay = (rows: Rows): void => {
  const { waiting, scope, shelf } = rows
  for (const [key, change] of waiting) {
    if (change.base === null) continue
    takeOut(shelf.sql, scope, change)
    setWaiting(rows, key, change.row === null ? undefined : { ...change, base: null })
  }
  rows.isMoved = false
}

const bringIn = (rows: Rows, most: number): number => {
  const { work, isKept } = rows.shelf
  work.beforeFlush(rows)
  rows.shelf.filled?.add(rows.scope)
  if (rows.isMoved) clearTheWay(rows)
  let done = 0
  for (const [key, change] of rows.waiting) {
    putInTable(rows, change)
    setWaiting(rows, key, undefined)
    if (isKept && change.row !== null) keep(rows, key, change.row)
    if (++done >= most) break
  }
  return done
}

/** Brings up to `most` rows into their table; answers how many. @throws what SQLite says */
export const flushRows = (rows: Rows, most = Number.POSITIVE_INFINITY): number => {
  // Somebody is about to read the table.
  if (rows.isEmptied) rows.shelf.work.protect()
  if (rows.waiting.size === 0) return 0
  try {
    return bringIn(rows, most)
  } catch (error) {
    rows.shelf.work.afterFailure(error)
    throw error
  }
}

/** Lets go of what waits: the whole table is about to be emptied, so that none of it need be written. */
export const dropWaiting = (rows: Rows): void => {
  const { shelf, waiting } = rows
  if (!shelf.work.isOpen) return
  for (const [key, change] of waiting) {
    const { lastSeq } = shelf
    shelf.work.note({ rows, id: change.id, waiting: change, clean: undefined, lastSeq })
    setWaiting(rows, key, undefined)
  }
}

/** Lets go of what the table has as well; nothing waits. */
export const forgetClean = (rows: Rows): void => {
  letGoOfAll(rows)
  for (const { lookup } of rows.lookups) lookup.clear()
  rows.version++
}

/**
 * Numbers count anew where no row is left, so that a world that is reset is the same again. Beside
 * other workspaces they go on: to ask for the newest one, whatever waits of the table had to be in it.
 */
export const renumber = ({ shelf, scope }: Rows): void => {
  const { filled } = shelf
  if (filled === null) shelf.lastSeq = null
  else if (shelf.waiting === 0 && filled.size === (filled.has(scope) ? 1 : 0)) shelf.lastSeq = 0
}

/** Takes back the table's rows as they are: what waited never was. */
export const forgetRows = (rows: Rows): void => {
  rows.shelf.filled?.add(rows.scope)
  for (const key of rows.waiting.keys()) setWaiting(rows, key, undefined)
  forgetClean(rows)
  rows.shelf.lastSeq = null
}

/** Puts back what a failed transaction wrote, the last write first. `serial` is the transaction's. */
export const putBack = ({ rows, id, waiting, clean, lastSeq }: Before, serial: number): void => {
  const key = keyOf(id)
  rows.version++
  for (const { lookup } of rows.lookups) lookup.clear()
  rows.shelf.lastSeq = lastSeq
  const isKnown = waiting !== undefined || clean !== undefined
  if (rows.flushedIn === serial && isKnown) {
    // The table may have it in a state that never was.
    const row = (waiting === undefined ? clean : waiting.row) ?? null
    letGo(rows, key)
    rows.isMoved = true
    setWaiting(rows, key, { id, row, base: undefined })
    return
  }
  setWaiting(rows, key, waiting)
  if (clean) keep(rows, key, clean)
  else letGo(rows, key)
}

/** Looks up what a write did not need to know, while the table still knows it. */
export const completeBefore = (before: Before): void => {
  if (before.waiting !== undefined || before.clean !== undefined) return
  const { rows, id } = before
  before.clean = rows.shelf.sql.read(rows.scope, id) ?? null
}
