/**
 * Questions about rows of which none is in its table yet. Few as they are, they are looked through here:
 * most worlds of a test suite live and die without a row in SQLite (docs/decisions/0218).
 */
import { remembering } from '../../lib/remembering.ts'
import type { Question } from '../conditions.ts'
import type { Param, Row } from './codec.ts'
import { compareValues } from './compare-values.ts'
import { conditionTest, valueIn } from './condition-test.ts'
import type { ConditionTest, Given, Slot } from './condition-test.ts'
import { isUnfilled } from './rows.ts'
import type { Asker, Rows } from './shapes.ts'
import type { TableSql } from './sql.ts'

/** Of more rows than that, the table finds them sooner. */
const MOST_LOOKED_THROUGH = 64

/** A question's end: by which columns, and whether a limit and an offset are given. */
interface Ending {
  readonly by: readonly { readonly column: string; readonly sign: 1 | -1 }[]
  readonly isLimited: boolean
  readonly isPaged: boolean
}

/** What was read of a table's questions; a bound, since filters of lists make ever new ones. */
const MOST_KNOWN = 500

const ENDING = /^order by (?<by>[\w., ]+?)(?<limit> limit \+\?)?(?<offset> offset \+\?)?$/

/** Null where rows may be level with one another: which comes first is SQLite's business. */
const endingOf = (tail: string, { name, number }: TableSql): Ending | null => {
  const { by = '', limit, offset } = ENDING.exec(tail)?.groups ?? {}
  const columns = by.split(', ').map((part) => {
    const [column = '', direction = 'asc'] = part.split(' ')
    const sign = direction === 'desc' ? (-1 as const) : (1 as const)
    return { column: column === 'rowid' ? number : column.replace(`${name}.`, ''), sign }
  })
  if (columns.at(-1)?.column !== number) return null
  return { by: columns, isLimited: limit !== undefined, isPaged: offset !== undefined }
}

/** A value as it is compared; undefined where SQLite would compare it by rules of its own. */
const givenFor = ({ type, isList }: Slot, value: Param | undefined): Given | undefined => {
  if (value === null || value === undefined) return isList ? undefined : null
  if (!isList) return typeof value === type ? value : undefined
  const list: unknown = JSON.parse(String(value))
  if (!Array.isArray(list)) return undefined
  const values = list.map((it: unknown) => (typeof it === 'boolean' ? Number(it) : it))
  const fitting = values.filter((it): it is Param => typeof it === type)
  return fitting.length === values.length ? new Set(fitting) : undefined
}

const givenTo = (
  { slots }: ConditionTest,
  params: readonly Param[],
): readonly Given[] | undefined => {
  const all: Given[] = []
  for (const [place, slot] of slots.entries()) {
    const given = givenFor(slot, params[place])
    if (given === undefined) return undefined
    all.push(given)
  }
  return all
}

const sort = (rows: Row[], { by }: Ending): Row[] =>
  rows.sort((a, b) => {
    for (const { column, sign } of by) {
      const order = compareValues(valueIn(a, column), valueIn(b, column))
      if (order !== 0) return sign * order
    }
    return 0
  })

/** Whether all rows are here, and few. */
export const areInHand = (rows: Rows): boolean =>
  rows.waiting.size <= MOST_LOOKED_THROUGH && isUnfilled(rows)

export const createAsker = (sql: TableSql): Asker => {
  const testOf = remembering(MOST_KNOWN, (where: string) =>
    conditionTest(where, sql.name, sql.columns),
  )
  const endingIn = remembering(MOST_KNOWN, (tail: string) => endingOf(tail, sql))

  return (rows: Rows, { where, tail, params, reads }: Question): Row[] | null => {
    if (!areInHand(rows) || reads.some((name) => name !== sql.name)) return null
    const condition = testOf(where)
    const ending = endingIn(tail)
    if (condition === null || ending === null) return null
    const given = givenTo(condition, params)
    if (given === undefined) return null
    const found: Row[] = []
    for (const { row } of rows.waiting.values())
      if (row !== null && condition.test(row, given) === true) found.push(row)
    sort(found, ending)
    if (!ending.isLimited) return found
    const [limit, offset = 0] = params.slice(condition.slots.length).map(Number)
    return found.slice(offset, limit === undefined || limit < 0 ? undefined : offset + limit)
  }
}
