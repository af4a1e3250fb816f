import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { workspaceId } from './column-kinds.ts'
import { count, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

export const streams = sqliteTable(
  'streams',
  {
    workspace_id: workspaceId(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace_id, t.name] })],
)

export const streamsTable = tableWith(streams, {
  id: ['name'],
  at_hand: true,
  in_world: true,
  not_shown: 'positions of luck',
  sandbox_reset: 'stays',
  means: () => ({
    name: prose(),
    position: count(),
  }),
})
