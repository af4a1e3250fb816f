import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { accessModes } from './access-grants.ts'
import type { AccessMode } from './access-grants.ts'
import { id, ids, instant, pin } from './meanings.ts'
import { tableWith } from './traits.ts'

/** One credential of a grant: a PIN with an access code on each of its doors, or a credential of an access system. */
export const access_methods = sqliteTable(
  'access_methods',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    access_method_id: text('access_method_id').notNull(),
    access_grant_id: text('access_grant_id').notNull(),
    mode: text('mode').$type<AccessMode>().notNull(),
    /** null while the lock or its provider has not told the PIN that it chose. */
    code: text('code'),
    /** The lock or its provider chooses the PIN. */
    is_chosen_by_lock: flag('is_chosen_by_lock').notNull(),
    /** For a spare code: the method that it stands in for. */
    original_access_method_id: text('original_access_method_id'),
    doors: json('doors').$type<MethodDoor[]>().notNull(),
    /** Codes that were asked to leave their locks. */
    leaving: json('leaving').$type<string[]>().notNull(),
    created_at: integer('created_at').notNull(),
    deletion_requested_at: integer('deletion_requested_at'),
    /** Since when it was last told to be issued; null: it is not. */
    issued_at: integer('issued_at'),
    /** It was issued before, so that the next time is told as a reissue. */
    was_issued: flag('was_issued').notNull(),
    /** Since when it has been on its way to be issued. */
    since: integer('since').notNull(),
    /** The window that its codes were last seen to have. */
    in_effect: json('in_effect').$type<AccessWindow>().notNull(),
    delay_told_at: integer('delay_told_at'),
    failure_told_at: integer('failure_told_at'),
    /** Of a credential of an access system; null: its codes are on locks. */
    acs: json('acs').$type<MethodInSystem>(),
  },
  (t) => [
    uniqueIndex('access_methods_id').on(t.workspace_id, t.access_method_id),
    index('access_methods_by_grant').on(t.workspace_id, t.access_grant_id),
  ],
)

export const accessMethodsTable = tableWith(access_methods, {
  id: ['access_method_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { access_grant_id: 'access_grants' },
  means: () => ({
    access_method_id: id(),
    access_grant_id: id(),
    mode: z.enum(accessModes),
    code: pin(),
    original_access_method_id: id(),
    doors: z.array(z.strictObject({ device_id: id(), access_code_id: id().nullable() })),
    leaving: ids(),
    created_at: instant(),
    deletion_requested_at: instant(),
    issued_at: instant(),
    since: instant(),
    in_effect: z.strictObject({ starts_at: instant(), ends_at: instant().nullable() }),
    delay_told_at: instant(),
    failure_told_at: instant(),
    acs: z.strictObject({
      acs_system_id: id(),
      entrance_ids: ids(),
      acs_credential_id: id().nullable(),
      encoding_told_at: instant().nullable(),
      instant_key_id: id().nullable(),
    }),
  }),
})

/** A door that the method is for, and the code on it; null while there is none yet. */
export interface MethodDoor {
  device_id: string
  access_code_id: string | null
}

/** A credential of one access system, and what it is to open there. */
export interface MethodInSystem {
  acs_system_id: string
  /** The entrances that it is for. */
  entrance_ids: string[]
  /** null while there is none. */
  acs_credential_id: string | null
  /** Since when it was told that a card is to be encoded; null: it is not. */
  encoding_told_at: number | null
  /** The link that brings a mobile key to a phone. */
  instant_key_id: string | null
}

/** Instants, ms; null: open. */
export interface AccessWindow {
  starts_at: number
  ends_at: number | null
}

export type AccessMethod = typeof access_methods.$inferSelect
