/** What a snapshot looks like, and what its rows must keep to (see `tables/meanings.ts`). */
import { z } from 'zod'
import { isRecord } from '../lib/is-record.ts'
import { once } from '../lib/once.ts'
import type { DatabaseClient } from './database.ts'
import { registry, worldTables } from './tables/index.ts'
import type { WorldTable } from './tables/index.ts'
import { VERSION, upgradeSnapshot } from './snapshot-upgrade.ts'
import { id, instant, prose } from './tables/meanings.ts'
import type { Bonds, Meanings, Traits } from './tables/traits.ts'

export const FORMAT = 'seam-emulator-snapshot'

type Row = Record<string, unknown>

/** What is wrong with a snapshot, and where. */
export interface SnapshotProblem {
  path: PropertyKey[]
  message: string
}

/** Given by the database, or by where the snapshot goes. */
const isGiven = (column: string): boolean => column === 'seq' || column === 'workspace_id'

const traitsOf = (table: WorldTable): Traits & Bonds & { means: () => Meanings } => registry[table]

const makeRowsSchema = (db: DatabaseClient, table: WorldTable): z.ZodType<Row[]> => {
  const means = traitsOf(table).means()
  const row = z.strictObject(
    Object.fromEntries(
      db.rawTable(table).columns.flatMap(({ name, type, isNullable }) => {
        if (isGiven(name)) return []
        const value = type === 'boolean' ? z.boolean() : (means[name] ?? z.never())
        return [[name, isNullable ? value.nullish() : value]]
      }),
    ),
  )
  return z.array(row)
}

const rowsSchemas = new Map<WorldTable, z.ZodType<Row[]>>()

/** The rows of a table; made once, and the same for every database. */
const rowsSchema = (db: DatabaseClient, table: WorldTable): z.ZodType<Row[]> => {
  const known = rowsSchemas.get(table)
  if (known !== undefined) return known
  const made = makeRowsSchema(db, table)
  rowsSchemas.set(table, made)
  return made
}

const clockModes = ['realtime', 'scaled', 'frozen'] as const
/** API keys and publishable keys are the workspace's own and stay with it. */
export const ownCredentials = ['client_session'] as const

/** The tables of the first snapshots, which none may be without. */
const firstTables: readonly WorldTable[] = [
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
]

/** Tables that came later: a snapshot of before has none of them, for there was nothing to be in them. */
const laterTables = once(() =>
  Object.fromEntries(
    worldTables.filter((table) => !firstTables.includes(table)).map((table) => [table, []]),
  ),
)

export const allTables = once(() =>
  z.preprocess(
    (tables) => (isRecord(tables) ? { ...laterTables(), ...tables } : tables),
    z.record(z.enum(worldTables), z.array(z.record(z.string(), z.unknown()))),
  ),
)

const snapshotSchema = once(() =>
  z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal(VERSION),
    workspace: z.strictObject({
      name: prose(),
      company_name: prose(),
      is_sandbox: z.boolean(),
      is_suspended: z.boolean(),
      is_publishable_key_auth_enabled: z.boolean(),
      organization_id: z.guid().nullable(),
      connect_webview_customization: z.strictObject({
        logo_shape: z.enum(['circle', 'square']).optional(),
        inviter_logo_url: prose().optional(),
        primary_button_color: prose().optional(),
        primary_button_text_color: prose().optional(),
        success_message: prose().optional(),
      }),
      created_at: instant(),
      seed: prose(),
      fixture: prose(),
      fixture_data: z.unknown(),
      settings: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()])),
      loose_ids: z.boolean(),
      clock: z
        .strictObject({
          mode: z.enum(clockModes),
          rate: z.number().min(0).max(1_000_000_000),
          now: instant(),
        })
        .refine(({ mode, rate }) => mode === 'frozen' || rate > 0, {
          path: ['rate'],
          message: 'must be more than 0 for a clock that runs',
        }),
    }),
    credentials: z.array(
      z.strictObject({
        token: id(),
        kind: z.enum(ownCredentials),
        name: prose().nullable(),
        client_session_id: id().nullable(),
        created_at: instant(),
      }),
    ),
    tables: allTables(),
  }),
)

export type Snapshot = z.infer<ReturnType<typeof snapshotSchema>>

/** A snapshot that does not fit, with the path of what is wrong. */
const snapshotError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'SnapshotError' })

/** More problems than this are counted, not told. */
const TOLD = 20

/** @throws SnapshotError with the path of every field at fault */
export const refuseSnapshot = (problems: readonly SnapshotProblem[]): void => {
  if (problems.length === 0) return
  const told = problems
    .slice(0, TOLD)
    .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
  const more = problems.length > TOLD ? ` (and ${problems.length - TOLD} more)` : ''
  throw snapshotError(`The snapshot is not valid at ${told.join('; ')}${more}`)
}

const header = once(() => z.object({ format: z.string(), version: z.number() }))

const problemsOf = (error: z.ZodError | undefined, above: PropertyKey[]): SnapshotProblem[] =>
  (error?.issues ?? []).map(({ path, message }) => ({ path: [...above, ...path], message }))

const identityOf = (row: Row, columns: readonly string[]): string | null => {
  const values = columns.map((column) => row[column])
  return values.some((value) => value === null || value === undefined)
    ? null
    : JSON.stringify(values)
}

/** Rows that share what no two rows may share. */
const duplicates = (table: WorldTable, rows: readonly Row[]): SnapshotProblem[] => {
  const { id: identity, unique = [] } = traitsOf(table)
  return [identity, ...unique].flatMap((columns) => {
    const first = new Map<string, number>()
    return rows.flatMap((row, index): SnapshotProblem[] => {
      const key = columns.some(isGiven) ? null : identityOf(row, columns)
      if (key === null) return []
      const before = first.get(key)
      if (before === undefined) {
        first.set(key, index)
        return []
      }
      const path = ['tables', table, index, columns[0] ?? '']
      return [{ path, message: `is already in ${table}.${before}` }]
    })
  })
}

/** Rows that name a row of another table which is not there. */
const danglers = (
  table: WorldTable,
  tables: Snapshot['tables'],
  idsOf: (table: string) => ReadonlySet<unknown>,
): SnapshotProblem[] =>
  Object.entries(traitsOf(table).refers ?? {}).flatMap(([column, to]) =>
    tables[table].flatMap((row, index): SnapshotProblem[] => {
      const value = row[column]
      if (to === undefined || value === null || value === undefined || idsOf(to).has(value)) {
        return []
      }
      return [{ path: ['tables', table, index, column], message: `names no row of ${to}` }]
    }),
  )

/** What its rows must keep to with each other: one of each identity, and no reference to nothing. */
const bondProblems = (tables: Snapshot['tables']): SnapshotProblem[] => {
  const known = new Map<string, ReadonlySet<unknown>>()
  const idsOf = (name: string): ReadonlySet<unknown> => {
    const before = known.get(name)
    if (before !== undefined) return before
    const table = worldTables.find((it) => it === name)
    const column = table === undefined ? '' : traitsOf(table).id[0]
    const ids = new Set(table === undefined ? [] : tables[table].map((row) => row[column]))
    known.set(name, ids)
    return ids
  }
  return [
    ...worldTables.flatMap((table) => duplicates(table, tables[table])),
    ...worldTables.flatMap((table) => danglers(table, tables, idsOf)),
    ...tables.webhook_attempts.flatMap(({ delivery_seq }, index): SnapshotProblem[] => {
      const seq = Number(delivery_seq)
      if (seq <= tables.webhook_deliveries.length) return []
      const path = ['tables', 'webhook_attempts', index, 'delivery_seq']
      return [{ path, message: 'names no row of webhook_deliveries' }]
    }),
  ]
}

/**
 * Checks what claims to be a snapshot, as far as its tables say.
 *
 * @throws SnapshotError with the path of every field at fault
 */
export const parseSnapshot = (db: DatabaseClient, given: unknown): Snapshot => {
  const value = upgradeSnapshot(given)
  const head = header().safeParse(value)
  if (!head.success || head.data.format !== FORMAT) {
    throw snapshotError(
      `This is no snapshot: it needs format "${FORMAT}" and a version. Make one with /_emulator/snapshots/export.`,
    )
  }
  if (head.data.version !== VERSION) {
    const older = head.data.version < VERSION ? 'an older' : 'a newer'
    throw snapshotError(
      `The snapshot has format version ${head.data.version}, of ${older} seam-emulator; this one reads versions up to ${VERSION}.`,
    )
  }
  const parsed = snapshotSchema().safeParse(value)
  if (!parsed.success) refuseSnapshot(problemsOf(parsed.error, []))
  const snapshot = snapshotSchema().parse(value)
  refuseSnapshot(
    worldTables.flatMap((table) => {
      const rows = rowsSchema(db, table).safeParse(snapshot.tables[table])
      return problemsOf(rows.error, ['tables', table])
    }),
  )
  refuseSnapshot(bondProblems(snapshot.tables))
  return snapshot
}
