import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { id, ids, instant, prose, record, word } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A device that writes and reads cards. */
export const acs_encoders = sqliteTable(
  'acs_encoders',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    acs_encoder_id: text('acs_encoder_id').notNull(),
    acs_system_id: text('acs_system_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    display_name: text('display_name').notNull(),
    metadata: json('metadata').$type<Record<string, unknown>>().notNull(),
    /** Since when its cable is out. */
    offline_at: integer('offline_at'),
    /** Blank cards come by themselves, as from an endless pile. */
    auto_card: flag('auto_card').notNull(),
    removed_at: integer('removed_at'),
    /** What was simulated to come of the next encoding, and of the next scan. */
    next_encode: json('next_encode').$type<ForcedOutcome>(),
    next_scan: json('next_scan').$type<ForcedOutcome>(),
    /** The attempts that wait for it, in order; it works at the first. */
    queue: json('queue').$type<string[]>().notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_encoders_id').on(t.workspace_id, t.acs_encoder_id),
    index('acs_encoders_by_system').on(t.workspace_id, t.acs_system_id),
  ],
)

/** What the vendor's simulation made of the next encoding or scan. */
export interface ForcedOutcome {
  error_code?: string
  scenario?: string
  /** Only when it is about this credential. */
  acs_credential_id?: string
}

export const acsEncodersTable = tableWith(acs_encoders, {
  id: ['acs_encoder_id'],
  at_hand: true,
  in_world: true,
  not_shown: '`acs/encoders/list` has them',
  sandbox_reset: 'goes',
  refers: { acs_system_id: 'acs_systems', connected_account_id: 'connected_accounts' },
  means: () => {
    const outcome = () =>
      z.strictObject({
        error_code: word().optional(),
        scenario: word().optional(),
        acs_credential_id: id().optional(),
      })
    return {
      acs_encoder_id: id(),
      acs_system_id: id(),
      connected_account_id: id(),
      display_name: prose(),
      metadata: record(),
      offline_at: instant(),
      removed_at: instant(),
      next_encode: outcome(),
      next_scan: outcome(),
      queue: ids(),
      created_at: instant(),
    }
  },
})

export type AcsEncoder = typeof acs_encoders.$inferSelect
