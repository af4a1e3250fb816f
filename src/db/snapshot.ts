/**
 * A whole workspace as reviewable JSON, and back. Rows stand in the order in which
 * they came into being; their numbers are given anew, so that a snapshot fits beside
 * other workspaces of any database.
 */
import { z } from 'zod'
import { isRecord } from '../lib/is-record.ts'
import { once } from '../lib/once.ts'
import type { DatabaseClient } from './database.ts'
import type { Credential } from './tables/credentials.ts'
import { worldTables } from './tables/index.ts'
import type { WorldTable } from './tables/index.ts'
import type { ColumnShape } from './store/codec.ts'

const FORMAT = 'seam-emulator-snapshot'
/** Goes up when a table changes in a way that older snapshots do not fit. */
const VERSION = 1

type Row = Record<string, unknown>

const valueSchema = (type: ColumnShape['type']): z.ZodType => {
  switch (type) {
    case 'number':
      return z.number()
    case 'boolean':
      return z.boolean()
    case 'json':
      return z.custom((value) => value !== undefined && value !== null, 'Required')
    default:
      return z.string()
  }
}

/** Given by the database, or by where the snapshot goes. */
const isGiven = (column: string): boolean => column === 'seq' || column === 'workspace_id'

/** Events are kept as text on the way out; in a snapshot they can be read. */
const isEventBody = (table: WorldTable, column: string): boolean =>
  table === 'events' && column === 'body'

const rowSchema = (db: DatabaseClient, table: WorldTable): z.ZodType<Row> =>
  z.strictObject(
    Object.fromEntries(
      db.rawTable(table).columns.flatMap(({ name, type, isNullable }) => {
        if (isGiven(name)) return []
        const value = isEventBody(table, name)
          ? z.record(z.string(), z.unknown())
          : valueSchema(type)
        return [[name, isNullable ? value.nullish() : value]]
      }),
    ),
  )

const clockModes = ['realtime', 'scaled', 'frozen'] as const
/** API keys and publishable keys are the workspace's own and stay with it. */
const ownCredentials = ['client_session'] as const

/** Tables that snapshots of earlier versions do not have: there was nothing to be in them. */
const laterTables = {
  failed_jobs: [],
  spaces: [],
  user_identities: [],
  user_identity_devices: [],
  phones: [],
  instant_keys: [],
} satisfies Partial<Record<WorldTable, []>>

const allTables = once(() =>
  z.preprocess(
    (tables) => (isRecord(tables) ? { ...laterTables, ...tables } : tables),
    z.record(z.enum(worldTables), z.array(z.record(z.string(), z.unknown()))),
  ),
)

const snapshotSchema = once(() =>
  z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal(VERSION),
    workspace: z.strictObject({
      name: z.string(),
      company_name: z.string(),
      is_sandbox: z.boolean(),
      is_suspended: z.boolean(),
      is_publishable_key_auth_enabled: z.boolean(),
      organization_id: z.string().nullable(),
      connect_webview_customization: z.record(z.string(), z.unknown()),
      created_at: z.number(),
      seed: z.string(),
      fixture: z.string(),
      fixture_data: z.unknown(),
      settings: z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])),
      loose_ids: z.boolean(),
      clock: z.strictObject({ mode: z.enum(clockModes), rate: z.number(), now: z.number() }),
    }),
    credentials: z.array(
      z.strictObject({
        token: z.string(),
        kind: z.enum(ownCredentials),
        name: z.string().nullable(),
        client_session_id: z.string().nullable(),
        created_at: z.number(),
      }),
    ),
    tables: allTables(),
  }),
)

export type Snapshot = z.infer<ReturnType<typeof snapshotSchema>>

/** A snapshot that does not fit, with the path of what is wrong. */
export const snapshotError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'SnapshotError' })

const header = once(() => z.object({ format: z.string(), version: z.number() }))

/**
 * Checks what claims to be a snapshot.
 *
 * @throws SnapshotError
 */
export const parseSnapshot = (db: DatabaseClient, value: unknown): Snapshot => {
  const head = header().safeParse(value)
  if (!head.success || head.data.format !== FORMAT) {
    throw snapshotError(
      `This is no snapshot: it needs format "${FORMAT}" and a version. Make one with /_emulator/snapshots/export.`,
    )
  }
  if (head.data.version !== VERSION) {
    const older = head.data.version < VERSION ? 'an older' : 'a newer'
    throw snapshotError(
      `The snapshot has format version ${head.data.version}, of ${older} seam-emulator; this one reads version ${VERSION}.`,
    )
  }
  const parsed = snapshotSchema().safeParse(value)
  if (!parsed.success) throw snapshotError(firstProblem(parsed.error, []))
  for (const table of worldTables) {
    const rows = z.array(rowSchema(db, table)).safeParse(parsed.data.tables[table])
    if (!rows.success) throw snapshotError(firstProblem(rows.error, ['tables', table]))
  }
  return parsed.data
}

const firstProblem = (error: z.ZodError, above: PropertyKey[]): string => {
  const [issue] = error.issues
  const path = [...above, ...(issue?.path ?? [])].map(String).join('.')
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : ''
  return `The snapshot is not valid at ${path}: ${issue?.message ?? 'unknown'}${more}`
}

const outgoing = (table: WorldTable, row: Row, deliveryOf: Map<unknown, number>): Row => {
  const { seq: _, ...rest } = row
  if (table === 'events' && typeof rest['body'] === 'string') {
    return { ...rest, body: JSON.parse(rest['body']) as unknown }
  }
  if (table === 'webhook_attempts') {
    return { ...rest, delivery_seq: deliveryOf.get(rest['delivery_seq']) ?? 0 }
  }
  return rest
}

/** Copies a workspace. @param now its present instant, ms. */
export const exportWorkspace = (
  db: DatabaseClient,
  workspace_id: string,
  now: number,
): Snapshot => {
  const row = db.workspaceRow(workspace_id).get(workspace_id)
  if (row === undefined) throw new Error(`There is no workspace ${workspace_id}`)
  const {
    seq: _seq,
    workspace_id: _id,
    clock_mode,
    clock_rate,
    clock_base: _base,
    clock_anchor: _anchor,
    ...workspace
  } = row
  // Attempts name their delivery by its number, which is now its place in the list.
  const deliveryOf = new Map<unknown, number>()
  const tables: Partial<Record<WorldTable, Row[]>> = {}
  for (const table of worldTables) {
    const rows = db.rawTable(table).dump(workspace_id)
    if (table === 'webhook_deliveries') {
      for (const [index, delivery] of rows.entries()) deliveryOf.set(delivery['seq'], index + 1)
    }
    tables[table] = rows.map((it) => outgoing(table, it, deliveryOf))
  }
  const credentials = db.credentials.ofWorkspace(workspace_id).flatMap((credential) => {
    const { token, kind, name, client_session_id, created_at } = credential
    return isOwn(kind) ? [{ token, kind, name, client_session_id, created_at }] : []
  })
  return {
    format: FORMAT,
    version: VERSION,
    workspace: {
      ...workspace,
      settings: { ...workspace.settings },
      clock: { mode: clock_mode, rate: clock_rate, now },
    },
    credentials,
    tables: allTables().parse(tables),
  }
}

const isOwn = (kind: Credential['kind']): kind is (typeof ownCredentials)[number] =>
  ownCredentials.some((own) => own === kind)

const incoming = (
  table: WorldTable,
  row: Row,
  workspace_id: string,
  deliverySeqs: readonly number[],
): Row => {
  const { body, delivery_seq } = row
  if (table === 'events' && typeof body === 'object' && body !== null) {
    return { ...row, body: JSON.stringify({ ...body, workspace_id }) }
  }
  if (table === 'webhook_attempts') {
    return { ...row, delivery_seq: deliverySeqs[Number(delivery_seq) - 1] ?? 0 }
  }
  return row
}

/**
 * Puts a snapshot's rows into a workspace whose tables are empty, and its client
 * sessions' tokens with them; tokens that another workspace holds already stay there.
 * The workspace's own row and its clock are the caller's work.
 */
export const importRows = (db: DatabaseClient, workspace_id: string, snapshot: Snapshot): void => {
  let deliverySeqs: number[] = []
  for (const table of worldTables) {
    const rows = snapshot.tables[table].map((row) =>
      incoming(table, row, workspace_id, deliverySeqs),
    )
    const seqs = db.rawTable(table).load(workspace_id, rows)
    if (table === 'webhook_deliveries') deliverySeqs = seqs
  }
  for (const credential of db.credentials.ofWorkspace(workspace_id)) {
    if (isOwn(credential.kind)) db.credentials.delete(credential.token)
  }
  for (const credential of snapshot.credentials) {
    if (db.credentials.find(credential.token) !== undefined) continue
    db.credentials.insert({ ...credential, workspace_id, user_id: null })
  }
}
