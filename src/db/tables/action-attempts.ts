import { sql } from 'drizzle-orm/sql'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { flag, json, seq, workspaceId } from '../column-kinds.ts'
import { tableWith } from './traits.ts'

export const action_attempts = sqliteTable(
  'action_attempts',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    action_attempt_id: text('action_attempt_id').notNull(),
    action_type: text('action_type').notNull(),
    status: text('status').$type<'pending' | 'success' | 'error'>().notNull(),
    result: json('result').$type<Record<string, unknown>>(),
    error: json('error').$type<{ type: string; message: string }>(),
    device_id: text('device_id'),
    access_code_id: text('access_code_id'),
    created_at: integer('created_at').notNull(),
    /** What to do when it settles: the action's own data. */
    action: json('action').$type<Record<string, unknown>>(),
    /** Set by hand from outside (the vendor fake's control route): no timer settles it any more. */
    is_pinned: flag('is_pinned').notNull(),
  },
  (t) => [
    uniqueIndex('action_attempts_id').on(t.workspace_id, t.action_attempt_id),
    index('action_attempts_by_device').on(t.workspace_id, t.device_id),
    index('action_attempts_pending')
      .on(t.workspace_id, t.access_code_id)
      .where(sql`status = 'pending'`),
  ],
)

export const actionAttemptsTable = tableWith(action_attempts, {
  id: ['action_attempt_id'],
  at_hand: true,
  late: true,
  in_world: true,
  sandbox_reset: 'partly',
})

export type ActionAttempt = typeof action_attempts.$inferSelect
