import { apiVersions, settingProblem, settingsBounds } from '../../contract/settings-bounds.ts'
import type { ApiVersion, NumberSetting } from '../../contract/settings-bounds.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import { domainError, invalidInput } from './errors.ts'

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
  automation_delay: null,
  keep_history_for: null,
  keep_history_rows: null,
  keep_history_bytes: null,
  backup_pool_size: 3,
  rate_limits: false,
  pull_answers_backup: true,
  keep_expired_codes: false,
  enforce_code_constraints: false,
  api_version: '1.977',
}

const isNumberSetting = (name: string): name is NumberSetting => Object.hasOwn(settingsBounds, name)

/** Those that have a value of the emulator's own when they have none. */
const mayBeNull: ReadonlySet<string> = new Set([
  'poll_interval',
  'automation_delay',
  'keep_history_for',
  'keep_history_rows',
  'keep_history_bytes',
])

/** What is wrong with a setting of that name; null when it fits. */
export const problemOfSetting = (name: string, value: unknown): string | null => {
  if (value === null && mayBeNull.has(name)) return null
  if (name === 'api_version') {
    const isKnown = apiVersions.some((version) => version === value)
    return isKnown ? null : `api_version is one of ${apiVersions.join(', ')}`
  }
  if (!isNumberSetting(name)) return typeof value === 'boolean' ? null : `${name} is true or false`
  return typeof value === 'number' ? settingProblem(name, value) : `${name} must be a number`
}

/**
 * Settings with some changed.
 *
 * @throws invalid_input that names each setting at fault: a fixture, a snapshot or a call has it
 */
export const settingsWith = (
  changes: Record<string, unknown>,
  base: WorkspaceSettings = defaultSettings,
): WorkspaceSettings => {
  const unknown = Object.keys(changes).filter((key) => !Object.hasOwn(defaultSettings, key))
  if (unknown.length > 0) {
    throw domainError(
      'invalid_input',
      `Unknown settings: ${unknown.join(', ')}. Known: ${Object.keys(defaultSettings).join(', ')}.`,
      { param: 'settings' },
    )
  }
  const problems = Object.entries(changes).flatMap(([name, value]) => {
    const problem = problemOfSetting(name, value)
    return problem === null ? [] : [problem]
  })
  if (problems.length > 0) throw invalidInput('settings', `${problems.join('; ')}.`)
  return { ...base, ...changes }
}

/** Whether the API of a workspace is of that version of Seam's document, or of a later one. */
export const isAtLeast = ({ api_version }: WorkspaceSettings, version: ApiVersion): boolean =>
  apiVersions.indexOf(api_version) >= apiVersions.indexOf(version)
