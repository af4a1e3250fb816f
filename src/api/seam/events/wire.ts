import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { instant, metadata } from '../common.ts'
import { eventPayloads } from './payloads.ts'

const groups: Readonly<Record<string, string>> = {
  ACCOUNT: 'connected_account_id connected_account_custom_metadata?',
  DEVICE: 'device_id device_custom_metadata? ACCOUNT',
  ISSUES2: 'connected_account_errors connected_account_warnings',
  ISSUES4: 'device_errors device_warnings ISSUES2',
  ISSUES6: 'access_code_errors access_code_warnings ISSUES4',
}

const text = z.string()
const flag = z.boolean()
const number = z.number()
const id = z.guid()
const errors = once(() =>
  z.array(z.strictObject({ error_code: text, message: text, created_at: instant })),
)
const warnings = once(() =>
  z.array(z.strictObject({ warning_code: text, message: text, created_at: instant })),
)
const change = once(() =>
  z.strictObject({
    property: text,
    from: text.nullable(),
    to: text.nullable(),
  }),
)
const mutation = once(() =>
  z.strictObject({
    mutation_code: z.enum([
      'updating_name',
      'updating_code',
      'updating_time_frame',
      'deleting',
      'creating',
      'deferring_creation',
    ]),
    from: z.record(z.string(), z.unknown()).optional(),
    to: z.record(z.string(), z.unknown()).optional(),
  }),
)

const nameSide = once(() => z.strictObject({ name: text.nullable() }))
const codeSide = once(() => z.strictObject({ code: text.nullable() }))
const window = once(() => z.strictObject({ starts_at: text.nullable(), ends_at: text.nullable() }))

/** Fields by name; where the name alone does not tell, by `event_type/name`. */
const fields = once((): Readonly<Record<string, z.ZodType>> => ({
  access_code_is_managed: flag,
  access_grant_ids: z.array(id),
  access_grant_keys: z.array(text),
  access_grant_key: text,
  acs_entrance_ids: z.array(id),
  action_type: text,
  activation_reason: z.literal('motion_detected'),
  backup_access_code_id: text,
  battery_level: number.min(0).max(1),
  battery_status: z.enum(['critical', 'low', 'good', 'full']),
  change_reason: text,
  changed_properties: z.array(change()),
  climate_preset_key: text,
  code: text,
  'access_code.deleted/code': text.nullable(),
  'access_code.name_changed/from': nameSide(),
  'access_code.name_changed/to': nameSide(),
  'access_code.code_changed/from': codeSide(),
  'access_code.code_changed/to': codeSide(),
  'access_code.time_frame_changed/from': window(),
  'access_code.time_frame_changed/to': window(),
  connected_account_custom_metadata: metadata,
  connected_account_type: text,
  customer_key: text,
  description: text,
  device_custom_metadata: metadata,
  device_ids: z.array(id),
  device_name: text,
  'device.deleted/device_name': text.nullable(),
  ends_at: text,
  error_code: z.enum(['account_disconnected', 'hub_disconnected', 'device_disconnected']),
  error_message: text,
  fan_mode_setting: z.enum(['auto', 'on', 'circulate']),
  hvac_mode_setting: z.enum(['off', 'heat', 'cool', 'heat_cool', 'eco']),
  image_url: z.url(),
  is_backup_code: flag,
  is_fallback_climate_preset: flag,
  is_via_bluetooth: flag,
  is_via_nfc: flag,
  method: z.enum(['keycode', 'manual', 'automatic', 'unknown', 'remote', 'card']),
  'thermostat.manually_adjusted/method': z.enum(['seam', 'external']),
  minut_metadata: z.looseObject({}),
  missing_device_ids: z.array(id),
  motion_sub_type: z.enum(['human', 'vehicle', 'package', 'other']),
  noise_level_decibels: number,
  noise_level_nrs: number,
  noise_threshold_name: text,
  noiseaware_metadata: z.looseObject({}),
  reason: z.strictObject({
    reason_code: z.enum([
      'unknown_code',
      'expired_code',
      'blocklisted_code',
      'too_many_attempts',
      'blocked_by_privacy_mode',
      'credential_error',
    ]),
    message: text,
  }),
  requested_mutations: z.array(mutation()),
  space_key: text,
  starts_at: text,
  status: text,
  thermostat_schedule_id: id.nullable(),
  video_url: z.url(),
}))

/** Fields whose name says it all. */
const byEnding = (name: string): z.ZodType | undefined => {
  if (name.endsWith('_id')) return id
  if (name.endsWith('_errors')) return errors()
  if (name.endsWith('_warnings')) return warnings()
  if (/_limit_(celsius|fahrenheit)$/.test(name)) return number.nullable()
  if (/_(celsius|fahrenheit)$/.test(name)) return number
  return undefined
}

const common = once(() => ({
  event_id: id,
  workspace_id: id,
  created_at: instant,
  occurred_at: instant,
  event_description: text.optional(),
}))

const payloadShape = (event_type: string, payload: string): z.core.$ZodShape =>
  Object.fromEntries(
    payload.split(' ').flatMap((word) => {
      const group = groups[word]
      if (group !== undefined) return Object.entries(payloadShape(event_type, group))
      const name = word.replace('?', '')
      const schema = fields()[`${event_type}/${name}`] ?? fields()[name] ?? byEnding(name)
      if (schema === undefined) throw new Error(`The event field ${name} has no schema`)
      return [[name, name === word ? schema : schema.optional()]]
    }),
  )

/** Any of Seam's events. Built on first use: most runs never check one. */
export const event = once((): z.ZodType<object> => {
  const shapes = Object.entries(eventPayloads).map(([event_type, payload]) =>
    z.strictObject({
      ...common(),
      event_type: z.literal(event_type),
      ...payloadShape(event_type, payload),
    }),
  )
  const [first, ...others] = shapes
  if (first === undefined) throw new Error('There are no events')
  return z.discriminatedUnion('event_type', [first, ...others])
})
