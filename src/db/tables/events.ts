import { sql } from 'drizzle-orm/sql'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { id, instant, pin, prose, record } from './meanings.ts'
import { eventTypes } from '../../contract/vocabulary.ts'
import { tableWith } from './traits.ts'

export const events = sqliteTable(
  'events',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    event_id: text('event_id').notNull(),
    event_type: text('event_type').notNull(),
    created_at: integer('created_at').notNull(),
    occurred_at: integer('occurred_at').notNull(),
    /** By how many ms `created_at` is later than the clock was; null for none (docs/decisions/0061). */
    ahead: integer('ahead'),
    device_id: text('device_id'),
    access_code_id: text('access_code_id'),
    /** Of the grant, and of its methods and their codes. */
    access_grant_id: text('access_grant_id'),
    /** Of the method, and of its codes. */
    access_method_id: text('access_method_id'),
    connected_account_id: text('connected_account_id'),
    connect_webview_id: text('connect_webview_id'),
    /** Of `access_code.deleted`: what was declared of the code that is gone; else nobody would know. */
    declared: json('declared').$type<DeclaredLast>(),
    /** What it carries, without what the columns say (`db/tables/event-body.ts`); files of before have it whole. */
    body: text('body').notNull(),
  },
  (t) => [
    uniqueIndex('events_id').on(t.workspace_id, t.event_id),
    index('events_by_time').on(t.workspace_id, t.created_at),
    index('events_by_type').on(t.workspace_id, t.event_type, t.created_at),
    index('events_by_device').on(t.workspace_id, t.device_id, t.created_at),
    index('events_by_access_code').on(t.workspace_id, t.access_code_id, t.created_at),
    // Partial: most events are about no grant, and pay nothing for the indexes.
    index('events_by_access_grant')
      .on(t.workspace_id, t.access_grant_id, t.created_at)
      .where(sql`access_grant_id is not null`),
    index('events_by_access_method')
      .on(t.workspace_id, t.access_method_id, t.created_at)
      .where(sql`access_method_id is not null`),
    index('events_by_account').on(t.workspace_id, t.connected_account_id, t.created_at),
  ],
)

/** What was declared of an access code when it went. Instants are ms. */
export interface DeclaredLast {
  name: string | null
  code: string | null
  starts_at: number | null
  ends_at: number | null
  created_at: number
  deletion_requested_at: number | null
  used_at: number | null
  is_backup: boolean
}

const declaredLast = () =>
  z.strictObject({
    name: prose().nullable(),
    code: pin().nullable(),
    starts_at: instant().nullable(),
    ends_at: instant().nullable(),
    created_at: instant(),
    deletion_requested_at: instant().nullable(),
    used_at: instant().nullable(),
    is_backup: z.boolean(),
  })

export const eventsTable = tableWith(events, {
  id: ['event_id'],
  late_indexes: {
    events_id: 'event_id',
    events_by_type: 'event_type',
    events_by_device: 'device_id',
    events_by_access_code: 'access_code_id',
    events_by_account: 'connected_account_id',
  },
  in_world: true,
  not_shown: 'counted; `events/list` has them',
  is_history: true,
  is_final: true,
  sandbox_reset: 'partly',
  means: () => ({
    event_id: id(),
    event_type: z.enum(eventTypes),
    created_at: instant(),
    occurred_at: instant(),
    ahead: z.int().min(0).max(1_000_000_000),
    device_id: id(),
    access_code_id: id(),
    access_grant_id: id(),
    access_method_id: id(),
    connected_account_id: id(),
    connect_webview_id: id(),
    declared: declaredLast(),
    body: record(),
  }),
})
