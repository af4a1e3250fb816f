/**
 * The database: every row belongs to one workspace, and every identity is
 * `(workspace_id, id)`, so that two workspaces can hold the same fixture.
 * `seq` is the order of creation: lists, events, jobs and deliveries follow it.
 * Instants are integer milliseconds of the workspace's own clock.
 */
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
  AccessCodeEffort,
  BatteryState,
  ClockMode,
  CredentialKind,
  DeclaredForm,
  DeviceLocation,
  ExternalChange,
  FaultDefinition,
  LinkFaultProgress,
  LockForm,
  OfflineIssue,
  ReportedCodeLengths,
  WorkspaceSettings,
} from './columns.ts'

const flag = (name: string) => integer(name, { mode: 'boolean' })
const json = (name: string) => text(name, { mode: 'json' })
const seq = () => integer('seq').primaryKey()
const workspaceId = () => text('workspace_id').notNull()

export const workspaces = sqliteTable('workspaces', {
  workspace_id: text('workspace_id').primaryKey(),
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

/** Tokens are looked up before a workspace is known, so they are the one table keyed without it. */
export const credentials = sqliteTable(
  'credentials',
  {
    token: text('token').primaryKey(),
    kind: text('kind').$type<CredentialKind>().notNull(),
    workspace_id: text('workspace_id'),
    name: text('name'),
    user_id: text('user_id'),
    client_session_id: text('client_session_id'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [index('credentials_by_workspace').on(t.workspace_id)],
)

/** Which users a workspace has: whose personal access tokens open it. */
export const memberships = sqliteTable(
  'memberships',
  {
    user_id: text('user_id').notNull(),
    workspace_id: workspaceId(),
  },
  (t) => [
    primaryKey({ columns: [t.user_id, t.workspace_id] }),
    index('memberships_by_workspace').on(t.workspace_id),
  ],
)

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
    uniqueIndex('jobs_by_subject').on(t.workspace_id, t.kind, t.subject),
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
    user_identifier: json('user_identifier').$type<Record<string, string>>(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    accepted_capabilities: json('accepted_capabilities').$type<string[]>().notNull(),
    automatically_manage_new_devices: flag('automatically_manage_new_devices').notNull(),
    connect_webview_id: text('connect_webview_id'),
    disconnected_at: integer('disconnected_at'),
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

/** A lock as it hangs on the door. */
export const locks = sqliteTable(
  'locks',
  {
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    bridge_id: text('bridge_id'),
    serial_number: text('serial_number').notNull(),
    radio_offline_at: integer('radio_offline_at'),
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
  },
  (t) => [
    primaryKey({ columns: [t.workspace_id, t.device_id] }),
    index('locks_by_bridge').on(t.workspace_id, t.bridge_id),
  ],
)

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
  (t) => [
    primaryKey({ columns: [t.workspace_id, t.device_id, t.slot] }),
    index('lock_memory_slots_by_access_code').on(t.workspace_id, t.access_code_id),
  ],
)

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
    index('door_history_open').on(t.workspace_id, t.device_id, t.ended_at),
  ],
)

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
  (t) => [index('lock_log_by_device').on(t.workspace_id, t.device_id)],
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
    index('access_codes_by_pin').on(t.workspace_id, t.device_id, t.code),
    index('access_codes_by_common_key').on(t.workspace_id, t.common_code_key),
    index('access_codes_by_account').on(t.workspace_id, t.connected_account_id),
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
    index('action_attempts_by_workspace').on(t.workspace_id),
    index('action_attempts_by_device').on(t.workspace_id, t.device_id),
    index('action_attempts_pending_by_access_code').on(t.workspace_id, t.access_code_id, t.status),
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

export const webhooks = sqliteTable(
  'webhooks',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    webhook_id: text('webhook_id').notNull(),
    url: text('url').notNull(),
    event_types: json('event_types').$type<string[]>().notNull(),
    secret: text('secret').notNull(),
    created_at: integer('created_at').notNull(),
    /** Since when every attempt has failed. */
    failing_since: integer('failing_since'),
    disabled_at: integer('disabled_at'),
  },
  (t) => [uniqueIndex('webhooks_id').on(t.workspace_id, t.webhook_id)],
)

/** The outbox: one row per event and webhook. */
export const webhook_deliveries = sqliteTable(
  'webhook_deliveries',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    webhook_id: text('webhook_id').notNull(),
    event_id: text('event_id').notNull(),
    message_id: text('message_id').notNull(),
    state: text('state')
      .$type<'pending' | 'delivered' | 'failed' | 'aborted' | 'dropped'>()
      .notNull(),
    due_at: integer('due_at').notNull(),
    attempts: integer('attempts').notNull(),
    /** The fault that held the next attempt back; that attempt meets no further fault. */
    held_by: text('held_by'),
    /** Held back until another message of the webhook has gone first. */
    is_reordered: flag('is_reordered').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    index('webhook_deliveries_by_due').on(t.workspace_id, t.state, t.due_at),
    index('webhook_deliveries_by_webhook').on(t.workspace_id, t.webhook_id, t.state, t.due_at),
    index('webhook_deliveries_by_event').on(t.workspace_id, t.event_id),
  ],
)

export const webhook_attempts = sqliteTable(
  'webhook_attempts',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    delivery_seq: integer('delivery_seq').notNull(),
    webhook_id: text('webhook_id').notNull(),
    event_id: text('event_id').notNull(),
    attempt: integer('attempt').notNull(),
    attempted_at: integer('attempted_at').notNull(),
    /** Wall-clock milliseconds from sending to answer. */
    duration: integer('duration').notNull(),
    status: integer('status'),
    response_body: text('response_body'),
    error: text('error'),
    fault_id: text('fault_id'),
  },
  (t) => [
    index('webhook_attempts_by_webhook').on(t.workspace_id, t.webhook_id),
    index('webhook_attempts_by_event').on(t.workspace_id, t.event_id),
    index('webhook_attempts_by_time').on(t.workspace_id, t.attempted_at),
  ],
)

export const inbox_messages = sqliteTable(
  'inbox_messages',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    inbox: text('inbox').notNull(),
    received_at: integer('received_at').notNull(),
    event_id: text('event_id'),
    event_type: text('event_type'),
    is_verified: flag('is_verified').notNull(),
    headers: json('headers').$type<Record<string, string>>().notNull(),
    body: text('body').notNull(),
  },
  (t) => [index('inbox_messages_by_inbox').on(t.workspace_id, t.inbox)],
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

export const connect_webviews = sqliteTable(
  'connect_webviews',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    connect_webview_id: text('connect_webview_id').notNull(),
    auth_token: text('auth_token').notNull(),
    status: text('status').$type<'pending' | 'authorized' | 'failed'>().notNull(),
    options: json('options').$type<Record<string, unknown>>().notNull(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    selected_provider: text('selected_provider'),
    connected_account_id: text('connected_account_id'),
    authorized_at: integer('authorized_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('connect_webviews_id').on(t.workspace_id, t.connect_webview_id)],
)

export const client_sessions = sqliteTable(
  'client_sessions',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    client_session_id: text('client_session_id').notNull(),
    token: text('token').notNull(),
    user_identifier_key: text('user_identifier_key'),
    user_identity_id: text('user_identity_id'),
    customer_key: text('customer_key'),
    connected_account_ids: json('connected_account_ids').$type<string[]>().notNull(),
    connect_webview_ids: json('connect_webview_ids').$type<string[]>().notNull(),
    expires_at: integer('expires_at'),
    revoked_at: integer('revoked_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('client_sessions_id').on(t.workspace_id, t.client_session_id),
    index('client_sessions_by_user').on(t.workspace_id, t.user_identifier_key),
  ],
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
