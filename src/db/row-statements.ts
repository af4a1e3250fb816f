import type BetterSqlite3 from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { getTableName } from 'drizzle-orm/table'
import { codecsOf } from './codec.ts'
import type { Codec, Param } from './codec.ts'
import { compileValues } from './compiled.ts'
import { createStatementCache } from './statement-cache.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** What a table's `workspace_id` holds. */
export type Scope = string | number

/** One table's SQL, row by row: rows go in and come out as the program has them. */
export interface RowStatements<Row> {
  readonly idColumns: readonly string[]
  readonly codecs: readonly Codec[]
  readonly decode: (raw: Record<string, unknown>) => Row
  readonly read: (scope: Scope, id: readonly string[]) => Row | undefined
  /** Both answer the row's number. */
  readonly insert: (scope: Scope, row: object) => number
  readonly replace: (scope: Scope, row: object) => number
  readonly update: (scope: Scope, id: readonly string[], patch: object) => void
  readonly updateWhere: (
    scope: Scope,
    where: string,
    params: readonly Param[],
    patch: object,
  ) => number
  readonly remove: (scope: Scope, id: readonly string[]) => void
  /** A statement on the rows of one workspace; `where` and `tail` are SQL, and may be empty. */
  readonly scoped: (verb: string, where: string, tail: string) => BetterSqlite3.Statement
  readonly prepared: () => string[]
  /** The number for a new row, where the program gives them; otherwise null. */
  readonly nextSeq: () => number | null
  /** Numbers follow the newest row that is in the table. */
  readonly countAnew: () => void
}

/**
 * @param late given where rows reach the table late: the program then gives them their `seq`, in the
 *   order of creation; otherwise SQLite does.
 */
export const rowStatements = <Row>(
  db: BetterSqlite3.Database,
  table: SQLiteTable,
  idColumns: readonly string[],
  late: Pick<UnitOfWork, 'ifUndone'> | null,
): RowStatements<Row> => {
  const name = getTableName(table)
  const codecs = codecsOf(table)
  const hasSeq = codecs.some((codec) => codec.name === 'seq')
  const written = codecs.filter((codec) => codec.name !== 'seq' || late !== null)
  const decoded = codecs.filter((codec) => codec.fromDriver !== null)
  const codecByName = new Map(codecs.map((codec) => [codec.name, codec]))
  const statements = createStatementCache(db, name)
  const newest =
    late !== null && hasSeq ? db.prepare(`select coalesce(max(seq), 0) from ${name}`).pluck() : null
  /** Null where the table is to be asked. */
  let lastSeq: number | null = null
  let lastSeqBefore: number | null = null
  const takeNumbersBack = (): void => {
    lastSeq = lastSeqBefore
  }
  /** To be called before numbers change: a transaction that fails takes its own back. */
  const keepNumbers = (): void => {
    if (late?.ifUndone(takeNumbersBack) === true) lastSeqBefore = lastSeq
  }

  const columns = written.map((codec) => codec.name)
  const values = `(${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
  const isIt = `workspace_id = ?${idColumns.map((column) => ` and ${column} = ?`).join('')}`
  // Prepared when a table is first used, and from then on at hand without a look-up.
  const insertInto = statements.lazily(`insert into ${name} ${values}`)
  const replaceInto = statements.lazily(`insert or replace into ${name} ${values}`)
  const getById = statements.lazily(`select * from ${name} where ${isIt}`)
  const deleteById = statements.lazily(`delete from ${name} where ${isIt}`)
  const updates = new Map<string, BetterSqlite3.Statement>()

  const decode = (raw: Record<string, unknown>): Row => {
    for (const codec of decoded) raw[codec.name] = codec.fromDriver?.(raw[codec.name])
    return raw as Row
  }
  const valuesOf = compileValues(written)
  const encoded = (patch: Record<string, unknown>): Param[] => {
    const params: Param[] = []
    for (const key in patch) {
      const codec = codecByName.get(key)
      if (codec === undefined) throw new Error(`${name} has no column ${key}`)
      params.push(codec.toDriver(patch[key]))
    }
    return params
  }
  const assignments = (patch: object): string =>
    Object.keys(patch)
      .map((key) => `${key} = ?`)
      .join(', ')
  const put = (statement: BetterSqlite3.Statement, scope: Scope, row: object): number =>
    Number(statement.run(valuesOf(scope, row)).lastInsertRowid)

  return {
    idColumns,
    codecs,
    decode,
    read: (scope, id) => {
      const raw = getById().get(scope, ...id) as Record<string, unknown> | undefined
      return raw === undefined ? undefined : decode(raw)
    },
    insert: (scope, row) => put(insertInto(), scope, row),
    replace: (scope, row) => put(replaceInto(), scope, row),
    update: (scope, id, patch) => {
      const key = Object.keys(patch).join()
      let statement = updates.get(key)
      if (statement === undefined) {
        statement = statements.prepare(`update ${name} set ${assignments(patch)} where ${isIt}`)
        updates.set(key, statement)
      }
      statement.run(...encoded(patch as Record<string, unknown>), scope, ...id)
    },
    updateWhere: (scope, where, params, patch) =>
      statements
        .prepare(`update ${name} set ${assignments(patch)} where workspace_id = ? and (${where})`)
        .run(...encoded(patch as Record<string, unknown>), scope, ...params).changes,
    remove: (scope, id) => {
      deleteById().run(scope, ...id)
    },
    scoped: statements.scoped,
    prepared: statements.prepared,
    nextSeq: () => {
      if (newest === null) return null
      keepNumbers()
      lastSeq ??= Number(newest.get())
      return ++lastSeq
    },
    countAnew: () => {
      keepNumbers()
      lastSeq = null
    },
  }
}
