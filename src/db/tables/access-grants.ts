import { sql } from 'drizzle-orm/sql'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { count, id, ids, instant, pin, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

export const accessModes = ['code', 'card', 'mobile_key', 'cloud_key'] as const

/** Who may open which doors, and when, as it is declared; with what was told of it by events. */
export const access_grants = sqliteTable(
  'access_grants',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    access_grant_id: text('access_grant_id').notNull(),
    access_grant_key: text('access_grant_key'),
    user_identity_id: text('user_identity_id').notNull(),
    /** As the caller gave it; null: named after the person. */
    name: text('name'),
    reservation_key: text('reservation_key'),
    customization_profile_id: text('customization_profile_id'),
    /** Devices that the grant names itself. */
    device_ids: json('device_ids').$type<string[]>().notNull(),
    space_ids: json('space_ids').$type<string[]>().notNull(),
    /** Its devices and those of its spaces, each once: brought up to date when either changes. */
    door_ids: json('door_ids').$type<string[]>().notNull(),
    /** Entrances of access systems that the grant names itself; null: none. */
    acs_entrance_ids: json('acs_entrance_ids').$type<string[]>(),
    /** These and those of its spaces, each once; null: none. */
    entrance_ids: json('entrance_ids').$type<string[]>(),
    starts_at: integer('starts_at').notNull(),
    /** null: open end. */
    ends_at: integer('ends_at'),
    requested: json('requested').$type<AccessRequest[]>().notNull(),
    created_at: integer('created_at').notNull(),
    deletion_requested_at: integer('deletion_requested_at'),
    times_changed_at: integer('times_changed_at'),
    doors_changed_at: integer('doors_changed_at'),
    /** The doors that were all provided for when last nothing was left to do; null: never yet. */
    settled_doors: json('settled_doors').$type<string[]>(),
    /** The same of entrances. */
    settled_entrances: json('settled_entrances').$type<string[]>(),
    /** The entrances that were told to be open to the guest, and not told to be lost; null: none. */
    told_entrances: json('told_entrances').$type<string[]>(),
    /** The devices last told to be without the access that was asked for; null: none were. */
    told_missing: json('told_missing').$type<string[]>(),
    told_missing_at: integer('told_missing_at'),
  },
  (t) => [
    uniqueIndex('access_grants_id').on(t.workspace_id, t.access_grant_id),
    uniqueIndex('access_grants_by_key').on(t.workspace_id, t.access_grant_key),
    index('access_grants_by_person').on(t.workspace_id, t.user_identity_id),
    index('access_grants_by_reservation')
      .on(t.workspace_id, t.reservation_key)
      .where(sql`reservation_key is not null`),
  ],
)

export const accessGrantsTable = tableWith(access_grants, {
  id: ['access_grant_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { user_identity_id: 'user_identities' },
  unique: [['access_grant_key']],
  means: () => ({
    access_grant_id: id(),
    access_grant_key: prose(),
    user_identity_id: id(),
    name: prose(),
    reservation_key: prose(),
    customization_profile_id: id(),
    device_ids: ids(),
    space_ids: ids(),
    door_ids: ids(),
    acs_entrance_ids: ids(),
    entrance_ids: ids(),
    starts_at: instant(),
    ends_at: instant(),
    requested: z.array(
      z.strictObject({
        mode: z.enum(accessModes),
        code: pin().nullable(),
        instant_key_max_use_count: count().nullable(),
        created_at: instant(),
        access_method_ids: ids(),
        without: ids(),
        withdrawn: ids(),
        is_ended: z.boolean(),
      }),
    ),
    created_at: instant(),
    deletion_requested_at: instant(),
    times_changed_at: instant(),
    doors_changed_at: instant(),
    settled_doors: ids(),
    settled_entrances: ids(),
    told_entrances: ids(),
    told_missing: ids(),
    told_missing_at: instant(),
  }),
})

export type AccessMode = (typeof accessModes)[number]

/** One way of getting in that was asked for. */
export interface AccessRequest {
  mode: AccessMode
  /** The PIN that the caller wishes for. */
  code: string | null
  instant_key_max_use_count: number | null
  created_at: number
  /** The methods that came of it, in the order of their creation. */
  access_method_ids: string[]
  /** Doors whose lock takes no code of it or has no PIN left, and entrances whose system refused. */
  without: string[]
  /** Doors whose method was deleted by itself. */
  withdrawn: string[]
  /** All its methods were deleted: none is made again. */
  is_ended: boolean
}

export type AccessGrant = typeof access_grants.$inferSelect
