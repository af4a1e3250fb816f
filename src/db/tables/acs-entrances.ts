import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { entranceMetadata, noMetadata } from '../../contract/acs-metadata.ts'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { acsAccessMethods, acsSchedule } from './acs-shapes.ts'
import type { AcsAccessMethod, AcsSchedule } from './acs-shapes.ts'
import { count, id, ids, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A door of an access system. */
export const acs_entrances = sqliteTable(
  'acs_entrances',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    acs_entrance_id: text('acs_entrance_id').notNull(),
    acs_system_id: text('acs_system_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    display_name: text('display_name').notNull(),
    /** A door of one guest, or one that many share. */
    category: text('category').$type<EntranceCategory>().notNull(),
    /** It has a line to the controller, whose table judges; otherwise what stands on the card does. */
    is_wired: flag('is_wired').notNull(),
    /** What the brand shows of it. */
    metadata: json('metadata').$type<Record<string, unknown>>().notNull(),
    space_ids: json('space_ids').$type<string[]>().notNull(),
    /** Since when its line is cut. */
    offline_at: integer('offline_at'),
    privacy_mode_at: integer('privacy_mode_at'),
    /** The highest issue number that was shown to it: an offline door takes no lower one. */
    seen_issue: integer('seen_issue').notNull(),
    /** While its line is cut: the rights that it knew when it was cut. */
    kept_rights: json('kept_rights').$type<DoorRight[]>(),
    /** What happened at it while nobody could be told, oldest first; null: nothing. */
    unreported: json('unreported').$type<UnreportedUse[]>(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_entrances_id').on(t.workspace_id, t.acs_entrance_id),
    index('acs_entrances_by_system').on(t.workspace_id, t.acs_system_id),
    index('acs_entrances_by_account').on(t.workspace_id, t.connected_account_id),
  ],
)

export const entranceCategories = ['guest', 'common'] as const

export type EntranceCategory = (typeof entranceCategories)[number]

/** What a controller knows of one credential at one door. */
export interface DoorRight {
  acs_credential_id: string
  acs_user_id: string | null
  access_method: AcsAccessMethod
  code: string | null
  card_number: string | null
  /** All of them must hold now. */
  windows: AcsSchedule[]
  is_suspended: boolean
  is_subscribed: boolean
  covers: boolean
}

/** Somebody was let in, or not. */
export interface UnreportedUse {
  at: number
  acs_user_id: string | null
  method: UseMethod
  /** null: it opened. */
  reason: DoorRefusal | null
}

export const useMethods = ['card', 'keycode', 'remote', 'unknown'] as const
export type UseMethod = (typeof useMethods)[number]

/** Why a door did not open, in the words of `lock.access_denied`. */
export const doorRefusals = [
  'unknown_code',
  'expired_code',
  'blocklisted_code',
  'blocked_by_privacy_mode',
  'credential_error',
] as const
export type DoorRefusal = (typeof doorRefusals)[number]

export const acsEntrancesTable = tableWith(acs_entrances, {
  id: ['acs_entrance_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { acs_system_id: 'acs_systems', connected_account_id: 'connected_accounts' },
  means: () => ({
    acs_entrance_id: id(),
    acs_system_id: id(),
    connected_account_id: id(),
    display_name: prose(),
    category: z.enum(entranceCategories),
    metadata: z.union([noMetadata(), ...Object.values(entranceMetadata())]),
    space_ids: ids(),
    offline_at: instant(),
    privacy_mode_at: instant(),
    seen_issue: count(),
    kept_rights: z.array(
      z.strictObject({
        acs_credential_id: id(),
        acs_user_id: id().nullable(),
        access_method: z.enum(acsAccessMethods),
        code: prose(100).nullable(),
        card_number: prose(100).nullable(),
        windows: z.array(acsSchedule()),
        is_suspended: z.boolean(),
        is_subscribed: z.boolean(),
        covers: z.boolean(),
      }),
    ),
    unreported: z.array(
      z.strictObject({
        at: instant(),
        acs_user_id: id().nullable(),
        method: z.enum(useMethods),
        reason: z.enum(doorRefusals).nullable(),
      }),
    ),
    created_at: instant(),
  }),
})

export type AcsEntrance = typeof acs_entrances.$inferSelect
