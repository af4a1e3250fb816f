import Database from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { openCredentials, openMemberships } from './access.ts'
import type { Credentials, Memberships } from './access.ts'
import { databaseError, explain } from './database-error.ts'
import { isForeign, migrate, newestFormat } from './migrate.ts'
import { tableStatements } from './repository.ts'
import * as schema from './tables/index.ts'
import type { Repository, TableStatements } from './table.ts'
import { createUnitOfWork } from './unit-of-work.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** The tables that belong to a workspace. */
const workspaceTables = (
  db: Database.Database,
  work: UnitOfWork,
  scopeOf: (workspace_id: string) => number,
) => {
  const plain = (id: string) => ({ work, scopeOf, id: [id] })
  const cached = (id: string) => ({ ...plain(id), cached: true })
  const deferred = (...id: string[]) => ({ work, scopeOf, id, deferred: true })
  return {
    streams: tableStatements(db, schema.streams, deferred('name')),
    jobs: tableStatements(db, schema.jobs, deferred('subject', 'kind')),
    connected_accounts: tableStatements(
      db,
      schema.connected_accounts,
      cached('connected_account_id'),
    ),
    bridges: tableStatements(db, schema.bridges, cached('bridge_id')),
    devices: tableStatements(db, schema.devices, cached('device_id')),
    locks: tableStatements(db, schema.locks, { ...deferred('device_id'), cached: true }),
    lock_memory_slots: tableStatements(db, schema.lock_memory_slots, deferred('device_id', 'slot')),
    door_history: tableStatements(db, schema.door_history, deferred('seq')),
    lock_log: tableStatements(db, schema.lock_log, plain('seq')),
    access_codes: tableStatements(db, schema.access_codes, {
      ...deferred('access_code_id'),
      cached: true,
      lookup: ['device_id', 'code'],
    }),
    action_attempts: tableStatements(db, schema.action_attempts, {
      ...deferred('action_attempt_id'),
      cached: true,
    }),
    events: tableStatements(db, schema.events, deferred('event_id')),
    webhooks: tableStatements(db, schema.webhooks, plain('webhook_id')),
    webhook_deliveries: tableStatements(db, schema.webhook_deliveries, plain('seq')),
    webhook_attempts: tableStatements(db, schema.webhook_attempts, plain('seq')),
    inbox_messages: tableStatements(db, schema.inbox_messages, plain('seq')),
    faults: tableStatements(db, schema.faults, plain('fault_id')),
    connect_webviews: tableStatements(db, schema.connect_webviews, plain('connect_webview_id')),
    client_sessions: tableStatements(db, schema.client_sessions, plain('client_session_id')),
    snapshots: tableStatements(db, schema.snapshots, plain('name')),
  }
}

type WorkspaceTables = ReturnType<typeof workspaceTables>

/** Every table of one workspace. */
export type Tables = {
  [K in keyof WorkspaceTables]: WorkspaceTables[K] extends {
    forWorkspace(id: string): Repository<infer T>
  }
    ? Repository<T>
    : never
}

export type TableName = keyof WorkspaceTables

export interface DatabaseClient {
  tablesOf(workspace_id: string): Tables
  /** The same tables without their types, for copying whole workspaces. */
  readonly rawTables: Record<
    TableName,
    Pick<TableStatements<SQLiteTable>, 'columns' | 'dump' | 'load'>
  >
  /** Workspaces themselves, each keyed by its own id. */
  workspaceRow(workspace_id: string): Repository<typeof schema.workspaces>
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

/** The tables that hold a world: all but the snapshots taken of it. */
export const worldTables = [
  'streams',
  'jobs',
  'connected_accounts',
  'bridges',
  'devices',
  'locks',
  'lock_memory_slots',
  'door_history',
  'lock_log',
  'access_codes',
  'action_attempts',
  'events',
  'webhooks',
  'webhook_deliveries',
  'webhook_attempts',
  'inbox_messages',
  'faults',
  'connect_webviews',
  'client_sessions',
] as const satisfies TableName[]

/** The tables whose rows are kept at hand between statements. */
export const cachedTables = [
  'connected_accounts',
  'bridges',
  'devices',
  'locks',
  'access_codes',
  'action_attempts',
] as const

/** A database that dies with the process. */
const IN_MEMORY = ':memory:'

const open = (file: string): Database.Database => {
  const db = new Database(file, { timeout: 200 })
  try {
    return prepareFile(db, file)
  } catch (error) {
    // Or its lock would stay with this process.
    db.close()
    throw error
  }
}

const prepareFile = (db: Database.Database, file: string): Database.Database => {
  // Looked at before anything is written, be it the mode of its journal.
  const version = Number(db.pragma('user_version', { simple: true }))
  const newest = newestFormat()
  if (isForeign(db, version)) {
    throw databaseError(
      `${file} is a database of another program. Nothing was changed. Give another --db file.`,
    )
  }
  if (version > newest) {
    throw databaseError(
      `${file} was written by a newer seam-emulator (format ${version}; this one knows ${newest}). Update, or give another --db file.`,
    )
  }
  // One process owns the file: two emulators on one file would each move time without the other.
  db.pragma('locking_mode = exclusive')
  db.pragma('journal_mode = wal')
  // A killed process loses nothing that WAL has written; only a power cut could.
  db.pragma('synchronous = normal')
  db.pragma('temp_store = memory')
  db.pragma('cache_size = -65536')
  // Reads every page once: damage is told now, and not by a wrong answer in an hour.
  const [problem] = z
    .array(z.object({ quick_check: z.string() }))
    .parse(db.pragma('quick_check(1)'))
  if (problem?.quick_check !== 'ok') {
    const found = problem?.quick_check.replaceAll(/\s+/g, ' ') ?? 'unknown'
    throw databaseError(
      `${file} is damaged (${found}). Nothing was changed. Restore a copy, or give another --db file.`,
    )
  }
  if (version < newest) migrate(db, version)
  // SQLite opens a file that may not be written all the same, and says so only at a write: this one.
  db.exec(`begin immediate; pragma user_version = ${newest}; rollback`)
  return db
}

/** As many nulls as the statement has parameters: plans do not depend on values. */
const noValues = (sql: string): null[] => Array.from(sql.matchAll(/\?/g), () => null)

/**
 * Opens the database of an emulator, `:memory:` or a file, and brings it to the
 * present format.
 *
 * @throws DatabaseError when the file is in use, unreadable, not writable, or newer than this program.
 */
export const openDatabase = (file: string): DatabaseClient => {
  let db: Database.Database
  try {
    db = open(file)
  } catch (error) {
    throw explain(file, error)
  }
  const numberOf = db.prepare<[string], { seq: number }>(
    'select seq from workspaces where workspace_id = ?',
  )
  const work = createUnitOfWork(db, file === IN_MEMORY)
  const tables = workspaceTables(db, work, (workspace_id) => {
    const found = numberOf.get(workspace_id)
    if (found === undefined) throw new Error(`There is no workspace ${workspace_id}`)
    return found.seq
  })
  const workspaces = tableStatements(db, schema.workspaces, { work, id: ['workspace_id'] })
  const workspaceIds = db.prepare<[], { workspace_id: string }>(
    'select workspace_id from workspaces order by seq',
  )

  return {
    tablesOf: (workspace_id) => {
      // Bound on first use: most workspaces never touch most tables.
      const bound: Record<string, unknown> = {}
      for (const [name, table] of Object.entries(tables)) {
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
      return bound as Tables
    },
    rawTables: tables,
    workspaceRow: (workspace_id) => workspaces.forWorkspace(workspace_id),
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
      [workspaces, ...Object.values(tables)]
        .flatMap((table) => table.prepared())
        .map((sql) => ({
          sql,
          plan: (
            db.prepare(`explain query plan ${sql}`).all(...noValues(sql)) as { detail: string }[]
          ).map((row) => row.detail),
        })),
    close: () => db.close(),
  }
}
