import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'

const minutes = (n: number): number => n * 60_000
const hours = (n: number): number => n * 3_600_000

/**
 * Lead times are documented (Seam docs, "Lifecycle of access codes": 72 hours for
 * native scheduling, 60 minutes for just-in-time). Delay, failure and retry
 * intervals are assumed: Seam publishes none.
 */
export const defaultSettings: WorkspaceSettings = {
  delay_after: minutes(10),
  fail_after: minutes(20),
  retry_every: minutes(10),
  retry_at_most: hours(12),
  native_lead_time: hours(72),
  just_in_time_lead_time: minutes(60),
  poll_interval: null,
  backup_pool_size: 3,
  rate_limits: false,
  pull_answers_backup: true,
  keep_expired_codes: false,
  enforce_code_constraints: false,
}
