import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { acsPush, acsSchedule, acsUserState, held } from './acs-shapes.ts'
import type { AcsPush, AcsSchedule, AcsUserState, Held } from './acs-shapes.ts'
import { id, ids, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A person as an access system knows it. */
export const acs_users = sqliteTable(
  'acs_users',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    acs_user_id: text('acs_user_id').notNull(),
    acs_system_id: text('acs_system_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    user_identity_id: text('user_identity_id'),
    hid_acs_system_id: text('hid_acs_system_id'),
    /** What the API wants the system to know. */
    full_name: text('full_name').notNull(),
    email_address: text('email_address'),
    phone_number: text('phone_number'),
    is_suspended: flag('is_suspended').notNull(),
    access_schedule: json('access_schedule').$type<AcsSchedule>(),
    acs_access_group_ids: json('acs_access_group_ids').$type<string[]>().notNull(),
    acs_entrance_ids: json('acs_entrance_ids').$type<string[]>().notNull(),
    /** What Seam knows that the system has; null: nothing. */
    known: json('known').$type<AcsUserState>(),
    /** What its server has; null: nothing. */
    held: json('held').$type<Held<AcsUserState>>(),
    push: json('push').$type<AcsPush>(),
    last_synced_at: integer('last_synced_at'),
    deletion_requested_at: integer('deletion_requested_at'),
    /** An access grant has made it: it goes with the last credential of grants. */
    is_made_by_grant: flag('is_made_by_grant'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_users_id').on(t.workspace_id, t.acs_user_id),
    index('acs_users_by_system').on(t.workspace_id, t.acs_system_id),
    index('acs_users_by_identity').on(t.workspace_id, t.user_identity_id),
  ],
)

export const acsUsersTable = tableWith(acs_users, {
  id: ['acs_user_id'],
  at_hand: true,
  lookup: ['acs_system_id', 'email_address'],
  in_world: true,
  not_shown: '`acs/users/list` has them',
  sandbox_reset: 'goes',
  refers: {
    acs_system_id: 'acs_systems',
    connected_account_id: 'connected_accounts',
    user_identity_id: 'user_identities',
  },
  means: () => ({
    acs_user_id: id(),
    acs_system_id: id(),
    connected_account_id: id(),
    user_identity_id: id(),
    hid_acs_system_id: id(),
    full_name: prose(),
    email_address: z.email(),
    phone_number: prose(),
    access_schedule: acsSchedule(),
    acs_access_group_ids: ids(),
    acs_entrance_ids: ids(),
    known: acsUserState(),
    held: held(acsUserState),
    push: acsPush(),
    last_synced_at: instant(),
    deletion_requested_at: instant(),
    created_at: instant(),
  }),
})

export type AcsUser = typeof acs_users.$inferSelect
