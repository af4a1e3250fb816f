import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { seq, workspaceId } from './column-kinds.ts'
import { id, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

export const bridges = sqliteTable(
  'bridges',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    bridge_id: text('bridge_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    name: text('name').notNull(),
    offline_at: integer('offline_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('bridges_id').on(t.workspace_id, t.bridge_id)],
)

export const bridgesTable = tableWith(bridges, {
  id: ['bridge_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  means: () => ({
    bridge_id: id(),
    connected_account_id: id(),
    name: prose(),
    offline_at: instant(),
    created_at: instant(),
  }),
})

export type Bridge = typeof bridges.$inferSelect
