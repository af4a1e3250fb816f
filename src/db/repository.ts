import type BetterSqlite3 from 'better-sqlite3'
import { getTableName } from 'drizzle-orm/table'
import { getTableColumns } from 'drizzle-orm/utils'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { createRowCaches } from './row-cache.ts'
import { createStatementCache } from './statement-cache.ts'

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
  /** One column of such rows, as it is stored. */
  column(
    name: keyof T['$inferSelect'] & string,
    where: string,
    params?: readonly Param[],
    tail?: string,
  ): Param[]
  first(where: string, params?: readonly Param[], tail?: string): T['$inferSelect'] | undefined
  count(where: string, params?: readonly Param[]): number
  insert(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  /** Inserts, or takes the place of the row of the same identity (with a new `seq`). */
  replace(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  update(id: string, patch: Patch<T>): void
  updateWhere(where: string, params: readonly Param[], patch: Patch<T>): number
  delete(id: string): void
  deleteWhere(where: string, params?: readonly Param[]): number
  /** Is another after every write, and after a rollback or restore. */
  readonly version: number
  /** Drops rows kept at hand; needed after a rollback or a restore. */
  forget(): void
}

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

export interface TableOptions {
  /** Rows read by id are kept at hand until they are written. */
  cached?: boolean
  /** What the table's `workspace_id` holds for a workspace; its id when not given. */
  scopeOf?: (workspace_id: string) => number
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
  options: TableOptions = {},
): TableStatements<T> => {
  type Row = T['$inferSelect']
  const name = getTableName(table)
  const codecs = Object.entries(getTableColumns(table)).map(([key, column]) =>
    codecOf(key, String(column.dataType)),
  )
  const written = codecs.filter((codec) => codec.key !== 'seq')
  const decoded = codecs.filter((codec) => codec.fromDriver !== null)
  const codecByKey = new Map(codecs.map((codec) => [codec.key, codec]))
  const statements = createStatementCache(db, name)
  const caches = options.cached === true ? createRowCaches<Row>() : null

  const decode = (raw: Record<string, unknown>): Row => {
    for (const codec of decoded) raw[codec.key] = codec.fromDriver?.(raw[codec.key])
    return raw
  }
  const columns = written.map((codec) => codec.key)
  const values = `(${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
  // Prepared when a table is first used, and from then on at hand without a look-up.
  const insertInto = statements.lazily(`insert into ${name} ${values}`)
  const replaceInto = statements.lazily(`insert or replace into ${name} ${values}`)
  const getById = statements.lazily(
    `select * from ${name} where workspace_id = ? and ${idColumn} = ?`,
  )
  const deleteById = statements.lazily(
    `delete from ${name} where workspace_id = ? and ${idColumn} = ?`,
  )

  const rowValues = (workspace_id: string | number, row: Record<string, unknown>): Param[] => {
    const list: Param[] = []
    for (const codec of written) {
      list.push(codec.key === 'workspace_id' ? workspace_id : codec.toDriver(row[codec.key]))
    }
    return list
  }
  /** The row as reading it back would give it. */
  const asRead = (workspace_id: string | number, row: Record<string, unknown>): Row => {
    const read: Record<string, unknown> = {}
    for (const { key } of codecs) read[key] = row[key] ?? null
    read['workspace_id'] = workspace_id
    return read
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

  const scopeOf: (workspace_id: string) => string | number =
    options.scopeOf ?? ((workspace_id) => workspace_id)
  const updateSql = new Map<string, BetterSqlite3.Statement>()

  const bind = (id_of_workspace: string): Repository<T> => {
    const workspace_id = scopeOf(id_of_workspace)
    const kept = caches?.open()
    let version = 0
    const read = (id: string): Row | undefined => {
      const raw = getById().get(workspace_id, id) as Record<string, unknown> | undefined
      return raw === undefined ? undefined : decode(raw)
    }
    const get = (id: string): Row | undefined => {
      const known = kept?.get(id)
      if (known !== undefined) return known
      const row = read(id)
      if (row !== undefined) kept?.set(id, row)
      return row
    }
    return {
      get,
      all: (where, params = [], tail = '') => {
        if (kept === undefined) {
          const found = statements.scoped('select * from', where, tail).all(workspace_id, ...params)
          return (found as Record<string, unknown>[]).map(decode)
        }
        // Most of the rows are at hand already: only their ids are asked for.
        const ids = statements
          .scoped(`select ${idColumn} as id from`, where, tail)
          .all(workspace_id, ...params) as { id: string }[]
        const rows: Row[] = []
        for (const { id } of ids) {
          const row = get(id)
          if (row !== undefined) rows.push(row)
        }
        return rows
      },
      column: (column, where, params = [], tail = '') => {
        const statement = statements.scoped(`select ${column} from`, where, tail).pluck()
        return statement.all(workspace_id, ...params) as Param[]
      },
      first: (where, params = [], tail = '') => {
        if (kept !== undefined) {
          const found = statements
            .scoped(`select ${idColumn} as id from`, where, tail)
            .get(workspace_id, ...params) as { id: string } | undefined
          return found === undefined ? undefined : get(found.id)
        }
        const raw = statements.scoped('select * from', where, tail).get(workspace_id, ...params) as
          | Record<string, unknown>
          | undefined
        return raw === undefined ? undefined : decode(raw)
      },
      count: (where, params = []) =>
        (
          statements
            .scoped('select count(*) as n from', where, '')
            .get(workspace_id, ...params) as {
            n: number
          }
        ).n,
      insert: (row) => {
        version++
        const seq = Number(insertInto().run(rowValues(workspace_id, row)).lastInsertRowid)
        if (kept !== undefined) {
          const whole = asRead(workspace_id, { ...row, seq })
          kept.set(String(whole[idColumn]), whole)
        }
        return seq
      },
      replace: (row) => {
        version++
        kept?.clear()
        return Number(replaceInto().run(rowValues(workspace_id, row)).lastInsertRowid)
      },
      update: (id, patch) => {
        const keys = Object.keys(patch)
        if (keys.length === 0) return
        version++
        const key = keys.join()
        let statement = updateSql.get(key)
        if (statement === undefined) {
          const { sql } = assignments(patch)
          statement = statements.prepare(
            `update ${name} set ${sql} where workspace_id = ? and ${idColumn} = ?`,
          )
          updateSql.set(key, statement)
        }
        const { params } = assignments(patch)
        statement.run(...params, workspace_id, id)
        const known = kept?.get(id)
        if (known === undefined) return
        kept?.set(id, asRead(workspace_id, { ...known, ...patch }))
      },
      updateWhere: (where, params, patch) => {
        version++
        const { sql, params: assigned } = assignments(patch)
        kept?.clear()
        return statements
          .prepare(`update ${name} set ${sql} where workspace_id = ? and (${where})`)
          .run(...assigned, workspace_id, ...params).changes
      },
      delete: (id) => {
        version++
        kept?.delete(id)
        deleteById().run(workspace_id, id)
      },
      deleteWhere: (where, params = []) => {
        version++
        kept?.clear()
        return statements.scoped('delete from', where, '').run(workspace_id, ...params).changes
      },
      get version() {
        return version
      },
      forget: () => {
        version++
        kept?.clear()
      },
    }
  }

  return {
    prepared: statements.prepared,
    forWorkspace: bind,
    columns: Object.entries(getTableColumns(table)).map(([key, column]) => ({
      name: key,
      type: typeOf(column.dataType),
      isNullable: !column.notNull,
    })),
    dump: (workspace_id) =>
      (
        statements
          .scoped('select * from', '', 'order by rowid')
          .all(scopeOf(workspace_id)) as Record<string, unknown>[]
      ).map((row) => {
        const decoded: Record<string, unknown> = decode(row)
        const { workspace_id: _, ...rest } = decoded
        return rest
      }),
    load: (workspace_id, rows) =>
      rows.map((row) =>
        Number(insertInto().run(rowValues(scopeOf(workspace_id), row)).lastInsertRowid),
      ),
  }
}
