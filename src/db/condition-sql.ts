/** What a condition is: its SQL, put together once, and its values. */
import { CasingCache } from 'drizzle-orm/casing'
import { Column } from 'drizzle-orm/column'
import { is as isA } from 'drizzle-orm/entity'
import { Param as Bound, Placeholder, SQL, sql } from 'drizzle-orm/sql'
import { getTableName, isTable } from 'drizzle-orm/table'
import { once } from '../lib/once.ts'

/** A value as SQLite takes it. */
export type Param = string | number | null

/** What rows of one table must be, with its values. */
export interface Filter<Table extends string = string> {
  /** Never there, only for the compiler: a condition on one table does not fit another. */
  readonly table?: Table
  readonly shape: Shape
  readonly params: readonly Param[]
}

/** A condition without its values. */
export interface Shape {
  readonly id: number
  /** SQL with a slot for each value. */
  readonly text: string
  /** The names of all tables that it looks into. */
  readonly reads: readonly string[]
}

let shapes = 0

/** A number that no other shape has. */
export const nextShape = (): number => ++shapes

export const shapeOf = (text: string, reads: Iterable<string>): Shape => ({
  id: nextShape(),
  text,
  reads: [...new Set(reads)],
})

/**
 * Where a value goes. Not a bare `?`: for an order or a limit SQLite looks at the value itself, and plans the
 * statement anew whenever it is another one, for which better-sqlite3 compiles a function as well: 20 to
 * 100 µs for a query of 5.
 */
export const SLOT = '+?'

/** Names stand in the SQL as they are: all are plain words. Values that are known already stand in it too, or a partial index could not be used. */
export const build = once(() => ({
  casing: new CasingCache(),
  escapeName: (name: string) => name,
  escapeParam: () => SLOT,
  escapeString: (text: string) => `'${text.replaceAll("'", "''")}'`,
  inlineParams: true,
}))

/** The tables that a piece of SQL mentions. */
const tablesIn = (chunk: unknown): string[] => {
  if (isA(chunk, SQL)) return chunk.queryChunks.flatMap(tablesIn)
  if (Array.isArray(chunk)) return chunk.flatMap(tablesIn)
  if (isA(chunk, Column)) return [getTableName(chunk.table)]
  return isTable(chunk) ? [getTableName(chunk)] : []
}

const encode = (value: unknown): Param => {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** SQL made once, whose values are given by name at each call. */
const compile = (condition: SQL): { shape: Shape; names: readonly string[] } => {
  const { sql: text, params } = condition.toQuery(build())
  const names = params.map((param) => {
    const value = isA(param, Bound) ? param.value : param
    if (!isA(value, Placeholder)) throw new Error(`A value without a name in: ${text}`)
    return value.name
  })
  return { shape: shapeOf(text, tablesIn(condition)), names }
}

/** The condition is put into SQL when it is first used: most conditions of a run never are. */
export const lazily = <Table extends string>(make: () => SQL | undefined) => {
  const compiled = once(() => compile(make() ?? sql`true`))
  return (values: Readonly<Record<string, unknown>>): Filter<Table> => {
    const { shape, names } = compiled()
    return { shape, params: names.map((name) => encode(values[name])) }
  }
}
