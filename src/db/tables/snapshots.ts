import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaceId } from './column-kinds.ts'
import { instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

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

export const snapshotsTable = tableWith(snapshots, {
  id: ['name'],
  in_world: false,
  sandbox_reset: 'stays',
  means: () => ({
    name: prose(),
    created_at: instant(),
    data: prose(100_000_000),
  }),
})
