import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { seq, workspaceId } from './column-kinds.ts'
import { id, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A person: a guest, a resident, a member of staff. */
export const user_identities = sqliteTable(
  'user_identities',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    user_identity_id: text('user_identity_id').notNull(),
    user_identity_key: text('user_identity_key'),
    full_name: text('full_name'),
    email_address: text('email_address'),
    phone_number: text('phone_number'),
    customer_key: text('customer_key'),
    created_at: integer('created_at').notNull(),
    /** Since when it waits for its access to be taken down. */
    deleting_at: integer('deleting_at'),
  },
  (t) => [
    uniqueIndex('user_identities_id').on(t.workspace_id, t.user_identity_id),
    uniqueIndex('user_identities_by_key').on(t.workspace_id, t.user_identity_key),
    index('user_identities_by_email').on(t.workspace_id, t.email_address),
    index('user_identities_by_phone').on(t.workspace_id, t.phone_number),
    index('user_identities_by_customer').on(t.workspace_id, t.customer_key),
  ],
)

export const userIdentitiesTable = tableWith(user_identities, {
  id: ['user_identity_id'],
  at_hand: true,
  in_world: true,
  not_shown: 'people; a grant names whose it is',
  sandbox_reset: 'goes',
  unique: [['user_identity_key']],
  means: () => ({
    user_identity_id: id(),
    user_identity_key: prose(),
    full_name: prose(),
    email_address: prose(),
    phone_number: prose(),
    customer_key: prose(),
    created_at: instant(),
    deleting_at: instant(),
  }),
})

/** The devices that a person was given directly, without an access grant. */
export const user_identity_devices = sqliteTable(
  'user_identity_devices',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    user_identity_id: text('user_identity_id').notNull(),
    device_id: text('device_id').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('user_identity_devices_id').on(t.workspace_id, t.user_identity_id, t.device_id),
    index('user_identity_devices_by_device').on(t.workspace_id, t.device_id),
  ],
)

export const userIdentityDevicesTable = tableWith(user_identity_devices, {
  id: ['user_identity_id', 'device_id'],
  in_world: true,
  not_shown: 'people; a grant names whose it is',
  sandbox_reset: 'goes',
  refers: { user_identity_id: 'user_identities', device_id: 'devices' },
  means: () => ({ user_identity_id: id(), device_id: id(), created_at: instant() }),
})

/** Persons who turned out to be others: their ids and keys go on meaning those others. */
export const merged_user_identities = sqliteTable(
  'merged_user_identities',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    merged_user_identity_id: text('merged_user_identity_id').notNull(),
    merged_user_identity_key: text('merged_user_identity_key'),
    /** Who it is now. */
    user_identity_id: text('user_identity_id').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('merged_user_identities_id').on(t.workspace_id, t.merged_user_identity_id),
    uniqueIndex('merged_user_identities_by_key').on(t.workspace_id, t.merged_user_identity_key),
    index('merged_user_identities_by_person').on(t.workspace_id, t.user_identity_id),
  ],
)

export const mergedUserIdentitiesTable = tableWith(merged_user_identities, {
  id: ['merged_user_identity_id'],
  in_world: true,
  not_shown: '`user_identities/get` has them, in newer versions of the API',
  sandbox_reset: 'goes',
  refers: { user_identity_id: 'user_identities' },
  unique: [['merged_user_identity_key']],
  means: () => ({
    merged_user_identity_id: id(),
    merged_user_identity_key: prose(),
    user_identity_id: id(),
    created_at: instant(),
  }),
})

export type UserIdentity = typeof user_identities.$inferSelect
