import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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

export type CredentialKind =
  | 'api_key'
  | 'personal_access_token'
  | 'client_session'
  | 'publishable_key'
  | 'console_session'
  /** The test key of a workspace that was deleted, and that opens no other by itself. */
  | 'retired_key'

export type Credential = typeof credentials.$inferSelect
