import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaceId } from '../column-kinds.ts'

export const snapshots = sqliteTable(
  'snapshots',
  {
    workspace_id: workspaceId(),
    name: text('name').notNull(),
    created_at: integer('created_at').notNull(),
    data: text('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace_id, t.name] })],
)
