import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { json, seq, workspaceId } from './column-kinds.ts'
import { acsPush, acsSchedule } from './acs-shapes.ts'
import type { AcsPush, AcsSchedule } from './acs-shapes.ts'
import { z } from 'zod'
import { acsGroupTypes } from '../../contract/vocabulary.ts'
import { id, ids, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** Doors and a schedule, for the users that are in it. */
export const acs_access_groups = sqliteTable(
  'acs_access_groups',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    acs_access_group_id: text('acs_access_group_id').notNull(),
    acs_system_id: text('acs_system_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    name: text('name').notNull(),
    external_type: text('external_type').notNull(),
    access_schedule: json('access_schedule').$type<AcsSchedule>(),
    acs_entrance_ids: json('acs_entrance_ids').$type<string[]>().notNull(),
    /** Its deletion on its way to the server. */
    push: json('push').$type<AcsPush>(),
    deletion_requested_at: integer('deletion_requested_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_access_groups_id').on(t.workspace_id, t.acs_access_group_id),
    index('acs_access_groups_by_system').on(t.workspace_id, t.acs_system_id),
  ],
)

export const acsAccessGroupsTable = tableWith(acs_access_groups, {
  id: ['acs_access_group_id'],
  at_hand: true,
  in_world: true,
  not_shown: '`acs/access_groups/list` has them',
  sandbox_reset: 'goes',
  refers: { acs_system_id: 'acs_systems', connected_account_id: 'connected_accounts' },
  means: () => ({
    acs_access_group_id: id(),
    acs_system_id: id(),
    connected_account_id: id(),
    name: prose(),
    external_type: z.enum(acsGroupTypes),
    access_schedule: acsSchedule(),
    acs_entrance_ids: ids(),
    push: acsPush(),
    deletion_requested_at: instant(),
    created_at: instant(),
  }),
})

export type AcsAccessGroup = typeof acs_access_groups.$inferSelect
