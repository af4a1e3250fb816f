/** An emulator's database: the tables of each workspace, who gets in where, and transactions over all of it. */
import type BetterSqlite3 from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { movesAlong, openAbandoned } from './abandoned.ts'
import type { Abandoned } from './abandoned.ts'
import { openCredentials, openMemberships } from './credentials.ts'
import type { Credentials, Memberships } from './credentials.ts'
import { databaseError, explain } from './database-error.ts'
import { IN_MEMORY, openSqlite } from './open.ts'
import { createShrinker } from './shrink.ts'
import { watchFile } from './watch-file.ts'
import { createLateIndexes } from './store/late-indexes.ts'
import type { LateIndexes } from './store/late-indexes.ts'
import { fileJournal, memoryJournal } from './store/rollback-journal.ts'
import type { Scope } from './store/sql.ts'
import { tableStatements } from './store/table.ts'
import { createWork } from './store/work.ts'
import type { Commit, Work } from './store/shapes.ts'

export type { Commit } from './store/shapes.ts'
export type { Repository } from './store/repository.ts'
/** Any of the tables. */
export type AnyTable = SQLiteTable
import type { LookedUp, Repository, TableStatements } from './store/repository.ts'
import { registry, tableNames } from './tables/index.ts'
import type { Registry, TableName } from './tables/index.ts'
import type { Bonds, Traits } from './tables/traits.ts'
import { workspaces } from './tables/workspaces.ts'

/** Every table of one workspace. */
export type Tables = {
  [K in TableName]: Repository<Registry[K]['table']> &
    (Registry[K] extends { lookup: readonly string[] } ? LookedUp<Registry[K]['table']> : object)
}

/** A table without its types, for copying whole workspaces. */
type RawTable = Pick<TableStatements<SQLiteTable>, 'columns' | 'dump' | 'load'>

export interface DatabaseClient extends Abandoned {
  tablesOf(workspace_id: string): Tables
  rawTable(name: TableName): RawTable
  /** Those of the tables in which the workspace may have rows: few, mostly. */
  touchedTables<Name extends TableName>(workspace_id: string, among: readonly Name[]): Name[]
  /** Workspaces themselves, each keyed by its own id. */
  workspaceRow(workspace_id: string): Repository<typeof workspaces>
  allWorkspaceIds(): string[]
  readonly credentials: Credentials
  readonly memberships: Memberships
  /** Runs `fn` in a transaction; an inner call joins the outer one. */
  transaction<T>(fn: () => T): T
  /** The same, but in a file its commit is left to `keep`. */
  share<T>(fn: () => T): T
  /** The commit that will keep what is not kept yet; null when everything is, and always in memory. */
  readonly pending: Commit | null
  /** @throws DatabaseError when it cannot be kept; then nothing since the last commit has been. */
  keep(): void
  /**
   * Brings up to `most` rows into their tables that are still beside them; answers whether there are
   * more, and has a file committed when there are none. Readers need not care: they always see everything.
   */
  flush(most: number): boolean
  /** Gives some of a file's free room back to the disk; answers whether there is more. Some milliseconds. */
  shrink(): boolean
  /** The SQL of every statement prepared so far, with what SQLite plans to do for it. */
  queryPlans(): { sql: string; plan: string[] }[]
  /** @throws DatabaseError when the file was removed or replaced: nothing can be kept then. */
  checkFile(): void
  close(): void
}

/** The statements of every table of the registry. */
const statementsOf = (
  db: BetterSqlite3.Database,
  work: Work,
  late: LateIndexes,
  scopeOf: (workspace_id: string, movesAlong: boolean) => number,
): ReadonlyMap<string, TableStatements<SQLiteTable>> => {
  const statements = new Map<string, TableStatements<SQLiteTable>>()
  const flush = (names: readonly string[], scope: Scope): void => {
    for (const name of names) statements.get(name)?.flush(scope)
  }
  for (const name of tableNames) {
    const { table, ...traits }: { table: SQLiteTable } & Traits & Bonds = registry[name]
    const moves = movesAlong.has(name)
    const options = { ...traits, work, late, scopeOf: (id: string) => scopeOf(id, moves), flush }
    statements.set(name, tableStatements<SQLiteTable>(db, table, options))
  }
  return statements
}

/** Indexes that hardly anybody asks for are made when somebody does. */
const lateIndexesOf = (db: BetterSqlite3.Database, work: Work): LateIndexes => {
  const late = tableNames.flatMap((name) => {
    const { table, late_indexes }: { table: SQLiteTable } & Traits = registry[name]
    return late_indexes === undefined ? [] : [{ table, late_indexes }]
  })
  const indexes = createLateIndexes(db, late)
  work.onUndone(() => indexes.again())
  return indexes
}

const bindings = Symbol('bindings')

/**
 * Makes a workspace's tables, each bound on first use: most workspaces never touch most tables. The
 * getters stand on a prototype that all share, so that V8 has one hidden class for all workspaces: a
 * table is found at once, however many workspaces there are.
 */
const tableBinder = (
  statements: ReadonlyMap<string, TableStatements<SQLiteTable>>,
): ((workspace_id: string) => Tables) => {
  class BoundTables {
    readonly [bindings]: { workspace_id: string; repositories: Repository<SQLiteTable>[] }
    constructor(workspace_id: string) {
      this[bindings] = { workspace_id, repositories: Array.from({ length: statements.size }) }
    }
  }
  for (const [place, [name, table]] of [...statements].entries()) {
    Object.defineProperty(BoundTables.prototype, name, {
      enumerable: true,
      get(this: BoundTables) {
        const { workspace_id, repositories } = this[bindings]
        return (repositories[place] ??= table.forWorkspace(workspace_id))
      },
    })
  }
  return (workspace_id) => {
    const tables: object = new BoundTables(workspace_id)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name has the repository of its registered table, which a loop cannot tell the compiler
    return tables as Tables
  }
}

/** The ways to tables by their names. */
const tablesBy = (
  statements: ReadonlyMap<string, TableStatements<SQLiteTable>>,
): Pick<DatabaseClient, 'tablesOf' | 'rawTable' | 'touchedTables'> => ({
  tablesOf: tableBinder(statements),
  rawTable: (name) => {
    const found = statements.get(name)
    if (found === undefined) throw new Error(`There is no table ${name}`)
    return found
  },
  touchedTables: (workspace_id, among) =>
    among.filter((name) => statements.get(name)?.isTouched(workspace_id) === true),
})

const planRows = z.array(z.object({ detail: z.string() }))

/** As many nulls as the statement has parameters: plans do not depend on values. */
const noValues = (sql: string): null[] => Array.from(sql.matchAll(/\?/g), () => null)

const planOf = (db: BetterSqlite3.Database, sql: string): string[] =>
  planRows
    .parse(db.prepare(`explain query plan ${sql}`).all(...noValues(sql)))
    .map((row) => row.detail)

const plansOf = (
  db: BetterSqlite3.Database,
  tables: readonly Pick<TableStatements<SQLiteTable>, 'prepared'>[],
): { sql: string; plan: string[] }[] =>
  tables.flatMap((table) => table.prepared()).map((sql) => ({ sql, plan: planOf(db, sql) }))

/** What is kept stays beside the tables where they have no room for it; whoever opens the file tries again. */
const intoTables = (work: Work): void => {
  try {
    work.flush()
  } catch {
    // Nothing is lost.
  }
}

/** Says what an error of SQLite's means for the file. */
const explainedBy =
  (file: string) =>
  <T>(fn: () => T): T => {
    try {
      return fn()
    } catch (error) {
      throw explain(file, error)
    }
  }

/** The ids of all workspaces, in the order in which they were made. */
const workspaceIdsOf = (db: BetterSqlite3.Database, flush: () => void): (() => string[]) => {
  const ids = db.prepare<[], { workspace_id: string }>(
    'select workspace_id from workspaces order by seq',
  )
  return () => {
    flush()
    return ids.all().map((row) => row.workspace_id)
  }
}

/**
 * Opens the database of an emulator, `:memory:` or a file, and brings it to the
 * present format.
 *
 * @throws DatabaseError when the file is in use, unreadable, not writable, or newer than this program.
 */
export const openDatabase = (
  file: string,
  { durable = false }: { durable?: boolean } = {},
): DatabaseClient => {
  // SQLite would open a database that nobody finds again.
  if (file.trim() === '')
    throw databaseError(
      '--db needs the name of a file. Leave it away to keep everything in memory.',
    )
  const db = openSqlite(file, durable)
  const watch = file === IN_MEMORY ? () => undefined : watchFile(file)
  const work = createWork(file === IN_MEMORY ? memoryJournal(db) : fileJournal(db), {
    beforeCommit: watch,
    explain: (error) => explain(file, error),
  })
  const ofWorkspaces = tableStatements(db, workspaces, {
    work,
    id: ['workspace_id'],
    // Every opened table asks for its workspace's number, and the row has the whole fixture in it.
    at_hand: true,
  })
  const workspaceRow = (workspace_id: string) => ofWorkspaces.forWorkspace(workspace_id)
  const late = lateIndexesOf(db, work)
  const statements = statementsOf(db, work, late, (workspace_id, movesAlong) => {
    const row = ofWorkspaces.get(workspace_id, workspace_id)
    if (row === undefined) throw new Error(`There is no workspace ${workspace_id}`)
    return movesAlong ? (row.scope ?? row.seq) : row.seq
  })
  const explained = explainedBy(file)
  const shrink = file === IN_MEMORY ? () => false : createShrinker(db)

  return {
    ...tablesBy(statements),
    workspaceRow,
    allWorkspaceIds: workspaceIdsOf(db, () => ofWorkspaces.flush()),
    ...openAbandoned(db, work, ofWorkspaces),
    credentials: openCredentials(db, work),
    memberships: openMemberships(db, work),
    transaction: (fn) => explained(() => work.run(fn)),
    share: (fn) => explained(() => work.share(fn)),
    get pending() {
      return work.pending
    },
    keep: () => explained(() => work.commit()),
    flush: (most) => work.flush(most),
    // A commit that is still to come has the file.
    shrink: () => work.pending === null && explained(shrink),
    queryPlans: () => plansOf(db, [ofWorkspaces, ...statements.values()]),
    checkFile: watch,
    close: () => {
      try {
        work.commit()
        intoTables(work)
      } finally {
        db.close()
      }
    },
  }
}
