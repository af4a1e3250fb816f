/** Questions about the rows of one table and one workspace: few that all still wait answer themselves. */
import { SLOT } from '../condition-sql.ts'
import { questionOf } from '../conditions.ts'
import type { Options, Question, Where } from '../conditions.ts'
import { areInHand } from './ask-waiting.ts'
import { makeRoomFor } from './at-hand.ts'
import type { Param, Row } from './codec.ts'
import { flushRows } from './flush.ts'
import { getRow, isUnfilled } from './rows.ts'
import type { Rows } from './shapes.ts'
import { keyOf } from './sql.ts'
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

/** Nothing is to be found, whatever is asked. */
const isEmpty = (rows: Rows): boolean => rows.waiting.size === 0 && isUnfilled(rows)

/** Those that all still wait; null when the table is to be asked: what the question reads is in its tables then, and no more. */
const waitingOrReady = (rows: Rows, flush: Flush, question: Question): Row[] | null => {
  const waiting = rows.shelf.askWaiting(rows, question)
  if (waiting !== null) return waiting
  flushRows(rows)
  if (question.reads.length > 0) flush(question.reads, rows.scope)
  return null
}

export const allOf = (rows: Rows, flush: Flush, filter?: Where, options?: Options): Row[] => {
  if (isEmpty(rows)) return []
  const question = questionOf(filter, options)
  const waiting = waitingOrReady(rows, flush, question)
  if (waiting !== null) return waiting
  const { where, params, tail } = question
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

export const firstOf = (
  rows: Rows,
  flush: Flush,
  filter?: Where,
  options?: Options,
): Row | undefined => {
  if (isEmpty(rows)) return undefined
  const question = questionOf(filter, options)
  const waiting = waitingOrReady(rows, flush, question)
  if (waiting !== null) return waiting[0]
  const { where, params, tail } = question
  const { sql, isKept } = rows.shelf
  if (isKept) {
    const id = sql.values.scoped(`select ${sql.idColumns[0]} from`, where, tail)
    const found = id.get(rows.scope, ...params)
    return found === undefined ? undefined : getRow(rows, String(found))
  }
  const raw = sql.rows.scoped(sql.select, where, tail).get(rows.scope, ...params)
  return raw === undefined ? undefined : sql.decode(raw)
}

/** Which column, of which rows. */
interface Column {
  name: string
  filter: Where | undefined
  options: Options | undefined
}

export const columnOf = (rows: Rows, flush: Flush, { name, filter, options }: Column): Param[] => {
  if (isEmpty(rows)) return []
  const { sql } = rows.shelf
  const question = questionOf(filter, options)
  const waiting = waitingOrReady(rows, flush, question)
  if (waiting !== null) return waiting.map((row) => sql.stored(row, name))
  const { where, params, tail } = question
  return sql.values.scoped(`select ${name} from`, where, tail).all(rows.scope, ...params)
}

export const hasAny = (rows: Rows, flush: Flush, filter?: Where): boolean => {
  if (isEmpty(rows)) return false
  const question = questionOf(filter)
  const waiting = waitingOrReady(rows, flush, question)
  if (waiting !== null) return waiting.length > 0
  const one = rows.shelf.sql.values.scoped('select 1 from', question.where, 'limit 1')
  return one.get(rows.scope, ...question.params) !== undefined
}

export const countOf = (rows: Rows, flush: Flush, filter?: Where): number => {
  if (isEmpty(rows)) return 0
  const question = questionOf(filter)
  const waiting = waitingOrReady(rows, flush, question)
  if (waiting !== null) return waiting.length
  const { where, params } = question
  const all = rows.shelf.sql.values.scoped('select count(*) from', where, '')
  return Number(all.get(rows.scope, ...params))
}

export const bytesOf = (rows: Rows, columns: readonly string[]): number => {
  if (isEmpty(rows)) return 0
  flushRows(rows)
  const sizes = columns.map((column) => `coalesce(octet_length(${column}), 0)`)
  const sum = `select coalesce(sum(${sizes.join(' + ')}), 0) from`
  return Number(rows.shelf.sql.values.scoped(sum, '', '').get(rows.scope))
}

/** The ids of a group's rows with what they have in another column, in the order of creation. */
const groupOf = (rows: Rows, group: string, other: string): [string, unknown][] => {
  const { sql, lookup } = rows.shelf
  const { group: column = '' } = lookup ?? {}
  if (areInHand(rows)) {
    const found: Row[] = []
    for (const { row } of rows.waiting.values()) if (row?.[column] === group) found.push(row)
    found.sort((a, b) => Number(a[sql.number]) - Number(b[sql.number]))
    return found.map((row) => [keyOf(sql.idOf(row)), row[other]])
  }
  flushRows(rows)
  const select = `select ${sql.idColumns[0]} as id, ${other} as value from`
  const all = sql.rows.scoped(select, `${column} = ${SLOT}`, 'order by seq').all(rows.scope, group)
  return all.map(({ id, value }) => [String(id), value])
}

/** @param column that of the value; the first one of the lookup when not given */
export const matching = (rows: Rows, group: string, value: string, column?: string): Row[] => {
  const asked = rows.lookups.find((it) => column === undefined || it.column === column)
  if (asked === undefined)
    throw new Error(`${rows.shelf.sql.name} has no lookup by ${column ?? 'anything'}`)
  const load = () => (isEmpty(rows) ? [] : groupOf(rows, group, asked.column))
  const found = rowsOf(rows, asked.lookup.find({ group, value }, load))
  // One that got these values later stands behind there, whenever it was made.
  return found.length < 2 ? found : found.sort((a, b) => Number(a['seq']) - Number(b['seq']))
}
