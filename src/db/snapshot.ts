/**
 * A whole workspace as reviewable JSON, and back. Rows stand in the order in which
 * they came into being; their numbers are given anew, so that a snapshot fits beside
 * other workspaces of any database.
 */

import type { DatabaseClient } from './database.ts'
import { bodyOf } from './tables/event-body.ts'
import { FORMAT, allTables, ownCredentials } from './snapshot-format.ts'
import { VERSION } from './snapshot-upgrade.ts'
import type { Snapshot } from './snapshot-format.ts'
import type { Credential } from './tables/credentials.ts'
import { worldTables } from './tables/index.ts'
import type { WorldTable } from './tables/index.ts'

type Row = Record<string, unknown>

const outgoing = (table: WorldTable, row: Row, deliveryOf: Map<unknown, number>): Row => {
  const { seq: _, ...rest } = row
  if (table === 'webhook_attempts') {
    return { ...rest, delivery_seq: deliveryOf.get(rest['delivery_seq']) ?? 0 }
  }
  return rest
}

/** Events have all that they carry. */
const eventsOf = (db: DatabaseClient, workspace_id: string): Row[] =>
  db
    .tablesOf(workspace_id)
    .events.all()
    .map((row) => {
      const { seq: _seq, workspace_id: _id, ...event } = row
      return { ...event, body: JSON.parse(bodyOf({ workspace_id }, row)) as unknown }
    })

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
    scope: _scope,
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
    const rows =
      table === 'events' ? eventsOf(db, workspace_id) : db.rawTable(table).dump(workspace_id)
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
