/** What events carry: the kinds of their fields, and fields that many of them have together. */

/** Words of which a field has one. */
export const choices = {
  activation_reason: ['motion_detected'],
  battery_status: ['critical', 'low', 'good', 'full'],
  denial: [
    'unknown_code',
    'expired_code',
    'blocklisted_code',
    'too_many_attempts',
    'blocked_by_privacy_mode',
    'credential_error',
  ],
  fan_mode: ['auto', 'on', 'circulate'],
  hvac_mode: ['off', 'heat', 'cool', 'heat_cool', 'eco'],
  lock_method: ['keycode', 'manual', 'automatic', 'unknown', 'remote', 'card'],
  motion: ['human', 'vehicle', 'package', 'other'],
  mutation: [
    'updating_name',
    'updating_code',
    'updating_time_frame',
    'deleting',
    'creating',
    'deferring_creation',
  ],
  offline_cause: ['account_disconnected', 'hub_disconnected', 'device_disconnected'],
  thermostat_method: ['seam', 'external'],
} as const

type Choice<Name extends keyof typeof choices> = (typeof choices)[Name][number]

/** An error or a warning of the moment, as events carry it. Instants are ISO 8601 here. */
export type ToldError = { error_code: string; message: string; created_at: string }
export type ToldWarning = { warning_code: string; message: string; created_at: string }

/** What the kinds of fields hold. */
export interface FieldTypes {
  activation_reason: Choice<'activation_reason'>
  battery_status: Choice<'battery_status'>
  changes: { property: string; from: string | null; to: string | null }[]
  denial: { reason_code: Choice<'denial'>; message: string }
  errors: ToldError[]
  fan_mode: Choice<'fan_mode'>
  flag: boolean
  hvac_mode: Choice<'hvac_mode'>
  id: string
  'id|null': string | null
  ids: string[]
  /** 0–1 */
  level: number
  lock_method: Choice<'lock_method'>
  metadata: Record<string, string | boolean>
  motion: Choice<'motion'>
  mutations: {
    mutation_code: Choice<'mutation'>
    from?: Record<string, unknown>
    to?: Record<string, unknown>
  }[]
  name: { name: string | null }
  number: number
  'number|null': number | null
  object: Record<string, unknown>
  offline_cause: Choice<'offline_cause'>
  pin: { code: string | null }
  text: string
  'text|null': string | null
  texts: string[]
  thermostat_method: Choice<'thermostat_method'>
  time_frame: { starts_at: string | null; ends_at: string | null }
  url: string
  warnings: ToldWarning[]
}

/** Fields by name, with their kinds; a question mark behind the name: may be missing. */
export type Fields = Readonly<Record<string, keyof FieldTypes>>

export const account = {
  connected_account_id: 'id',
  'connected_account_custom_metadata?': 'metadata',
} as const
export const device = {
  device_id: 'id',
  'device_custom_metadata?': 'metadata',
  ...account,
} as const
export const customerDevice = { ...device, 'customer_key?': 'text' } as const
export const accountIssues = {
  connected_account_errors: 'errors',
  connected_account_warnings: 'warnings',
} as const
export const deviceIssues = {
  device_errors: 'errors',
  device_warnings: 'warnings',
  ...accountIssues,
} as const
export const code = { ...device, access_code_id: 'id' } as const
export const codeIssues = {
  access_code_errors: 'errors',
  access_code_warnings: 'warnings',
  ...deviceIssues,
} as const
export const user = {
  'access_code_id?': 'id',
  'acs_entrance_id?': 'id',
  'acs_system_id?': 'id',
  'acs_user_id?': 'id',
  'customer_key?': 'text',
  'user_identity_id?': 'id',
} as const
export const bolt = {
  'access_code_is_managed?': 'flag',
  'action_attempt_id?': 'id',
  'code?': 'text',
  'is_via_bluetooth?': 'flag',
  'is_via_nfc?': 'flag',
  method: 'lock_method',
} as const
/** Of a lock, or of an entrance that has none. */
export const door = {
  'device_id?': 'id',
  'device_custom_metadata?': 'metadata',
  ...account,
} as const
export const clip = { 'image_url?': 'url', 'video_url?': 'url' } as const
export const attempt = {
  action_attempt_id: 'id',
  action_type: 'text',
  status: 'text',
  'connected_account_id?': 'id',
  'device_id?': 'id',
} as const
export const grant = { access_grant_id: 'id' } as const
export const method = {
  access_method_id: 'id',
  access_grant_ids: 'ids',
  'access_grant_keys?': 'texts',
} as const
export const issued = { ...method, 'code?': 'text', 'is_backup_code?': 'flag' } as const
export const acs = { acs_system_id: 'id', 'connected_account_id?': 'id' } as const
export const space = {
  space_id: 'id',
  'space_key?': 'text',
  device_ids: 'ids',
  acs_entrance_ids: 'ids',
} as const
export const temperature = {
  temperature_celsius: 'number',
  temperature_fahrenheit: 'number',
} as const
export const limits = {
  ...temperature,
  lower_limit_celsius: 'number|null',
  lower_limit_fahrenheit: 'number|null',
  upper_limit_celsius: 'number|null',
  upper_limit_fahrenheit: 'number|null',
} as const
