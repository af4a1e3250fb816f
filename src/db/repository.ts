import type BetterSqlite3 from 'better-sqlite3'
import { getTableName } from 'drizzle-orm/table'
import { getTableColumns } from 'drizzle-orm/utils'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

type Param = string | number | null
type Patch<T extends SQLiteTable> = Partial<T['$inferInsert']>

/**
 * One table of one workspace. Every statement is bound to the workspace before
 * anything else, so a query across workspaces cannot be written by accident.
 * Statements are prepared once per database and kept.
 */
export interface Repository<T extends SQLiteTable> {
  /** The row of that id (the second column of the table's identity). */
  get(id: string): T['$inferSelect'] | undefined
  /** Rows whose columns satisfy `where` (SQL with `?`), in the order given by `tail`. */
  all(where: string, params?: readonly Param[], tail?: string): T['$inferSelect'][]
  first(where: string, params?: readonly Param[], tail?: string): T['$inferSelect'] | undefined
  count(where: string, params?: readonly Param[]): number
  insert(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  /** Inserts, or takes the place of the row of the same identity (with a new `seq`). */
  replace(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): void
  update(id: string, patch: Patch<T>): void
  updateWhere(where: string, params: readonly Param[], patch: Patch<T>): number
  delete(id: string): void
  deleteWhere(where: string, params?: readonly Param[]): number
  /** Drops rows kept at hand; needed after a rollback or a restore. */
  forget(): void
}

/** Rows kept at hand per workspace; a bound, so that memory stays flat. */
const CACHED_ROWS = 5_000

interface Codec {
  key: string
  toDriver: (value: unknown) => Param
  fromDriver: ((value: unknown) => unknown) | null
}

/** What a column may hold once it is decoded. */
export interface ColumnShape {
  name: string
  type: 'number' | 'boolean' | 'json' | 'string'
  isNullable: boolean
}

const typeOf = (dataType: unknown): ColumnShape['type'] =>
  dataType === 'number' || dataType === 'boolean' || dataType === 'json' ? dataType : 'string'

/** A table's statements, shared by all workspaces of a database. */
export interface TableStatements<T extends SQLiteTable> {
  forWorkspace(workspace_id: string): Repository<T>
  /** The SQL of every statement prepared so far, for looking at query plans. */
  prepared(): string[]
  readonly columns: readonly ColumnShape[]
  /** A workspace's rows as they came into being, decoded, without `workspace_id`. */
  dump(workspace_id: string): Record<string, unknown>[]
  /** Inserts dumped rows in their order; answers the `seq` that each got. */
  load(workspace_id: string, rows: readonly Readonly<Record<string, unknown>>[]): number[]
}

const codecOf = (key: string, kind: string): Codec => {
  if (kind === 'json') {
    return {
      key,
      toDriver: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
      fromDriver: (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : null),
    }
  }
  if (kind === 'boolean') {
    return {
      key,
      toDriver: (value) => (value === null || value === undefined ? null : value ? 1 : 0),
      fromDriver: (value) => (value === null ? null : value === 1),
    }
  }
  return {
    key,
    toDriver: (value) => (value === undefined ? null : (value as Param)),
    fromDriver: null,
  }
}

/**
 * Builds a table's repository factory from its drizzle definition; `idColumn`
 * follows `workspace_id` in its identity. With `cached`, rows read by id are kept
 * at hand until they are written: for tables that are read at every request.
 * Rows are values: nobody changes one in place.
 */
export const tableStatements = <T extends SQLiteTable>(
  db: BetterSqlite3.Database,
  table: T,
  idColumn: string,
  options: { cached?: boolean } = {},
): TableStatements<T> => {
  type Row = T['$inferSelect']
  const name = getTableName(table)
  const codecs = Object.entries(getTableColumns(table)).map(([key, column]) =>
    codecOf(key, String(column.dataType)),
  )
  const written = codecs.filter((codec) => codec.key !== 'seq')
  const decoded = codecs.filter((codec) => codec.fromDriver !== null)
  const codecByKey = new Map(codecs.map((codec) => [codec.key, codec]))
  const cache = new Map<string, BetterSqlite3.Statement>()

  const prepare = (sql: string): BetterSqlite3.Statement => {
    let statement = cache.get(sql)
    if (statement === undefined) {
      statement = db.prepare(sql)
      cache.set(sql, statement)
    }
    return statement
  }
  const decode = (raw: Record<string, unknown>): Row => {
    for (const codec of decoded) raw[codec.key] = codec.fromDriver?.(raw[codec.key])
    return raw
  }
  const columns = written.map((codec) => codec.key)
  const values = `(${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
  const insertSql = `insert into ${name} ${values}`
  const replaceSql = `insert or replace into ${name} ${values}`
  const getSql = `select * from ${name} where workspace_id = ? and ${idColumn} = ?`
  const deleteSql = `delete from ${name} where workspace_id = ? and ${idColumn} = ?`
  const whereSql = new Map<string, string>()
  const scoped = (verb: string, where: string, tail: string): string => {
    const key = `${verb}|${where}|${tail}`
    let sql = whereSql.get(key)
    if (sql === undefined) {
      sql = `${verb} ${name} where workspace_id = ?${where === '' ? '' : ` and (${where})`}${tail === '' ? '' : ` ${tail}`}`
      whereSql.set(key, sql)
    }
    return sql
  }

  const rowValues = (workspace_id: string, row: Record<string, unknown>): Param[] => {
    const list: Param[] = []
    for (const codec of written) {
      list.push(codec.key === 'workspace_id' ? workspace_id : codec.toDriver(row[codec.key]))
    }
    return list
  }
  const assignments = (patch: Record<string, unknown>): { sql: string; params: Param[] } => {
    let sql = ''
    const params: Param[] = []
    for (const key in patch) {
      const codec = codecByKey.get(key)
      if (codec === undefined) throw new Error(`${name} has no column ${key}`)
      sql += sql === '' ? `${key} = ?` : `, ${key} = ?`
      params.push(codec.toDriver(patch[key]))
    }
    return { sql, params }
  }

  const bind = (workspace_id: string): Repository<T> => {
    const kept = new Map<string, Row>()
    const keep = options.cached === true
    return {
      get: (id) => {
        const known = keep ? kept.get(id) : undefined
        if (known !== undefined) return known
        const raw = prepare(getSql).get(workspace_id, id) as Record<string, unknown> | undefined
        if (raw === undefined) return undefined
        const row = decode(raw)
        if (keep) {
          if (kept.size >= CACHED_ROWS) kept.clear()
          kept.set(id, row)
        }
        return row
      },
      all: (where, params = [], tail = '') =>
        (
          prepare(scoped('select * from', where, tail)).all(workspace_id, ...params) as Record<
            string,
            unknown
          >[]
        ).map(decode),
      first: (where, params = [], tail = '') => {
        const raw = prepare(scoped('select * from', where, tail)).get(workspace_id, ...params) as
          | Record<string, unknown>
          | undefined
        return raw === undefined ? undefined : decode(raw)
      },
      count: (where, params = []) =>
        (
          prepare(scoped('select count(*) as n from', where, '')).get(workspace_id, ...params) as {
            n: number
          }
        ).n,
      insert: (row) =>
        Number(prepare(insertSql).run(...rowValues(workspace_id, row)).lastInsertRowid),
      replace: (row) => {
        kept.clear()
        prepare(replaceSql).run(...rowValues(workspace_id, row))
      },
      update: (id, patch) => {
        const { sql, params } = assignments(patch)
        if (sql === '') return
        kept.delete(id)
        prepare(`update ${name} set ${sql} where workspace_id = ? and ${idColumn} = ?`).run(
          ...params,
          workspace_id,
          id,
        )
      },
      updateWhere: (where, params, patch) => {
        const { sql, params: assigned } = assignments(patch)
        kept.clear()
        return prepare(`update ${name} set ${sql} where workspace_id = ? and (${where})`).run(
          ...assigned,
          workspace_id,
          ...params,
        ).changes
      },
      delete: (id) => {
        kept.delete(id)
        prepare(deleteSql).run(workspace_id, id)
      },
      deleteWhere: (where, params = []) => {
        kept.clear()
        return prepare(scoped('delete from', where, '')).run(workspace_id, ...params).changes
      },
      forget: () => kept.clear(),
    }
  }

  return {
    prepared: () => [...cache.keys()],
    forWorkspace: bind,
    columns: Object.entries(getTableColumns(table)).map(([key, column]) => ({
      name: key,
      type: typeOf(column.dataType),
      isNullable: !column.notNull,
    })),
    dump: (workspace_id) =>
      (
        prepare(`select * from ${name} where workspace_id = ? order by rowid`).all(
          workspace_id,
        ) as Record<string, unknown>[]
      ).map((row) => {
        const decoded: Record<string, unknown> = decode(row)
        const { workspace_id: _, ...rest } = decoded
        return rest
      }),
    load: (workspace_id, rows) =>
      rows.map((row) =>
        Number(prepare(insertSql).run(...rowValues(workspace_id, row)).lastInsertRowid),
      ),
  }
}
