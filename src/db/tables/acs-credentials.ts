import { sql } from 'drizzle-orm/sql'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { acsAccessMethods, acsCredentialState, acsPush, held } from './acs-shapes.ts'
import type { AcsAccessMethod, AcsCredentialState, AcsPush, Held } from './acs-shapes.ts'
import { count, id, ids, instant, prose, record } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A PIN, card or key of a user of an access system. */
export const acs_credentials = sqliteTable(
  'acs_credentials',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    acs_credential_id: text('acs_credential_id').notNull(),
    acs_system_id: text('acs_system_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    acs_user_id: text('acs_user_id'),
    access_method: text('access_method').$type<AcsAccessMethod>().notNull(),
    /** What the API wants the system to know. */
    code: text('code'),
    card_number: text('card_number'),
    starts_at: integer('starts_at'),
    ends_at: integer('ends_at'),
    acs_entrance_ids: json('acs_entrance_ids').$type<string[]>().notNull(),
    is_multi_phone_sync: flag('is_multi_phone_sync').notNull(),
    parent_acs_credential_id: text('parent_acs_credential_id'),
    /** The phone that a mobile key is on. */
    phone_id: text('phone_id'),
    credential_manager_acs_system_id: text('credential_manager_acs_system_id'),
    /** What was asked of the brand. */
    options: json('options').$type<AcsCredentialOptions>().notNull(),
    /** The access method of a grant that it was made for. */
    access_method_id: text('access_method_id'),
    /** Its start was moved from the past to this instant. */
    schedule_modified_at: integer('schedule_modified_at'),
    /** What Seam knows that the system has; null: nothing. */
    known: json('known').$type<AcsCredentialState>(),
    held: json('held').$type<Held<AcsCredentialState>>(),
    push: json('push').$type<AcsPush>(),
    /** When its system was last known to have what is wanted. */
    synced_at: integer('synced_at'),
    /** Of a card or key: the number of its issue; an offline door takes no lower one than it has seen. */
    issue: integer('issue'),
    issued_at: integer('issued_at'),
    /** What stood on its card when it was last encoded. */
    written: json('written').$type<CardContents>(),
    /** Since when its card opens nothing by right: overridden, overwritten or cancelled. */
    invalidated_at: integer('invalidated_at'),
    deletion_requested_at: integer('deletion_requested_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_credentials_id').on(t.workspace_id, t.acs_credential_id),
    index('acs_credentials_by_system').on(t.workspace_id, t.acs_system_id),
    index('acs_credentials_by_user').on(t.workspace_id, t.acs_user_id),
    index('acs_credentials_by_method').on(t.workspace_id, t.access_method_id),
    index('acs_credentials_by_parent').on(t.workspace_id, t.parent_acs_credential_id),
    // Few at any time: looked for whenever a user is shown after some credential has changed.
    index('acs_credentials_on_their_way')
      .on(t.workspace_id)
      .where(sql`push is not null`),
  ],
)

/** What the bytes on a card say. */
export interface CardContents {
  acs_system_id: string
  acs_credential_id: string
  acs_user_id: string | null
  issue: number
  starts_at: number | null
  ends_at: number | null
  acs_entrance_ids: string[]
  /** Of doors that open by groups with schedules of their own: one of a door's windows must hold too. */
  door_windows?: DoorWindow[]
}

/** When a door opens, beside the window of the card. */
export interface DoorWindow {
  acs_entrance_id: string
  starts_at: number
  ends_at: number | null
}

export const cardContents = () =>
  z.strictObject({
    acs_system_id: id(),
    acs_credential_id: id(),
    acs_user_id: id().nullable(),
    issue: count(),
    starts_at: instant().nullable(),
    ends_at: instant().nullable(),
    acs_entrance_ids: ids(),
    door_windows: z
      .array(
        z.strictObject({
          acs_entrance_id: id(),
          starts_at: instant(),
          ends_at: instant().nullable(),
        }),
      )
      .optional(),
  })

/** What a credential was asked to do to others, and how its card is written. */
export interface AcsCredentialOptions {
  override?: boolean
  auto_join?: boolean
  joiner_acs_credential_ids?: string[]
  card_format?: 'TLCode' | 'rfid48'
  card_function_type?: 'guest' | 'staff'
  override_guest_acs_entrance_ids?: string[]
  /** The brand's own parameters, as they were given. */
  given?: Record<string, unknown>
}

export const acsCredentialsTable = tableWith(acs_credentials, {
  id: ['acs_credential_id'],
  at_hand: true,
  lookup: ['acs_system_id', 'acs_user_id', 'code', 'parent_acs_credential_id'],
  in_world: true,
  not_shown: '`acs/credentials/list` has them',
  sandbox_reset: 'goes',
  refers: { acs_system_id: 'acs_systems', connected_account_id: 'connected_accounts' },
  means: () => ({
    acs_credential_id: id(),
    acs_system_id: id(),
    connected_account_id: id(),
    acs_user_id: id(),
    access_method: z.enum(acsAccessMethods),
    code: prose(100),
    card_number: prose(100),
    starts_at: instant(),
    ends_at: instant(),
    acs_entrance_ids: ids(),
    parent_acs_credential_id: id(),
    phone_id: id(),
    credential_manager_acs_system_id: id(),
    options: z.strictObject({
      override: z.boolean().optional(),
      auto_join: z.boolean().optional(),
      joiner_acs_credential_ids: ids().optional(),
      card_format: z.enum(['TLCode', 'rfid48']).optional(),
      card_function_type: z.enum(['guest', 'staff']).optional(),
      override_guest_acs_entrance_ids: ids().optional(),
      given: record().optional(),
    }),
    access_method_id: id(),
    schedule_modified_at: instant(),
    known: acsCredentialState(),
    held: held(acsCredentialState),
    push: acsPush(),
    synced_at: instant(),
    issue: count(),
    issued_at: instant(),
    written: cardContents(),
    invalidated_at: instant(),
    deletion_requested_at: instant(),
    created_at: instant(),
  }),
})

export type AcsCredential = typeof acs_credentials.$inferSelect
