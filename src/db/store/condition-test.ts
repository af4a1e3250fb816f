/**
 * A condition's SQL read as a function of a row, for conditions that compare columns with values and no
 * more. What is more than that has none: then the table is asked (docs/decisions/0218).
 */
import { SLOT } from '../condition-sql.ts'
import type { ColumnShape, Param, Row } from './codec.ts'
import { compareValues } from './compare-values.ts'

/** A value that is given, or a list of them. */
export type Given = Param | ReadonlySet<Param>

/** Null is neither, as in SQL: a comparison with nothing. */
type Verdict = boolean | null
type Test = (row: Row, given: readonly Given[]) => Verdict

/** What a value must be: SQLite would compare another one by rules of its own. */
export interface Slot {
  readonly type: 'string' | 'number'
  readonly isList: boolean
}

export interface ConditionTest {
  readonly test: Test
  readonly slots: readonly Slot[]
}

/** A column as values are compared: booleans are 1 and 0. */
interface Operand {
  readonly type: Slot['type'] | 'json'
  readonly of: (row: Row, given: readonly Given[]) => Param
}

const beyond = new Error('SQL that is no plain comparison')

const TOKENS = /'(?:[^']|'')*'|\+\?|<=|>=|<>|[\w.]+|\S/g

/** What has been read of a condition's SQL. */
interface Reader {
  readonly tokens: readonly string[]
  at: number
  readonly slots: Slot[]
  readonly columns: ReadonlyMap<string, ColumnShape>
}

const take = (reader: Reader, ...words: string[]): boolean => {
  if (!words.every((word, at) => reader.tokens[reader.at + at] === word)) return false
  reader.at += words.length
  return true
}

const expect = (reader: Reader, ...words: string[]): void => {
  if (!take(reader, ...words)) throw beyond
}

export const valueIn = (row: Row, column: string): Param => {
  const value = row[column]
  if (typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'boolean' ? Number(value) : null
}

const columnOf = ({ name, type }: ColumnShape): Operand => ({
  type: type === 'boolean' ? 'number' : type,
  of: (row) => valueIn(row, name),
})

const slotOf = ({ slots }: Reader, type: Slot['type']): Operand['of'] => {
  const place = slots.push({ type, isList: false }) - 1
  return (_, given) => {
    const value = given[place]
    return typeof value === 'object' ? null : (value ?? null)
  }
}

/** What a column of this type is compared with. */
const readOther = (reader: Reader, type: Slot['type']): Operand['of'] => {
  if (take(reader, SLOT)) return slotOf(reader, type)
  const token = reader.tokens[reader.at++] ?? ''
  const column = reader.columns.get(token)
  if (column !== undefined) {
    const other = columnOf(column)
    if (other.type === type) return other.of
  }
  if (type === 'string' && token.startsWith("'")) {
    const text = token.slice(1, -1).replaceAll("''", "'")
    return () => text
  }
  if (type === 'number' && /^\d+$/.test(token)) return () => Number(token)
  throw beyond
}

const comparisons: Readonly<Record<string, (a: Param, b: Param) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => compareValues(a, b) < 0,
  '<=': (a, b) => compareValues(a, b) <= 0,
  '>': (a, b) => compareValues(a, b) > 0,
  '>=': (a, b) => compareValues(a, b) >= 0,
}

const readList = (reader: Reader, type: Slot['type'], of: Operand['of']): Test => {
  expect(reader, '(', 'select', 'value', 'from', 'json_each', '(', SLOT, ')', ')')
  const place = reader.slots.push({ type, isList: true }) - 1
  return (row, given) => {
    const value = of(row, given)
    const list = given[place]
    // Nothing at all is in an empty list, not even nothing.
    if (!(list instanceof Set) || list.size === 0) return false
    return value === null ? null : list.has(value)
  }
}

const readComparison = (reader: Reader): Test => {
  const column = reader.columns.get(reader.tokens[reader.at++] ?? '')
  if (column === undefined) throw beyond
  const { name } = column
  if (take(reader, 'is', 'null')) return (row) => (row[name] ?? null) === null
  if (take(reader, 'is', 'not', 'null')) return (row) => (row[name] ?? null) !== null
  const { type, of } = columnOf(column)
  if (type === 'json') throw beyond
  if (take(reader, 'in')) return readList(reader, type, of)
  const holds = comparisons[reader.tokens[reader.at++] ?? '']
  if (holds === undefined) throw beyond
  const other = readOther(reader, type)
  return (row, given) => {
    const value = of(row, given)
    const wanted = other(row, given)
    return value === null || wanted === null ? null : holds(value, wanted)
  }
}

const readOne = (reader: Reader): Test => {
  if (take(reader, 'not')) {
    const test = readOne(reader)
    return (row, given) => {
      const verdict = test(row, given)
      return verdict === null ? null : !verdict
    }
  }
  if (take(reader, 'true')) return () => true
  if (take(reader, 'false')) return () => false
  if (!take(reader, '(')) return readComparison(reader)
  const test = readAny(reader)
  expect(reader, ')')
  return test
}

/** Several in a row, of which one of this verdict decides. */
const readRow = (reader: Reader, word: 'and' | 'or', readPart: (reader: Reader) => Test): Test => {
  const deciding = word === 'or'
  let whole = readPart(reader)
  while (take(reader, word)) {
    const [left, right] = [whole, readPart(reader)]
    whole = (row, given) => {
      const first = left(row, given)
      if (first === deciding) return first
      const second = right(row, given)
      return second === deciding || first !== null ? second : null
    }
  }
  return whole
}

const readAll = (reader: Reader): Test => readRow(reader, 'and', readOne)

function readAny(reader: Reader): Test {
  return readRow(reader, 'or', readAll)
}

/** Null where it is more than comparisons of the table's own columns. */
export const conditionTest = (
  sql: string,
  table: string,
  shapes: readonly ColumnShape[],
): ConditionTest | null => {
  const columns = new Map(shapes.map((shape) => [`${table}.${shape.name}`, shape]))
  const reader: Reader = { tokens: sql.match(TOKENS) ?? [], at: 0, slots: [], columns }
  if (reader.tokens.length === 0) return { test: () => true, slots: [] }
  try {
    const test = readAny(reader)
    return reader.at === reader.tokens.length ? { test, slots: reader.slots } : null
  } catch (error) {
    if (error === beyond) return null
    throw error
  }
}
