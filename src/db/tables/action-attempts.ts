import { sql } from 'drizzle-orm/sql'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { id, instant, prose, record, word } from './meanings.ts'
import { tableWith } from './traits.ts'

/** Every type of action attempt that the emulator makes; what each is about is in `sim/actions.ts`. */
export const actionTypes = [
  'LOCK_DOOR',
  'UNLOCK_DOOR',
  'CONFIGURE_AUTO_LOCK',
  'SIMULATE_KEYPAD_CODE_ENTRY',
  'SIMULATE_MANUAL_LOCK_VIA_KEYPAD',
  'CREATE_ACCESS_CODE',
  'UPDATE_ACCESS_CODE',
  'DELETE_ACCESS_CODE',
  'CONVERT_ACCESS_CODE_TO_MANAGED',
  'CREATE_NOISE_THRESHOLD',
  'UPDATE_NOISE_THRESHOLD',
  'DELETE_NOISE_THRESHOLD',
  'SET_HVAC_MODE',
  'SET_FAN_MODE',
  'ACTIVATE_CLIMATE_PRESET',
  'PUSH_THERMOSTAT_PROGRAMS',
  'ENCODE_CREDENTIAL',
  'SCAN_CREDENTIAL',
  'SCAN_TO_ASSIGN_CREDENTIAL',
  'ASSIGN_CREDENTIAL',
  'RESET_SANDBOX_WORKSPACE',
] as const

export type ActionType = (typeof actionTypes)[number]

export const action_attempts = sqliteTable(
  'action_attempts',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    action_attempt_id: text('action_attempt_id').notNull(),
    action_type: text('action_type', { enum: actionTypes }).notNull(),
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
    // Each comes behind all others: next to nothing to keep.
    index('action_attempts_ended')
      .on(t.workspace_id)
      .where(sql`status <> 'pending'`),
  ],
)

export const actionAttemptsTable = tableWith(action_attempts, {
  id: ['action_attempt_id'],
  late_indexes: {
    action_attempts_id: 'action_attempt_id',
    action_attempts_by_device: 'device_id',
  },
  at_hand: true,
  in_world: true,
  not_shown: 'over in seconds; the log has their events',
  is_history: true,
  is_final: true,
  sandbox_reset: 'partly',
  means: () => ({
    action_attempt_id: id(),
    action_type: z.enum(actionTypes),
    status: z.enum(['pending', 'success', 'error']),
    result: record(),
    error: z.strictObject({ type: word(), message: prose() }),
    device_id: id(),
    access_code_id: id(),
    created_at: instant(),
    action: record(),
  }),
})

export type ActionAttempt = typeof action_attempts.$inferSelect
