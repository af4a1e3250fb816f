/**
 * The rows of one table and one workspace. A row is a value, and a row at hand is always whole. What
 * was written waits here until its table gets it (docs/decisions/0022).
 */
import { keep, letGo } from './at-hand.ts'
import type { Row } from './codec.ts'
import { createLookup } from './lookup.ts'
import type { Place } from './lookup.ts'
import { keyOf } from './sql.ts'
import type { Id, Scope } from './sql.ts'
import type { Rows, Shelf, Waiting } from './shapes.ts'

export const openRows = (shelf: Shelf, scope: Scope): Rows => ({
  shelf,
  scope,
  waiting: new Map(),
  clean: new Map(),
  lookups: (shelf.lookup?.values ?? []).map((column) => ({ column, lookup: createLookup() })),
  version: 0,
  isEmptied: false,
  isMoved: false,
  watcher: null,
  flushedIn: 0,
})

/** As far as it is known without asking the table. */
const atHand = ({ waiting, clean }: Rows, key: string): Row | null | undefined => {
  const change = waiting.get(key)
  return change === undefined ? clean.get(key) : change.row
}

/** Whether nothing of these rows is in their table, as far as that is known. */
export const isUnfilled = ({ shelf: { filled }, scope, isEmptied }: Rows): boolean =>
  isEmptied || filled?.has(scope) === false

export const getRow = (rows: Rows, id: Id): Row | undefined => {
  const { sql, isKept } = rows.shelf
  const key = keyOf(id)
  const known = atHand(rows, key)
  if (known !== undefined) return known ?? undefined
  const row = isUnfilled(rows) ? undefined : sql.read(rows.scope, id)
  if (isKept) keep(rows, key, row ?? null)
  return row
}

const placeIn = (row: Row, group: string, column: string): Place => ({
  group: row[group],
  value: row[column],
})

const moveInLookups = (rows: Rows, key: string, before: Row | null, after: Row | null): void => {
  const { lookups, shelf } = rows
  const { group = '' } = shelf.lookup ?? {}
  for (const { column, lookup } of lookups) {
    const from = before && placeIn(before, group, column)
    const to = after && placeIn(after, group, column)
    if (from?.group === to?.group && from?.value === to?.value) continue
    if (from !== null) lookup.remove(key, from)
    if (to !== null) lookup.add(key, to)
  }
}

export const setWaiting = (rows: Rows, key: string, change: Waiting | undefined): void => {
  const { waiting, shelf } = rows
  const before = waiting.size
  if (change === undefined) waiting.delete(key)
  else waiting.set(key, change)
  if (waiting.size === before) return
  shelf.waiting += waiting.size - before
  shelf.work.count(rows, waiting.size - before)
}

/** The one way in which a row changes. */
const write = (rows: Rows, id: Id, after: Row | null, base: Row | null | undefined): void => {
  const { shelf, waiting, clean } = rows
  const { sql } = shelf
  const key = keyOf(id)
  const change = waiting.get(key)
  const known = clean.get(key)
  // What its table has need not be looked up when this is taken back. One that was emptied has it again then.
  const before = change === undefined && !rows.isEmptied ? (known ?? base) : known
  shelf.work.note({ rows, id, waiting: change, clean: before, lastSeq: shelf.lastSeq })
  rows.version++
  rows.watcher?.(key, after ?? change?.row ?? before ?? null)
  if (known !== undefined) letGo(rows, key)
  // What is made anew comes last, as it would in the table.
  if (change?.row === null) setWaiting(rows, key, undefined)
  if (after !== null) setWaiting(rows, key, { id, row: after, base })
  // Of one that is to go its number is enough; the rest of it need not be held meanwhile.
  else if (base !== null) setWaiting(rows, key, { id, row: null, base: base && sql.numbered(base) })
  else {
    // What never reached its table need not leave it, nor does the next one of that id: a job's comes soon.
    setWaiting(rows, key, undefined)
    if (!shelf.isKept) keep(rows, key, null)
  }
  if (rows.lookups.length > 0) {
    moveInLookups(rows, key, (change === undefined ? known : change.row) ?? null, after)
  }
}

/** The row as its table has it, as far as that is known. */
const baseOf = ({ waiting, clean }: Rows, key: string): Row | null | undefined => {
  const change = waiting.get(key)
  return change === undefined ? clean.get(key) : change.base
}

/** Notes an id; answers whether the table never had it, as far as that is known. */
const claimNew = ({ shelf: { ids }, scope }: Rows, key: string): boolean => ids.claim(scope, key)

const writeNew = (rows: Rows, id: Id, key: string, row: Row): void => {
  const { shelf } = rows
  const clean = rows.isEmptied ? undefined : null
  shelf.work.note({ rows, id, waiting: undefined, clean, lastSeq: shelf.lastSeq })
  rows.version++
  rows.watcher?.(key, row)
  setWaiting(rows, key, { id, row, base: null })
  if (rows.lookups.length > 0) moveInLookups(rows, key, null, row)
}

/** Puts in a row of another id than all others. @throws Error when there is one of it. */
const add = (rows: Rows, id: Id, row: Row): void => {
  const { sql } = rows.shelf
  const key = keyOf(id)
  // A number that the program gives is never taken.
  if (claimNew(rows, key) || sql.idColumns[0] === 'seq') {
    writeNew(rows, id, key, row)
    return
  }
  const known = atHand(rows, key)
  const isThere =
    known === undefined ? !isUnfilled(rows) && sql.has(rows.scope, id) : known !== null
  if (isThere) {
    throw new Error(`There is a row ${JSON.stringify(id)} in ${sql.name} already.`)
  }
  const change = rows.waiting.get(key)
  write(rows, id, row, change === undefined ? null : change.base)
}

const nextSeq = (shelf: Shelf): number => {
  // Newer rows may wait, of this or another workspace.
  if (shelf.lastSeq === null) shelf.work.flushOf(shelf)
  shelf.lastSeq ??= shelf.sql.newest()
  return shelf.lastSeq + 1
}

/** Answers the row's number. @throws Error when there is one of that id. */
export const insertRow = (rows: Rows, given: Row): number => {
  const { shelf, scope } = rows
  const { work, sql } = shelf
  if (!work.isOpen) return work.run(() => insertRow(rows, given))
  const seq = nextSeq(shelf)
  const row = sql.whole(scope, given, seq)
  add(rows, sql.idOf(row), row)
  shelf.lastSeq = seq
  return seq
}

/** Inserts, or takes the place of the row of that id, as the newest one. Answers its number. */
export const replaceRow = (rows: Rows, given: Row): number => {
  const { shelf, scope } = rows
  const { work, sql } = shelf
  if (!work.isOpen) return work.run(() => replaceRow(rows, given))
  const seq = nextSeq(shelf)
  const row = sql.whole(scope, given, seq)
  const id = sql.idOf(row)
  const key = keyOf(id)
  if (claimNew(rows, key)) writeNew(rows, id, key, row)
  else {
    deleteRow(rows, id)
    add(rows, id, row)
  }
  shelf.lastSeq = seq
  return seq
}

/** Does nothing where there is no such row. @param found the row as it is, where that is known */
export const updateRow = (rows: Rows, id: Id, patch: Row, found?: Row): void => {
  const { work, sql, unique } = rows.shelf
  if (!work.isOpen) return work.run(() => updateRow(rows, id, patch))
  const before = found ?? getRow(rows, id)
  if (before === undefined) return
  const after = sql.changed(before, patch)
  const key = keyOf(id)
  const base = rows.waiting.has(key) ? baseOf(rows, key) : before
  if (unique.some((column) => after[column] !== before[column])) rows.isMoved = true
  const newId = sql.idOf(after)
  if (keyOf(newId) === key) {
    write(rows, id, after, base)
    return
  }
  rows.isMoved = true
  write(rows, id, null, base)
  add(rows, newId, after)
}

/** @param found the row as it is, where that is known */
export const deleteRow = (rows: Rows, id: Id, found?: Row): void => {
  const { shelf, scope } = rows
  const { work, sql } = shelf
  if (!work.isOpen) return work.run(() => deleteRow(rows, id, found))
  const key = keyOf(id)
  if (rows.lookups.length > 0) getRow(rows, id)
  if (atHand(rows, key) === null) return
  const known = baseOf(rows, key)
  const isInTable = known === undefined && found !== undefined && !rows.waiting.has(key)
  write(rows, id, null, isInTable ? sql.whole(scope, found, sql.numberOf(found)) : known)
}
