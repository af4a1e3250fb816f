import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { id, ids, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

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
    /** It may look, and change nothing; null: it may do both. */
    is_read_only: flag('is_read_only'),
    expires_at: integer('expires_at'),
    revoked_at: integer('revoked_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('client_sessions_id').on(t.workspace_id, t.client_session_id),
    index('client_sessions_by_user').on(t.workspace_id, t.user_identifier_key),
    index('client_sessions_by_identity').on(t.workspace_id, t.user_identity_id),
  ],
)

export const clientSessionsTable = tableWith(client_sessions, {
  id: ['client_session_id'],
  in_world: true,
  not_shown: 'credentials',
  sandbox_reset: 'goes',
  means: () => ({
    client_session_id: id(),
    token: id(),
    user_identifier_key: prose(),
    user_identity_id: id(),
    customer_key: prose(),
    connected_account_ids: ids(),
    connect_webview_ids: ids(),
    expires_at: instant(),
    revoked_at: instant(),
    created_at: instant(),
  }),
})

export type ClientSession = typeof client_sessions.$inferSelect
