import type BetterSqlite3 from 'better-sqlite3'
import { getTableName } from 'drizzle-orm/table'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { codecsOf, numberCodec } from './codec.ts'
import type { Codec, Param, Row, Scope } from './codec.ts'
import { rowMaker } from './row-maker.ts'
import type { RowMaker } from './row-maker.ts'
import type { LateIndexes } from './late-indexes.ts'
import { createStatements } from './statements.ts'
import type { Statements } from './statements.ts'

export type { Scope } from './codec.ts'

/** A row's identity within its workspace: one column, or the values of several. */
export type Id = string | readonly string[]

/** Joins the parts of an identity; only the first of them may have line breaks itself. */
const SEPARATOR = '\n'

export const keyOf = (id: Id): string => {
  if (typeof id === 'string') return id
  // Two is what nearly all have that have several.
  return id.length === 2 ? `${id[0]}${SEPARATOR}${id[1]}` : id.join(SEPARATOR)
}

/** One table's SQL, row by row: rows go in and come out as the program has them. */
export interface TableSql extends RowMaker {
  readonly name: string
  readonly idColumns: readonly string[]
  /** The column of a row's number. */
  readonly number: string
  readonly columns: readonly Codec[]
  /** Of all columns in their order, with that of a row's number. */
  readonly columnNames: readonly string[]
  readonly withoutNumber: (row: Row) => Row
  /** `select` with all columns in their order, which is that of a row's keys. */
  readonly select: string
  readonly decode: (raw: Record<string, unknown>) => Row
  /** A row's values as SQLite is to have them. */
  readonly encode: (row: Row) => unknown[]
  /** The value of one of its columns, as SQLite is to have it. */
  readonly stored: (row: Row, column: string) => Param
  readonly idOf: (row: Row) => Id
  readonly numberOf: (row: Row) => number
  /** Nothing but its number. */
  readonly numbered: (row: Row) => Row
  readonly read: (scope: Scope, id: Id) => Row | undefined
  readonly has: (scope: Scope, id: Id) => boolean
  readonly insert: (row: Row) => void
  /** Writes what differs from `base`, which is the row as the table has it, and found by its number. */
  readonly update: (base: Row, row: Row) => void
  readonly remove: (scope: Scope, id: Id) => void
  /** The same of a row as the table has it: no index need be looked into, nor be there. */
  readonly removeRow: (base: Row) => void
  /** The workspace and the identity of every row. */
  readonly ids: () => readonly (readonly [Scope, ...Param[]])[]
  /** Deletes all rows of a workspace. */
  readonly clear: (scope: Scope) => void
  /** Statements that answer rows, and those that answer one column of them. */
  readonly rows: Statements<Record<string, unknown>>
  readonly values: Statements<Param>
  /** The number of the newest row; 0 in an empty table. */
  readonly newest: () => number
}

/** Every row has a number, by which it stands in its table: `seq`, or else SQLite's own. */
const OWN_NUMBER = 'rowid'

const columnsWithNumber = (table: SQLiteTable): Codec[] => {
  const codecs = codecsOf(table)
  return codecs.some(({ name }) => name === 'seq') ? codecs : [numberCodec(OWN_NUMBER), ...codecs]
}

const numberOf = (codecs: readonly Codec[]): string =>
  codecs.some(({ name }) => name === OWN_NUMBER) ? OWN_NUMBER : 'seq'

/** How many columns an identity has is the table's, so the same statements fit all of its rows. */
const params = (scope: Scope, id: Id): Param[] =>
  typeof id === 'string' ? [scope, id] : [scope, ...id]

/** Makes values of the program of what SQLite answers. */
const decoder = (codecs: readonly Codec[]): TableSql['decode'] => {
  const decoded = codecs.flatMap(({ name: column, fromDriver }) =>
    fromDriver === null ? [] : [{ column, fromDriver }],
  )
  return (raw) => {
    for (const { column, fromDriver } of decoded) raw[column] = fromDriver(raw[column])
    return raw
  }
}

/** The condition of an identity within its workspace. */
export const isOf = (idColumns: readonly string[]): string =>
  ['workspace_id', ...idColumns].map((column) => `${column} = ?`).join(' and ')

/** What is needed to write one row. */
interface Target {
  readonly name: string
  readonly codecs: readonly Codec[]
  readonly rows: TableSql['rows']
  /** The column of a row's number. */
  readonly number: string
}

const encoder = (codecs: readonly Codec[]): TableSql['encode'] => {
  const encoded = codecs.flatMap(({ toDriver, fromDriver }, place) =>
    fromDriver === null ? [] : [{ place, toDriver }],
  )
  return (row) => {
    const bound: unknown[] = Object.values(row)
    for (const { place, toDriver } of encoded) bound[place] = toDriver(bound[place])
    return bound
  }
}

const inserter = (
  { name, codecs, rows }: Target,
  encode: TableSql['encode'],
  grow: (() => void) | null,
): TableSql['insert'] => {
  const columns = codecs.map((codec) => codec.name).join(', ')
  const slots = codecs.map(() => '?').join(', ')
  const insertOne = rows.lazily(`insert into ${name} (${columns}) values (${slots})`)
  return (row) => {
    insertOne().run(encode(row))
    grow?.()
  }
}

const updater = ({ name, codecs, rows, number }: Target): TableSql['update'] => {
  const updates = new Map<string, ReturnType<typeof rows.prepare>>()
  const updateOf = (changed: string) => {
    const known = updates.get(changed)
    if (known !== undefined) return known
    const made = rows.prepare(`update ${name} set ${changed.slice(1)} where ${number} = ?`)
    updates.set(changed, made)
    return made
  }
  return (base, row) => {
    let changed = ''
    const bound: Param[] = []
    for (const { name: column, toDriver } of codecs) {
      const value = row[column]
      if (value === base[column]) continue
      changed += `,${column} = ?`
      bound.push(toDriver(value))
    }
    if (bound.length === 0) return
    bound.push(Number(base[number]))
    updateOf(changed).run(bound)
  }
}

/** Empties a table of a workspace's rows. */
const clearer = (
  name: string,
  rows: Statements<Record<string, unknown>>,
  values: Statements<Param>,
): TableSql['clear'] => {
  // Two searches in an index, where `<>` would read the table.
  const others = ['<', '>'].map(
    (side) => `exists(select 1 from ${name} where workspace_id ${side} ?)`,
  )
  const hasOthers = values.lazily(`select ${others.join(' or ')}`)
  // SQLite forgets a whole table page by page, not row by row.
  const deleteAll = rows.lazily(`delete from ${name}`)
  return (scope) => {
    const isAlone = hasOthers().get([scope, scope]) === 0
    if (isAlone) deleteAll().run([])
    else rows.scoped('delete from', '', '').run(scope)
  }
}

const identifier =
  (columns: readonly string[]): TableSql['idOf'] =>
  (row) =>
    columns.length === 1
      ? String(row[columns[0] ?? ''])
      : columns.map((column) => String(row[column]))

const identities = (db: BetterSqlite3.Database, from: string): ReturnType<TableSql['ids']> =>
  db.prepare<unknown[], [Scope, ...Param[]]>(`select ${from}`).raw().all()

export const tableSql = (
  db: BetterSqlite3.Database,
  table: SQLiteTable,
  idColumns: readonly string[],
  late: LateIndexes | null,
): TableSql => {
  const name = getTableName(table)
  const codecs = columnsWithNumber(table)
  const number = numberOf(codecs)
  const rows = createStatements<Record<string, unknown>>(db, name, late)
  const values = createStatements<Param>(db, name, late, true)
  // With the table's name, as in conditions: by it the index is known that this needs (late-indexes.ts).
  const isIt = isOf(idColumns.map((column) => `${name}.${column}`))
  const select = `select ${codecs.map((codec) => codec.name).join(', ')} from`
  const readOne = rows.lazily(`${select} ${name} where ${isIt}`)
  const hasOne = rows.lazily(`select 1 from ${name} where ${isIt}`)
  const deleteOne = rows.lazily(`delete from ${name} where ${isIt}`)
  const deleteNumbered = rows.lazily(`delete from ${name} where ${number} = ?`)
  const newest = values.lazily(`select max(${number}) from ${name}`)
  const decode = decoder(codecs)
  const encode = encoder(codecs)
  const target: Target = { name, codecs, rows, number }
  const byName = new Map(codecs.map((codec) => [codec.name, codec]))

  return {
    name,
    idColumns,
    number,
    columns: codecs.filter((codec) => codec.name !== OWN_NUMBER),
    columnNames: codecs.map((codec) => codec.name),
    withoutNumber: ({ [OWN_NUMBER]: _number, ...rest }) => rest,
    ...rowMaker(name, codecs, number),
    select,
    decode,
    encode,
    stored: (row, column) => byName.get(column)?.toDriver(row[column]) ?? null,
    idOf: identifier(idColumns),
    numberOf: (row) => Number(row[number]),
    numbered: (row) => ({ [number]: row[number] }),
    read: (scope, id) => {
      const raw = readOne().get(params(scope, id))
      return raw === undefined ? undefined : decode(raw)
    },
    has: (scope, id) => hasOne().get(params(scope, id)) !== undefined,
    insert: inserter(target, encode, late?.growth(name) ?? null),
    update: updater(target),
    remove: (scope, id) => void deleteOne().run(params(scope, id)),
    removeRow: (base) => void deleteNumbered().run(base[number]),
    clear: clearer(name, rows, values),
    ids: () => identities(db, `${['workspace_id', ...idColumns].join(', ')} from ${name}`),
    rows,
    values,
    newest: () => Number(newest().get() ?? 0),
  }
}
