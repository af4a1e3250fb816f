/** The shape of a lock profile, for what people want otherwise on one lock. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { bareConstraintTypes, capabilities } from './profile.ts'
import type { LockProfile } from './profile.ts'

const text = once(() => z.string())
const flag = once(() => z.boolean())

/** A century, ms: nothing about a lock takes longer. */
const LONGEST = 100 * 365 * 86_400_000
/** Assumed: no lock holds more of anything. */
const MOST = 100_000
/** A PIN has at most so many digits. */
const LONGEST_PIN = 32

/** Milliseconds. */
const time = once(() => z.int().min(0).max(LONGEST))
const count = once(() => z.int().min(0).max(MOST))
const some = once(() => z.int().min(1).max(MOST))
/** Of characters; names of codes are no longer. */
const textLength = once(() => z.int().min(0).max(2_000))

const latency = once(() =>
  z
    .strictObject({ min: time(), typical: time(), max: time() })
    .refine(({ min, typical, max }) => min <= typical && typical <= max, {
      message: 'min, typical and max must stand in this order',
    }),
)

const battery = once(() =>
  z.strictObject({
    chemistry: z.enum(['alkaline', 'lithium', 'lithium_ion', 'nimh']),
    cells: some(),
    // From a minute to a century.
    idle_days: z
      .number()
      .min(1 / 1_440)
      .max(36_500),
    per_use: z.number().min(0).max(1),
  }),
)

const codeConstraint = once(() =>
  z.union([
    z.strictObject({
      constraint_type: z.enum([...bareConstraintTypes, 'name_must_be_unique']),
    }),
    z
      .strictObject({
        constraint_type: z.literal('name_length'),
        min_length: textLength().exactOptional(),
        max_length: textLength().exactOptional(),
      })
      .refine(({ min_length = 0, max_length = min_length }) => min_length <= max_length, {
        path: ['min_length'],
        message: 'must not be above max_length',
      }),
  ]),
)

const offlineCodeKind = once(() =>
  z
    .strictObject({
      kind: z.enum(['hourly', 'daily', 'one_time', 'time_slot', 'time_bound']),
      display_name: text(),
      min_duration: time().nullable(),
      max_duration: time().nullable(),
      // Windows are rounded to it: to nothing, or to less than a minute, there is no rounding.
      granularity: z.int().min(60_000).max(LONGEST),
      matching_start_end_time: flag(),
      max_per_start: count().nullable(),
      must_be_used_within: time().nullable(),
    })
    .refine(
      ({ min_duration, max_duration }) =>
        min_duration === null || max_duration === null || min_duration <= max_duration,
      { path: ['min_duration'], message: 'must not be above max_duration' },
    ),
)

const timeOfDay = once(() => text().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:mm'))

const offlineCodes = once(() =>
  z.strictObject({
    code_length: z.int().min(1).max(LONGEST_PIN),
    kinds: z.array(offlineCodeKind()),
    max_total: count().nullable(),
    can_delete: flag(),
    can_update: flag(),
    predefined_time_slots: z.array(
      z.strictObject({
        name: text(),
        check_in_time: timeOfDay(),
        check_out_time: timeOfDay(),
        user_level_id: text().exactOptional(),
      }),
    ),
  }),
)

const capability = once(() => z.enum(capabilities))

const source = once(() =>
  z.enum([
    'scheduling',
    'keypad',
    'bridge',
    'capabilities',
    'simulates',
    'memory_slots',
    'code_lengths',
    'code_constraints',
    'max_name_length_on_lock',
    'offline_codes',
    'unmanaged_codes',
    'reports_code_on_unlock',
    'latency',
    'poll_interval',
    'battery',
    'keypad_battery',
    'auto_lock',
    'wrong_code_lockout',
    'metadata',
  ]),
)

export const lockProfileSchema = once(
  // oxlint-disable-next-line eslint/max-lines-per-function -- a table; a function only so that it is made when it is first asked for
  () =>
    z.strictObject({
      model: text(),
      device_type: text(),
      display_name: text(),
      property_manufacturer: text(),
      model_display_name: text(),
      manufacturer: z.strictObject({ manufacturer: text(), display_name: text() }),
      provider: z.strictObject({
        device_provider_name: text(),
        display_name: text(),
        provider_category: text(),
      }),
      account: z.strictObject({ account_type: text(), account_type_display_name: text() }),
      scheduling: z.enum(['native', 'just_in_time']),
      keypad: z.enum(['built_in', 'accessory', 'none']),
      bridge: z.strictObject({
        kind: z.enum(['none', 'bridge', 'hub', 'gateway']),
        required: flag(),
        max_locks: some().nullable(),
      }),
      capabilities: z.record(capability(), flag()),
      capability_needs: z.partialRecord(
        capability(),
        z.array(z.enum(['keypad', 'bridge', 'bridge_online', 'subscription'])),
      ),
      simulates: z.strictObject({
        connection: flag(),
        disconnection: flag(),
        hub_connection: flag(),
        hub_disconnection: flag(),
        paid_subscription: flag(),
        removal: flag(),
      }),
      needs_subscription: flag(),
      memory_slots: count(),
      code_lengths: z.array(z.int().min(1).max(LONGEST_PIN)).max(LONGEST_PIN),
      takes_reported_constraints: flag().exactOptional(),
      code_constraints: z.array(codeConstraint()),
      max_name_length_on_lock: count().nullable(),
      provider_assigns_pin: flag(),
      pin_assignment_latency: latency().nullable(),
      supports_backup_pool: flag(),
      offline_codes: offlineCodes().nullable(),
      unmanaged_codes: z.strictObject({
        visible: flag(),
        convertible: flag(),
        shows_code: flag(),
        deletable: flag(),
      }),
      reports_code_on_unlock: flag(),
      has_native_entry_events: flag(),
      latency: z.strictObject({
        set: latency(),
        update: latency(),
        remove: latency(),
        lock: latency(),
        unlock: latency(),
      }),
      poll_interval: time(),
      battery: battery().nullable(),
      keypad_battery: battery().nullable(),
      auto_lock: z
        .strictObject({ enabled: flag(), delay_seconds: z.number().min(0).max(86_400) })
        .nullable(),
      wrong_code_lockout: z.strictObject({ attempts: some(), locked_for: time() }),
      access_denied_after: count(),
      needs_time_zone: flag(),
      metadata: z.strictObject({ key: text(), fields: z.record(text(), z.unknown()) }).nullable(),
      quirks: z.array(text()),
      sources: z.record(source(), text()),
    }) satisfies z.ZodType<LockProfile>,
)
