import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ApiVersion } from '../../contract/settings-bounds.ts'
import { flag, json, seq } from './column-kinds.ts'

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
  /** Under which number the tables of its world have its rows; null: under `seq` (`db/abandoned.ts`). */
  scope: integer('scope'),
})

/** Numbers whose rows were left behind, and go in quiet moments. */
export const abandoned_scopes = sqliteTable('abandoned_scopes', {
  scope: integer('scope').primaryKey(),
})

export type ClockMode = 'realtime' | 'scaled' | 'frozen'

/** Durations in ms. Real Seam publishes none of these numbers; the defaults are assumed. */
export interface WorkspaceSettings {
  /** An access code's programming or removal is reported as delayed after this long. */
  delay_after: number
  /** … and as failed after this long; retries go on. */
  fail_after: number
  /** The first retries of a failing command are this far apart; then the pauses double … */
  retry_every: number
  /** … up to this. */
  retry_at_most: number
  /** Natively scheduled codes are preloaded this long before `starts_at`. */
  native_lead_time: number
  /** Just-in-time codes are programmed this long before `starts_at`. */
  just_in_time_lead_time: number
  /** Overrides every lock profile's poll lag; null = the profile's. */
  poll_interval: number | null
  /** How long pushed stays wait for their automation; null = 5 to 15 s. */
  automation_delay: number | null
  backup_pool_size: number
  /** Apply Seam's published rate limits. */
  rate_limits: boolean
  /**
   * `pull_backup_access_code` answers the backup under `access_code`, as the guides show; else the
   * original, as the samples do.
   */
  pull_answers_backup: boolean
  /** How long history is kept, ms; null = as long as is usual for the clock (`sim/history/limits.ts`). */
  keep_history_for: number | null
  /** How many rows of each kind of history are kept; null = the same. */
  keep_history_rows: number | null
  /** How many bytes of each kind of history are kept; null = the same. */
  keep_history_bytes: number | null
  /** Keep an expired code readable instead of 404. */
  keep_expired_codes: boolean
  /**
   * Refuse what a provider's `code_constraints` forbid and Seam adapts: a start that is not in the
   * future, a name that is too short.
   */
  enforce_code_constraints: boolean
  /** Of which version of Seam's document the API is. */
  api_version: ApiVersion
}

export type Workspace = typeof workspaces.$inferSelect
