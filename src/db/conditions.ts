/**
 * The only maker of SQL conditions. A condition is typed by its table, is put into SQL once, and knows
 * which tables it reads; where it looks into another table it adds the workspace itself. So no query
 * reaches into another workspace, and none misses rows that still wait, however its SQL is spelled.
 *
 * Conditions are made when a module loads (`where`, `is`, `oneOf` …) and given their values at the call:
 *
 *     const waiting = where(access_codes, ['device_id'], (c, its) =>
 *       and(eq(c.device_id, its.device_id), isNotNull(c.effort)),
 *     )
 *     world.access_codes.all(waiting({ device_id }))
 */
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm/sql'
import type { SQL, SQLWrapper } from 'drizzle-orm/sql'
import { getTableName } from 'drizzle-orm/table'
import { once } from '../lib/once.ts'
import { build, lazily, nextShape, shapeOf, SLOT } from './condition-sql.ts'
import type { Filter, Param, Shape } from './condition-sql.ts'

export type { Filter } from './condition-sql.ts'

export {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  ne,
  not,
  or,
} from 'drizzle-orm/sql'

type Value = string | number | boolean
type Col = AnySQLiteColumn
type TableOf<C extends Col> = C['_']['tableName']
type DataOf<C extends Col> = Extract<C['_']['data'], Value>

/** All of these must hold; none of them: every row. */
export type Where<Table extends string = string> = Filter<Table> | readonly Filter<Table>[]

/** In which order rows are answered. */
export interface Order<Table extends string = string> {
  /** Never there, only for the compiler. */
  readonly table?: Table
  readonly tail: () => Tail
}

/** The end of a statement: without a limit, with one, and with an offset besides. */
interface Tail {
  readonly whole: string
  readonly limited: string
  readonly paged: string
}

export interface Options<Table extends string = string> {
  /** The order of creation when not given. */
  order?: Order<Table>
  limit?: number
  offset?: number
}

type Columns<T extends SQLiteTable> = keyof T['$inferSelect'] & string
type Values<T extends SQLiteTable, K extends Columns<T>> = [K] extends [never]
  ? []
  : [values: { readonly [Name in K]: Extract<T['$inferSelect'][Name], Value> }]
type Slots<K extends string> = { readonly [Name in K]: SQLWrapper }

const slots = <K extends string>(names: readonly K[]): Slots<K> => {
  const made: Partial<Record<K, SQLWrapper>> = {}
  for (const name of names) made[name] = sql.placeholder(name)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each of the names has its slot now
  return made as Slots<K>
}

/**
 * A condition of drizzle's operators on one table's columns. It is made of the values of the columns
 * that `names` gives at each call (an instant to compare `ends_at` with goes under `ends_at`); what is
 * known already stands in `build` as it is.
 */
export const where = <T extends SQLiteTable, const K extends Columns<T> = never>(
  table: T,
  names: readonly K[],
  build: (columns: T, its: Slots<K>) => SQL | undefined,
): ((...values: Values<T, K>) => Filter<T['_']['name']>) => {
  const filter = lazily<T['_']['name']>(() => build(table, slots(names)))
  return (...[values]) => filter(values ?? {})
}

const ALONE = 'value'

/** A condition of one value. */
const withOne = <Table extends string>(
  make: (value: SQLWrapper) => SQL,
): ((value: unknown) => Filter<Table>) => {
  const filter = lazily<Table>(() => make(sql.placeholder(ALONE)))
  return (value) => filter({ [ALONE]: value })
}

/** The column has this value. */
export const is = <C extends Col>(column: C): ((value: DataOf<C>) => Filter<TableOf<C>>) =>
  withOne((value) => sql`${column} = ${value}`)

/** The column's value is greater than this one. */
export const above = <C extends Col>(column: C): ((value: DataOf<C>) => Filter<TableOf<C>>) =>
  withOne((value) => sql`${column} > ${value}`)

/** The column has one of these values; a list of any length is one value to SQLite, and one statement. */
export const oneOf = <C extends Col>(
  column: C,
): ((values: readonly DataOf<C>[]) => Filter<TableOf<C>>) =>
  withOne((values) => sql`${column} in (select value from json_each(${values}))`)

/** The JSON column holds a list that has this text in it. */
export const listHas = <C extends Col>(column: C): ((value: string) => Filter<TableOf<C>>) =>
  withOne(
    (value) => sql`exists (select 1 from json_each(${column}) where json_each.value = ${value})`,
  )

/** The JSON column holds a list that has one of these texts in it. */
export const listHasOneOf = <C extends Col>(
  column: C,
): ((values: readonly string[]) => Filter<TableOf<C>>) =>
  withOne(
    (values) =>
      sql`exists (select 1 from json_each(${column}) as held where held.value in (select value from json_each(${values})))`,
  )

/** One of the columns contains the text, in capitals or not; `%` and `_` are letters like any other. */
export const contains = <Cs extends readonly Col[]>(
  ...columns: Cs
): ((text: string) => Filter<TableOf<Cs[number]>>) =>
  withOne((text) =>
    sql.join(
      columns.map((column) => sql`instr(lower(${column}), lower(${text})) > 0`),
      sql` or `,
    ),
  )

/**
 * The rows whose JSON column has all these pairs. A query string has only text, and that is how
 * SDKs send this filter, so the text `true` also finds the boolean; the boolean does not find text. Null: there is no such key.
 */
export const pairsIn = <C extends Col>(column: C) => {
  const pair = (found: SQL): ((values: { key: string; value: string }) => Filter<TableOf<C>>) =>
    lazily(
      () =>
        sql`exists (select 1 from json_each(${column}) where json_each.key = ${sql.placeholder('key')} and ${found} = ${sql.placeholder('value')})`,
    )
  const ofBoolean = pair(sql`json_each.type`)
  const ofText = pair(
    sql`case json_each.type when 'text' then json_each.value else json_each.type end`,
  )
  const ofNothing = lazily(
    () =>
      sql`not exists (select 1 from json_each(${column}) where json_each.key = ${sql.placeholder('key')})`,
  )
  return (wanted: Readonly<Record<string, string | boolean | null>> = {}): Filter<TableOf<C>>[] =>
    Object.entries(wanted).map(([key, value]) =>
      value === null
        ? ofNothing({ key })
        : (typeof value === 'boolean' ? ofBoolean : ofText)({ key, value: String(value) }),
    )
}

/** The JSON column has one of these values under the name, or in the list under its plural. */
export const bears = <C extends Col>(
  column: C,
  name: string,
): ((values: readonly string[]) => Filter<TableOf<C>>) =>
  withOne((values) => {
    const wanted = sql`in (select value from json_each(${values}))`
    const list = sql`json_each(${column}, ${`$.${name}s`})`
    return sql`${column} ->> ${`$.${name}`} ${wanted} or exists (select 1 from ${list} where json_each.value ${wanted})`
  })

// Parts of a condition that drizzle has no operator for.

/** What stands at a place in a JSON column. */
export const jsonAt = (column: Col, path: `$.${string}`): SQL => sql`${column} ->> ${path}`

export const lower = (text: SQLWrapper): SQL => sql`lower(${text})`

/** Of digits: as a range, so that an index is used. */
export const startsWith = (column: Col, head: SQLWrapper): SQL =>
  sql`(${column} >= ${head} and ${column} < ${head} || '~')`

// Conditions made of others, at the call; their SQL is made once for each combination.

/** Combinations beyond this many are forgotten: filters of lists make ever new ones. */
const MOST_COMBINED = 2_000
const combined = new Map<string, Shape>()

const combine = (key: string, make: () => Shape): Shape => {
  let shape = combined.get(key)
  if (shape === undefined) {
    if (combined.size >= MOST_COMBINED) combined.clear()
    shape = make()
    combined.set(key, shape)
  }
  return shape
}

/** So many stand in one row: SQLite reads a row as a tree as deep as it is long, of 1,000 at most. */
const MOST_IN_A_ROW = 200

const joined = <Table extends string>(
  filters: readonly Filter<Table>[],
  word: 'and' | 'or',
): Filter<Table> => {
  if (filters.length > MOST_IN_A_ROW) {
    const half = Math.ceil(filters.length / 2)
    const halves = [filters.slice(0, half), filters.slice(half)]
    return joined(
      halves.map((it) => joined(it, word)),
      word,
    )
  }
  let key: string = word
  for (const { shape } of filters) key += ` ${shape.id}`
  const shape = combine(key, () =>
    shapeOf(
      filters.map((it) => `(${it.shape.text})`).join(` ${word} `),
      filters.flatMap((it) => it.shape.reads),
    ),
  )
  return { shape, params: filters.flatMap((it) => it.params) }
}

/** Every row. */
const everything: Filter<never> = { shape: shapeOf('', []), params: [] }

/** No row. */
export const nothing: Filter<never> = { shape: shapeOf('false', []), params: [] }

const isOne = <Table extends string>(filter: Where<Table>): filter is Filter<Table> =>
  'shape' in filter

/** Conditions as one. */
const all = <Table extends string>(filter: Where<Table>): Filter<Table> => {
  if (isOne(filter)) return filter
  const [only] = filter
  if (only === undefined) return everything
  return filter.length === 1 ? only : joined(filter, 'and')
}

/** The names of the tables that these conditions look into. */
export const readsOf = (filters: readonly Filter[]): ReadonlySet<string> =>
  new Set(filters.flatMap((it) => it.shape.reads))

/** One of these holds, or more: none does where there are none. */
export const either = <Table extends string>(...filters: Where<Table>[]): Filter<Table> =>
  filters.length === 0 ? nothing : joined(filters.map(all), 'or')

/** It does not hold. */
export const none = <Table extends string>({ shape, params }: Filter<Table>): Filter<Table> => ({
  shape: combine(`not ${shape.id}`, () => shapeOf(`not (${shape.text})`, shape.reads)),
  params,
})

const holdsLists = (column: Col): boolean => column.dataType === 'json'

/**
 * The column's value, or one of the list that it holds, stands in the other table's column, itself or in
 * a list: in a row of the same workspace of which the condition holds.
 */
export const inTable = <C extends Col, D extends Col>(
  column: C,
  other: D,
): ((filter: Where<TableOf<D>>) => Filter<TableOf<C>>) => {
  const [here, there] = [getTableName(column.table), getTableName(other.table)]
  if (here === there) throw new Error(`A condition on ${here} cannot look into ${here} itself`)
  const [own, theirs] = [`${here}.${column.name}`, `${there}.${other.name}`]
  const values = holdsLists(other)
    ? `select json_each.value from ${there}, json_each(${theirs})`
    : `select ${theirs} from ${there}`
  const text = (condition: string): string => {
    const rest = condition === '' ? '' : ` and (${condition})`
    const found = `in (${values} where ${there}.workspace_id = ${here}.workspace_id${rest})`
    return holdsLists(column)
      ? `exists (select 1 from json_each(${own}) as held where held.value ${found})`
      : `${own} ${found}`
  }
  const id = nextShape()
  return (filter) => {
    const { shape, params } = all(filter)
    const make = () => shapeOf(text(shape.text), [here, there, ...shape.reads])
    return { shape: combine(`in ${id} ${shape.id}`, make), params }
  }
}

const tailOf = (order: string): Tail => ({
  whole: order,
  limited: `${order} limit ${SLOT}`,
  paged: `${order} limit ${SLOT} offset ${SLOT}`,
})

/** An order other than that of creation. */
export const orderBy = <T extends SQLiteTable>(
  table: T,
  by: (columns: T) => SQLWrapper[],
): Order<T['_']['name']> => ({
  tail: once(() => {
    const { sql: text } = sql.join(by(table), sql`, `).toQuery(build())
    return tailOf(`order by ${text}`)
  }),
})

/** By `rowid`, which is the number of a row that has one. */
const creation = tailOf('order by rowid')

/** A query as the store takes it: SQL after the workspace, its values, and the tables to be up to date. */
export interface Question {
  readonly where: string
  readonly tail: string
  readonly params: readonly Param[]
  readonly reads: readonly string[]
}

export const questionOf = (
  filter: Where = everything,
  { order, limit, offset }: Options = {},
): Question => {
  const { shape, params } = all(filter)
  const tail = order === undefined ? creation : order.tail()
  const { text, reads } = shape
  if (limit === undefined) return { where: text, tail: tail.whole, params, reads }
  if (offset === undefined)
    return { where: text, tail: tail.limited, params: [...params, limit], reads }
  return { where: text, tail: tail.paged, params: [...params, limit, offset], reads }
}
