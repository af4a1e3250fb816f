import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { count, id, ids, instant } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A link that opens a person's doors in a browser. */
export const instant_keys = sqliteTable(
  'instant_keys',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    instant_key_id: text('instant_key_id').notNull(),
    /** The six letters of its link. */
    code: text('code').notNull(),
    user_identity_id: text('user_identity_id').notNull(),
    client_session_id: text('client_session_id').notNull(),
    max_use_count: integer('max_use_count').notNull(),
    /** One token for each browser that has opened the link: that is one use. */
    visits: json('visits').$type<string[]>().notNull(),
    customization_profile_id: text('customization_profile_id'),
    expires_at: integer('expires_at').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('instant_keys_id').on(t.workspace_id, t.instant_key_id),
    uniqueIndex('instant_keys_by_code').on(t.workspace_id, t.code),
    index('instant_keys_by_identity').on(t.workspace_id, t.user_identity_id),
    index('instant_keys_by_session').on(t.workspace_id, t.client_session_id),
  ],
)

export const instantKeysTable = tableWith(instant_keys, {
  id: ['instant_key_id'],
  in_world: true,
  not_shown: 'credentials',
  sandbox_reset: 'goes',
  refers: { user_identity_id: 'user_identities', client_session_id: 'client_sessions' },
  unique: [['code']],
  means: () => ({
    instant_key_id: id(),
    code: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
    user_identity_id: id(),
    client_session_id: id(),
    max_use_count: count(),
    visits: ids(),
    customization_profile_id: id(),
    expires_at: instant(),
    created_at: instant(),
  }),
})

export type InstantKey = typeof instant_keys.$inferSelect
