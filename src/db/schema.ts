/**
 * The database: every row belongs to one workspace, and every identity is
 * `(workspace_id, id)`, so that two workspaces can hold the same fixture.
 * `seq` is the order of creation: lists, events, jobs and deliveries follow it.
 * Instants are integer milliseconds of the workspace's own clock.
 */
import { sql } from 'drizzle-orm/sql'
import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type {
  AcceptedCapability,
  AccessCodeEffort,
  ClockMode,
  DeclaredForm,
  DeviceLocation,
  ExternalChange,
  FaultDefinition,
  LinkFaultProgress,
  LockForm,
  OfflineIssue,
  ReportedCodeLengths,
  UserIdentifier,
  WorkspaceSettings,
} from './columns.ts'
import { flag, json, seq, workspaceId } from './column-kinds.ts'

export { client_sessions, connect_webviews, credentials, memberships } from './schema-access.ts'
export { door_history, lock_log, lock_memory_slots, locks } from './schema-locks.ts'
export {
  inbox_messages,
  webhook_attempts,
  webhook_deliveries,
  webhooks,
} from './schema-webhooks.ts'

export const workspaces = sqliteTable('workspaces', {
  seq: seq(),
  workspace_id: text('workspace_id').notNull().unique(),
  name: text('name').notNull(),
  company_name: text('company_name').notNull(),
  is_sandbox: flag('is_sandbox').notNull(),
  is_suspended: flag('is_suspended').notNull(),
  is_publishable_key_auth_enabled: flag('is_publishable_key_auth_enabled').notNull(),
  organization_id: text('organization_id'),
  connect_webview_customization: json('connect_webview_customization')
    .$type<Record<string, unknown>>()
    .notNull(),
  created_at: integer('created_at').notNull(),
  /** Every draw of luck and every id of the workspace derives from this. */
  seed: text('seed').notNull(),
  fixture: text('fixture').notNull(),
  /** The world to come back to on reset when it is not a named fixture. */
  fixture_data: json('fixture_data').$type<unknown>(),
  settings: json('settings').$type<WorkspaceSettings>().notNull(),
  /** The world's ids need not be UUIDs (the vendor's fake). */
  loose_ids: flag('loose_ids').notNull(),
  clock_mode: text('clock_mode').$type<ClockMode>().notNull(),
  clock_rate: real('clock_rate').notNull(),
  /** The workspace instant that corresponds to the wall instant `clock_anchor`. */
  clock_base: integer('clock_base').notNull(),
  clock_anchor: integer('clock_anchor').notNull(),
})

export const streams = sqliteTable(
  'streams',
  {
    workspace_id: workspaceId(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace_id, t.name] })],
)

export const jobs = sqliteTable(
  'jobs',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    due_at: integer('due_at').notNull(),
    kind: text('kind').notNull(),
    /** What the job is about; one job per kind and subject. */
    subject: text('subject').notNull(),
  },
  (t) => [
    uniqueIndex('jobs_by_subject').on(t.workspace_id, t.subject, t.kind),
    index('jobs_by_due').on(t.workspace_id, t.due_at),
  ],
)

export const connected_accounts = sqliteTable(
  'connected_accounts',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    connected_account_id: text('connected_account_id').notNull(),
    account_type: text('account_type').notNull(),
    account_type_display_name: text('account_type_display_name').notNull(),
    display_name: text('display_name').notNull(),
    user_identifier: json('user_identifier').$type<UserIdentifier>(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    accepted_capabilities: json('accepted_capabilities').$type<AcceptedCapability[]>().notNull(),
    automatically_manage_new_devices: flag('automatically_manage_new_devices').notNull(),
    connect_webview_id: text('connect_webview_id'),
    disconnected_at: integer('disconnected_at'),
    /** Since when the provider wants its owner to sign in again; null = it does not. */
    reauthorization_requested_at: integer('reauthorization_requested_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('connected_accounts_id').on(t.workspace_id, t.connected_account_id)],
)

export const bridges = sqliteTable(
  'bridges',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    bridge_id: text('bridge_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    name: text('name').notNull(),
    offline_at: integer('offline_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('bridges_id').on(t.workspace_id, t.bridge_id)],
)

/** A device as the API's user knows it. */
export const devices = sqliteTable(
  'devices',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    /** The lock profile's name; null for a device that is not a lock. */
    model: text('model'),
    device_type: text('device_type').notNull(),
    /** The name at the provider. */
    name: text('name').notNull(),
    nickname: text('nickname'),
    is_managed: flag('is_managed').notNull(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    location: json('location').$type<DeviceLocation>(),
    space_ids: json('space_ids').$type<string[]>().notNull(),
    created_at: integer('created_at').notNull(),
    removed_at: integer('removed_at'),
    /** Fields of the lock profile that this one device has otherwise. */
    profile_overrides: json('profile_overrides').$type<Record<string, unknown>>(),
    /** Capability flags and properties given by the fixture as they go over the wire. */
    wire_overrides: json('wire_overrides').$type<Record<string, unknown>>(),
    backup_pool_enabled_at: integer('backup_pool_enabled_at'),
    reported_code_lengths: json('reported_code_lengths').$type<ReportedCodeLengths>(),
    reported_time_zone: text('reported_time_zone'),
    subscription_expired_at: integer('subscription_expired_at'),
    third_party_at: integer('third_party_at'),
    privacy_mode_at: integer('privacy_mode_at'),
    /** What Seam last told about the link: null = online. */
    offline_cause: text('offline_cause'),
    offline_since: integer('offline_since'),
    /** Recent instants of disconnection, for the flaky-connection rule. */
    disconnections: json('disconnections').$type<number[]>().notNull(),
    flaky_since: integer('flaky_since'),
    battery_status: text('battery_status'),
    /** Since when the memory bank is known to be full. */
    bank_full_since: integer('bank_full_since'),
  },
  (t) => [
    uniqueIndex('devices_id').on(t.workspace_id, t.device_id),
    index('devices_by_account').on(t.workspace_id, t.connected_account_id),
  ],
)

/** An access code as it is declared, with what Seam knows of the lock's copy. */
export const access_codes = sqliteTable(
  'access_codes',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    access_code_id: text('access_code_id').notNull(),
    device_id: text('device_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    /** The how-manieth code of its device: names its stream of luck. */
    ordinal: integer('ordinal').notNull(),
    name: text('name'),
    code: text('code'),
    starts_at: integer('starts_at'),
    ends_at: integer('ends_at'),
    created_at: integer('created_at').notNull(),
    is_managed: flag('is_managed').notNull(),
    is_backup: flag('is_backup').notNull(),
    is_offline: flag('is_offline').notNull(),
    is_one_time_use: flag('is_one_time_use').notNull(),
    is_external_modification_allowed: flag('is_external_modification_allowed').notNull(),
    prefer_native_scheduling: flag('prefer_native_scheduling').notNull(),
    common_code_key: text('common_code_key'),
    pulled_backup_access_code_id: text('pulled_backup_access_code_id'),
    pulled_at: integer('pulled_at'),
    deletion_requested_at: integer('deletion_requested_at'),
    conversion: json('conversion').$type<{
      due_at: number
      force: boolean
      is_external_modification_allowed: boolean
    }>(),
    pin_assigned_at: integer('pin_assigned_at'),
    offline_issue: json('offline_issue').$type<OfflineIssue>(),
    /** What Seam last confirmed on the lock; null = nothing. */
    programmed: json('programmed').$type<LockForm>(),
    /** A command to set it was never answered, so it may be on the lock without Seam knowing. */
    is_unconfirmed: flag('is_unconfirmed').notNull(),
    /** Name, PIN and window as they were last told to be in effect; the `from` of the next change. */
    in_effect: json('in_effect').$type<DeclaredForm>().notNull(),
    /** Which presence was last announced by an event. */
    presence: text('presence').$type<'scheduled' | 'set'>(),
    /** The work under way to close the distance between declared and on the lock. */
    effort: json('effort').$type<AccessCodeEffort>(),
    external_change: json('external_change').$type<ExternalChange>(),
    used_at: integer('used_at'),
    mutations_requested_at: integer('mutations_requested_at'),
  },
  (t) => [
    uniqueIndex('access_codes_id').on(t.workspace_id, t.access_code_id),
    index('access_codes_by_workspace').on(t.workspace_id, t.is_managed),
    index('access_codes_by_device').on(t.workspace_id, t.device_id, t.is_managed),
    // Partial: most codes have no key, and pay nothing for the index.
    index('access_codes_by_common_key')
      .on(t.workspace_id, t.common_code_key)
      .where(sql`common_code_key is not null`),
  ],
)

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

export const events = sqliteTable(
  'events',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    event_id: text('event_id').notNull(),
    event_type: text('event_type').notNull(),
    created_at: integer('created_at').notNull(),
    occurred_at: integer('occurred_at').notNull(),
    device_id: text('device_id'),
    access_code_id: text('access_code_id'),
    connected_account_id: text('connected_account_id'),
    connect_webview_id: text('connect_webview_id'),
    /** The event exactly as it goes over the wire. */
    body: text('body').notNull(),
  },
  (t) => [
    uniqueIndex('events_id').on(t.workspace_id, t.event_id),
    index('events_by_time').on(t.workspace_id, t.created_at),
    index('events_by_type').on(t.workspace_id, t.event_type, t.created_at),
    index('events_by_device').on(t.workspace_id, t.device_id, t.created_at),
    index('events_by_access_code').on(t.workspace_id, t.access_code_id, t.created_at),
    index('events_by_account').on(t.workspace_id, t.connected_account_id, t.created_at),
  ],
)

export const faults = sqliteTable(
  'faults',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    fault_id: text('fault_id').notNull(),
    definition: json('definition').$type<FaultDefinition>().notNull(),
    /** How often its condition was met, and how often it acted. */
    seen: integer('seen').notNull(),
    hits: integer('hits').notNull(),
    created_at: integer('created_at').notNull(),
    last_hit_at: integer('last_hit_at'),
    /** What a link fault has taken down and when it acts next; null for the other kinds. */
    progress: json('progress').$type<LinkFaultProgress>(),
  },
  (t) => [uniqueIndex('faults_id').on(t.workspace_id, t.fault_id)],
)

export const snapshots = sqliteTable(
  'snapshots',
  {
    workspace_id: workspaceId(),
    name: text('name').notNull(),
    created_at: integer('created_at').notNull(),
    data: text('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace_id, t.name] })],
)
