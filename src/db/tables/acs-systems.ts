import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { acsModels } from '../../contract/vocabulary.ts'
import { seq, workspaceId } from './column-kinds.ts'
import { count, id, instant, prose, timeZone } from './meanings.ts'
import { tableWith } from './traits.ts'

/** An access system: a site with its server, doors, users and credentials. */
export const acs_systems = sqliteTable(
  'acs_systems',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    acs_system_id: text('acs_system_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    model: text('model').notNull(),
    name: text('name').notNull(),
    time_zone: text('time_zone'),
    /** The Seam Bridge on the site's network; null for a system in the cloud. */
    bridge_id: text('bridge_id'),
    /** Since when its server does not answer. */
    server_down_at: integer('server_down_at'),
    /** Since when it was last told to be disconnected; null: it was told to be connected. */
    disconnected_at: integer('disconnected_at'),
    /** The highest issue number that a card or key of it has. */
    last_issue: integer('last_issue').notNull(),
    /** How many users its subscription has; null: as many as its brand gives. */
    subscription_slots: integer('subscription_slots'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_systems_id').on(t.workspace_id, t.acs_system_id),
    index('acs_systems_by_account').on(t.workspace_id, t.connected_account_id),
    index('acs_systems_by_bridge').on(t.workspace_id, t.bridge_id),
  ],
)

export const acsSystemsTable = tableWith(acs_systems, {
  id: ['acs_system_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { connected_account_id: 'connected_accounts', bridge_id: 'bridges' },
  means: () => ({
    acs_system_id: id(),
    connected_account_id: id(),
    model: z.enum(acsModels),
    name: prose(),
    time_zone: timeZone(),
    bridge_id: id(),
    server_down_at: instant(),
    disconnected_at: instant(),
    last_issue: count(),
    subscription_slots: count(),
    created_at: instant(),
  }),
})

export type AcsSystem = typeof acs_systems.$inferSelect
