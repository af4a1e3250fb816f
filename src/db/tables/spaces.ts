import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { id, ids, instant, prose, record } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A place with doors, such as a flat. Its devices say themselves that they are in it (`devices.space_ids`). */
export const spaces = sqliteTable(
  'spaces',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    space_id: text('space_id').notNull(),
    space_key: text('space_key'),
    name: text('name').notNull(),
    customer_key: text('customer_key'),
    customer_data: json('customer_data').$type<Record<string, string>>(),
    /** Of a property listing that was pushed. */
    custom_metadata: json('custom_metadata').$type<Record<string, unknown>>(),
    geolocation: json('geolocation').$type<Geolocation>(),
    parent_space_id: text('parent_space_id'),
    connected_account_ids: json('connected_account_ids').$type<string[]>().notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('spaces_id').on(t.workspace_id, t.space_id),
    uniqueIndex('spaces_by_key').on(t.workspace_id, t.space_key),
    index('spaces_by_customer').on(t.workspace_id, t.customer_key),
  ],
)

export const spacesTable = tableWith(spaces, {
  id: ['space_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  unique: [['space_key']],
  means: () => ({
    space_id: id(),
    space_key: prose(),
    name: prose(),
    customer_key: prose(),
    customer_data: z.record(prose(), prose()),
    custom_metadata: record(),
    geolocation: z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
    }),
    parent_space_id: id(),
    connected_account_ids: ids(),
    created_at: instant(),
  }),
})

/** Decimal degrees. */
export interface Geolocation {
  latitude: number
  longitude: number
}

export type Space = typeof spaces.$inferSelect
