/** An emulator's database: the tables of each workspace, who gets in where, and transactions over all of it. */
import type BetterSqlite3 from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { openCredentials, openMemberships } from './access.ts'
import type { Credentials, Memberships } from './access.ts'
import { explain } from './database-error.ts'
import { IN_MEMORY, openSqlite } from './open.ts'
import { tableStatements } from './repository.ts'
import type { LookedUp, Repository, TableStatements } from './table.ts'
import { registry, tableNames } from './tables/index.ts'
import type { Registry, TableName } from './tables/index.ts'
import type { Traits } from './tables/traits.ts'
import { workspaces } from './tables/workspaces.ts'
import { createUnitOfWork } from './unit-of-work.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Every table of one workspace. */
export type Tables = {
  [K in TableName]: Repository<Registry[K]['table']> &
    (Registry[K] extends { lookup: readonly string[] } ? LookedUp<Registry[K]['table']> : object)
}

/** A table without its types, for copying whole workspaces. */
type RawTable = Pick<TableStatements<SQLiteTable>, 'columns' | 'dump' | 'load'>

export interface DatabaseClient {
  tablesOf(workspace_id: string): Tables
  rawTable(name: TableName): RawTable
  /** Workspaces themselves, each keyed by its own id. */
  workspaceRow(workspace_id: string): Repository<typeof workspaces>
  allWorkspaceIds(): string[]
  readonly credentials: Credentials
  readonly memberships: Memberships
  /** Runs `fn` in a transaction; an inner call joins the outer one. */
  transaction<T>(fn: () => T): T
  /**
   * Brings up to `most` rows into their tables that a database in memory still keeps beside them;
   * answers whether there are more. Readers need not care: they always see everything.
   */
  flush(most: number): boolean
  /** The SQL of every statement prepared so far, with what SQLite plans to do for it. */
  queryPlans(): { sql: string; plan: string[] }[]
  close(): void
}

/** The statements of every table of the registry. */
const statementsOf = (
  db: BetterSqlite3.Database,
  work: UnitOfWork,
): ReadonlyMap<TableName, TableStatements<SQLiteTable>> => {
  const numberOf = db.prepare<[string], { seq: number }>(
    'select seq from workspaces where workspace_id = ?',
  )
  const scopeOf = (workspace_id: string): number => {
    const found = numberOf.get(workspace_id)
    if (found === undefined) throw new Error(`There is no workspace ${workspace_id}`)
    return found.seq
  }
  return new Map(
    tableNames.map((name) => {
      const { table, ...traits }: { table: SQLiteTable } & Traits = registry[name]
      return [name, tableStatements<SQLiteTable>(db, table, { ...traits, work, scopeOf })]
    }),
  )
}

/** One workspace's tables, each bound on first use: most workspaces never touch most tables. */
const bindTables = (
  statements: ReadonlyMap<TableName, TableStatements<SQLiteTable>>,
  workspace_id: string,
): Tables => {
  const bound: Partial<Record<TableName, unknown>> = {}
  for (const [name, table] of statements) {
    Object.defineProperty(bound, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const repository = table.forWorkspace(workspace_id)
        Object.defineProperty(bound, name, { value: repository, enumerable: true })
        return repository
      },
    })
  }
  // Each name has the repository of its registered table: a loop over names cannot tell the compiler.
  return bound as Tables
}

const planRows = z.array(z.object({ detail: z.string() }))

/** As many nulls as the statement has parameters: plans do not depend on values. */
const noValues = (sql: string): null[] => Array.from(sql.matchAll(/\?/g), () => null)

const planOf = (db: BetterSqlite3.Database, sql: string): string[] =>
  planRows
    .parse(db.prepare(`explain query plan ${sql}`).all(...noValues(sql)))
    .map((row) => row.detail)

/**
 * Opens the database of an emulator, `:memory:` or a file, and brings it to the
 * present format.
 *
 * @throws DatabaseError when the file is in use, unreadable, not writable, or newer than this program.
 */
export const openDatabase = (file: string): DatabaseClient => {
  const db = openSqlite(file)
  const work = createUnitOfWork(db, file === IN_MEMORY)
  const statements = statementsOf(db, work)
  const ofWorkspaces = tableStatements(db, workspaces, { work, id: ['workspace_id'] })
  const workspaceIds = db.prepare<[], { workspace_id: string }>(
    'select workspace_id from workspaces order by seq',
  )

  return {
    tablesOf: (workspace_id) => bindTables(statements, workspace_id),
    rawTable: (name) => {
      const found = statements.get(name)
      if (found === undefined) throw new Error(`There is no table ${name}`)
      return found
    },
    workspaceRow: (workspace_id) => ofWorkspaces.forWorkspace(workspace_id),
    allWorkspaceIds: () => workspaceIds.all().map((row) => row.workspace_id),
    credentials: openCredentials(db, work),
    memberships: openMemberships(db, work),
    transaction: (fn) => {
      try {
        return work.run(fn)
      } catch (error) {
        throw explain(file, error)
      }
    },
    flush: (most) => work.flush(most),
    queryPlans: () =>
      [ofWorkspaces, ...statements.values()]
        .flatMap((table) => table.prepared())
        .map((sql) => ({ sql, plan: planOf(db, sql) })),
    close: () => db.close(),
  }
}
