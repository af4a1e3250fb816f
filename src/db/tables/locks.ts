import { sql } from 'drizzle-orm/sql'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { count, id, instant, pin, prose, record, word } from './meanings.ts'
import { lockModels } from '../../contract/vocabulary.ts'
import { location } from './devices.ts'
import { tableWith } from './traits.ts'
import type { DeviceLocation } from './devices.ts'

/** A lock as it hangs on the door. */
export const locks = sqliteTable(
  'locks',
  {
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    bridge_id: text('bridge_id'),
    serial_number: text('serial_number').notNull(),
    /** Fields of the lock profile that this one lock has otherwise. */
    profile_overrides: json('profile_overrides').$type<Record<string, unknown>>(),
    locked: flag('locked').notNull(),
    door_open: flag('door_open'),
    jammed: flag('jammed').notNull(),
    keypad_disconnected_at: integer('keypad_disconnected_at'),
    battery: json('battery').$type<BatteryState>(),
    keypad_battery: json('keypad_battery').$type<BatteryState>(),
    auto_lock_enabled: flag('auto_lock_enabled').notNull(),
    auto_lock_delay_seconds: integer('auto_lock_delay_seconds').notNull(),
    wrong_codes: integer('wrong_codes').notNull(),
    locked_out_until: integer('locked_out_until'),
    /** A lock answers its commands in order: the instant of the last answer. */
    last_answer_at: integer('last_answer_at').notNull(),
    /** Since when the memory bank is known to be full. */
    bank_full_since: integer('bank_full_since'),
    backup_pool_enabled_at: integer('backup_pool_enabled_at'),
    reported_code_lengths: json('reported_code_lengths').$type<ReportedCodeLengths>(),
    subscription_expired_at: integer('subscription_expired_at'),
    third_party_at: integer('third_party_at'),
    privacy_mode_at: integer('privacy_mode_at'),
    /** Set while no connected account has the lock: it hangs on its door and keeps its codes. */
    abandoned: json('abandoned').$type<AbandonedLock>(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace_id, t.device_id] }),
    index('locks_by_bridge').on(t.workspace_id, t.bridge_id),
  ],
)

const batteryState = () =>
  z.strictObject({
    installed_at: instant(),
    level_at_install: z.number().min(0).max(1),
    uses: count(),
    emptied_at: instant().optional(),
    low_since: instant().optional(),
  })

export const locksTable = tableWith(locks, {
  id: ['device_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { bridge_id: 'bridges' },
  means: () => ({
    device_id: id(),
    bridge_id: id(),
    serial_number: prose(),
    profile_overrides: record(),
    keypad_disconnected_at: instant(),
    battery: batteryState(),
    keypad_battery: batteryState(),
    auto_lock_delay_seconds: z.int().min(0).max(1_000_000_000),
    wrong_codes: count(),
    locked_out_until: instant(),
    last_answer_at: instant(),
    bank_full_since: instant(),
    backup_pool_enabled_at: instant(),
    reported_code_lengths: z.strictObject({
      supported_code_lengths: z.array(z.int().min(1).max(32)).optional(),
      min_code_length: z.int().min(1).max(32).optional(),
      max_code_length: z.int().min(1).max(32).optional(),
    }),
    subscription_expired_at: instant(),
    third_party_at: instant(),
    privacy_mode_at: instant(),
    abandoned: z.strictObject({
      account_type: prose(),
      login: prose(),
      model: z.enum(lockModels),
      name: prose(),
      bridge_id: id().nullable(),
      location: location().nullable(),
      radio_offline_at: instant().nullable(),
    }),
  }),
})

/** The lock's own memory bank: what opens the door. */
export const lock_memory_slots = sqliteTable(
  'lock_memory_slots',
  {
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    slot: integer('slot').notNull(),
    code: text('code').notNull(),
    name: text('name'),
    starts_at: integer('starts_at'),
    ends_at: integer('ends_at'),
    one_time: flag('one_time').notNull(),
    /** The access code that wrote it, or the unmanaged code it is known as; null while unseen. */
    access_code_id: text('access_code_id'),
    written_at: integer('written_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace_id, t.device_id, t.slot] })],
)

export const lockMemorySlotsTable = tableWith(lock_memory_slots, {
  id: ['device_id', 'slot'],
  in_world: true,
  sandbox_reset: 'goes',
  refers: { device_id: 'locks' },
  means: () => ({
    device_id: id(),
    slot: z.int().min(1).max(1_000_000),
    code: pin(),
    name: prose(),
    starts_at: instant(),
    ends_at: instant(),
    access_code_id: id(),
    written_at: instant(),
  }),
})

/**
 * What a keypad would have said at any instant since the world began: the spans in
 * which a code was in the lock (`code` given), and those in which nobody could get in
 * (`cause` given). Rows are only added, and closed once.
 */
export const door_history = sqliteTable(
  'door_history',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    /** The memory slot; null for an offline code, which is in no slot, and for an outage. */
    slot: integer('slot'),
    code: text('code'),
    access_code_id: text('access_code_id'),
    /** The window that the lock itself keeps. */
    starts_at: integer('starts_at'),
    ends_at: integer('ends_at'),
    cause: text('cause'),
    began_at: integer('began_at').notNull(),
    /** null while it lasts. */
    ended_at: integer('ended_at'),
  },
  (t) => [
    index('door_history_by_code').on(t.workspace_id, t.device_id, t.code),
    index('door_history_by_access_code').on(t.workspace_id, t.access_code_id),
    index('door_history_open')
      .on(t.workspace_id, t.device_id, t.slot)
      .where(sql`ended_at is null`),
    index('door_history_ended')
      .on(t.workspace_id, t.ended_at)
      .where(sql`ended_at is not null`),
  ],
)

export const doorHistoryTable = tableWith(door_history, {
  id: ['seq'],
  late_indexes: { door_history_by_access_code: 'access_code_id' },
  is_history: true,
  in_world: true,
  sandbox_reset: 'goes',
  means: () => ({
    device_id: id(),
    slot: z.int().min(1).max(1_000_000),
    code: pin(),
    access_code_id: id(),
    starts_at: instant(),
    ends_at: instant(),
    cause: word(),
    began_at: instant(),
    ended_at: instant(),
  }),
})

/** What the lock saw and could not yet tell its provider. */
export const lock_log = sqliteTable(
  'lock_log',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    occurred_at: integer('occurred_at').notNull(),
    event_type: text('event_type').notNull(),
    payload: json('payload').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    index('lock_log_by_device').on(t.workspace_id, t.device_id),
    index('lock_log_by_time').on(t.workspace_id, t.occurred_at),
  ],
)

export const lockLogTable = tableWith(lock_log, {
  id: ['seq'],
  in_world: true,
  sandbox_reset: 'goes',
  refers: { device_id: 'locks' },
  means: () => ({
    device_id: id(),
    occurred_at: instant(),
    event_type: word(),
    payload: record(),
  }),
})

/** A battery since it was put in; its level is a function of this, time and use. */
export interface BatteryState {
  installed_at: number
  level_at_install: number
  uses: number
  /** When it was told that a keypad's battery is empty. */
  emptied_at?: number
  /** When its level fell below what counts as good. Kept of keypads, which have no other trace of it. */
  low_since?: number
}

/** A lock whose connected account was deleted, with what is needed to find it again. */
export interface AbandonedLock {
  account_type: string
  /** The login at the provider to which the lock belongs. */
  login: string
  model: string
  name: string
  bridge_id: string | null
  location: DeviceLocation | null
  /** Since when its radio does not answer; null while it does. */
  radio_offline_at: number | null
}

export interface ReportedCodeLengths {
  supported_code_lengths?: number[]
  min_code_length?: number
  max_code_length?: number
}

export type Slot = typeof lock_memory_slots.$inferSelect

export type Lock = typeof locks.$inferSelect

export type DoorSpan = typeof door_history.$inferSelect
