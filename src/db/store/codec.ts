/** How a table's values go into SQLite and come back out of it. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { getTableColumns } from 'drizzle-orm/utils'
import type { Param } from '../condition-sql.ts'

/** What a table's `workspace_id` holds. */
export type Scope = string | number

export type { Param } from '../condition-sql.ts'

/** A row as a value: nobody changes one in place. */
export type Row = Readonly<Record<string, unknown>>

/** What a column may hold once it is decoded. */
export interface ColumnShape {
  name: string
  type: 'number' | 'boolean' | 'json' | 'string'
  isNullable: boolean
}

export interface Codec extends ColumnShape {
  toDriver: (value: unknown) => Param
  /** Null where SQLite's value is the value itself. */
  fromDriver: ((value: unknown) => unknown) | null
}

const typeOf = (dataType: unknown): ColumnShape['type'] =>
  dataType === 'number' || dataType === 'boolean' || dataType === 'json' ? dataType : 'string'

const asJson = {
  toDriver: (value: unknown) =>
    value === null || value === undefined ? null : JSON.stringify(value),
  fromDriver: (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : null),
}
const asBoolean = {
  toDriver: (value: unknown) => (value === null || value === undefined ? null : value ? 1 : 0),
  fromDriver: (value: unknown) => (value === null ? null : value === 1),
}
const asItself = {
  toDriver: (value: unknown): Param => {
    if (typeof value === 'string' || typeof value === 'number') return value
    if (value === null || value === undefined) return null
    throw new TypeError(`A column of text or numbers cannot hold a ${typeof value}`)
  },
  fromDriver: null,
}

/** A column of SQLite's that no definition names. */
export const numberCodec = (name: string): Codec => ({
  name,
  type: 'number',
  isNullable: false,
  ...asItself,
})

/** A codec per column, in the order of the columns. */
export const codecsOf = (table: SQLiteTable): Codec[] =>
  Object.entries(getTableColumns(table)).map(([name, column]) => {
    const type = typeOf(column.dataType)
    const codec = type === 'json' ? asJson : type === 'boolean' ? asBoolean : asItself
    return { name, type, isNullable: !column.notNull, ...codec }
  })
