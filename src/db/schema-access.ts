/** Who may come in, and how accounts get connected; see `schema.ts` for the rules of all tables. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { json, seq, workspaceId } from './column-kinds.ts'
import type { CredentialKind, WebviewOptions } from './columns.ts'

/** Tokens are looked up before a workspace is known, so they are the one table keyed without it. */
export const credentials = sqliteTable(
  'credentials',
  {
    token: text('token').primaryKey(),
    kind: text('kind').$type<CredentialKind>().notNull(),
    workspace_id: text('workspace_id'),
    name: text('name'),
    user_id: text('user_id'),
    client_session_id: text('client_session_id'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [index('credentials_by_workspace').on(t.workspace_id)],
)

/** Which users a workspace has: whose personal access tokens open it. */
export const memberships = sqliteTable(
  'memberships',
  {
    user_id: text('user_id').notNull(),
    workspace_id: text('workspace_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.user_id, t.workspace_id] }),
    index('memberships_by_workspace').on(t.workspace_id),
  ],
)

export const connect_webviews = sqliteTable(
  'connect_webviews',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    connect_webview_id: text('connect_webview_id').notNull(),
    auth_token: text('auth_token').notNull(),
    status: text('status').$type<'pending' | 'authorized' | 'failed'>().notNull(),
    options: json('options').$type<WebviewOptions>().notNull(),
    failed_logins: integer('failed_logins').notNull(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    selected_provider: text('selected_provider'),
    connected_account_id: text('connected_account_id'),
    authorized_at: integer('authorized_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('connect_webviews_id').on(t.workspace_id, t.connect_webview_id)],
)

export const client_sessions = sqliteTable(
  'client_sessions',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    client_session_id: text('client_session_id').notNull(),
    token: text('token').notNull(),
    user_identifier_key: text('user_identifier_key'),
    user_identity_id: text('user_identity_id'),
    customer_key: text('customer_key'),
    connected_account_ids: json('connected_account_ids').$type<string[]>().notNull(),
    connect_webview_ids: json('connect_webview_ids').$type<string[]>().notNull(),
    expires_at: integer('expires_at'),
    revoked_at: integer('revoked_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('client_sessions_id').on(t.workspace_id, t.client_session_id),
    index('client_sessions_by_user').on(t.workspace_id, t.user_identifier_key),
  ],
)
