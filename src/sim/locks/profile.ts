/**
 * What a lock model is, as data. One file per brand in `models/` satisfies this
 * shape; the simulation never asks for a brand by name, so a fact that one brand
 * needs becomes a field here.
 */
import type { BrandNames } from '../devices/brand.ts'
import type { Latency } from '../kernel/random.ts'
import type { Simulates } from '../devices/kinds.ts'

/** When a time-bound code is put on the lock: by the lock's own clock, or by the cloud in time. */
export type Scheduling = 'native' | 'just_in_time'

/** How the lock reaches its provider's cloud. `none` = built-in Wi-Fi or Ethernet. */
export type BridgeKind = 'none' | 'bridge' | 'hub' | 'gateway'

/** What a lock model can do; on the wire each is `can_<capability>`. */
export const capabilities = [
  'remotely_lock',
  'remotely_unlock',
  'program_online_access_codes',
  'program_offline_access_codes',
  'unlock_with_code',
  'configure_auto_lock',
] as const
export type Capability = (typeof capabilities)[number]

/** `bridge`: one is linked; `bridge_online`: and it is reachable right now. */
export type CapabilityNeed = 'keypad' | 'bridge' | 'bridge_online' | 'subscription'

/** A battery whose level falls linearly with time and by a step with each use. */
export interface BatteryProfile {
  chemistry: 'alkaline' | 'lithium' | 'lithium_ion' | 'nimh'
  cells: number
  /** Days from full to empty when the lock is never used. */
  idle_days: number
  /** Fraction of the full charge that one bolt movement or one code entry takes. */
  per_use: number
}

/** The rules of `properties.code_constraints` that are told by their name alone. */
export const bareConstraintTypes = [
  'no_zeros',
  'cannot_start_with_12',
  'no_triple_consecutive_ints',
  'cannot_specify_pin_code',
  'pin_code_matches_existing_set',
  'start_date_in_future',
  'no_ascending_or_descending_sequence',
  'at_least_three_unique_digits',
  'cannot_contain_089',
  'cannot_contain_0789',
  'unique_first_four_digits',
  'no_all_same_digits',
] as const

/** One rule of `properties.code_constraints`, in Seam's words. */
export type CodeConstraint =
  | { constraint_type: (typeof bareConstraintTypes)[number] | 'name_must_be_unique' }
  | { constraint_type: 'name_length'; min_length?: number; max_length?: number }

/** A kind of code that the provider computes and the lock accepts without being contacted. */
export interface OfflineCodeKind {
  kind: 'hourly' | 'daily' | 'one_time' | 'time_slot' | 'time_bound'
  display_name: string
  /** Bounds of `ends_at - starts_at` in ms; null where the kind has no end (one-time codes). */
  min_duration: number | null
  max_duration: number | null
  /** The window is rounded to this many ms, `max_time_rounding` permitting. */
  granularity: number
  /** Both ends must fall on the same time of day (igloohome daily codes). */
  matching_start_end_time: boolean
  /** How many codes of this kind may share one start instant (hour or day), if limited. */
  max_per_start: number | null
  /** The code dies when it is not used within this many ms of its start. */
  must_be_used_within: number | null
}

export interface OfflineCodes {
  code_length: number
  kinds: OfflineCodeKind[]
  /** How many live offline codes a lock can have altogether, if limited. */
  max_total: number | null
  can_delete: boolean
  can_update: boolean
  /** Predefined check-in/check-out slots (Dormakaba Oracode); times are HH:mm in the lock's zone. */
  predefined_time_slots: {
    name: string
    check_in_time: string
    check_out_time: string
    /** The provider's id of the right that comes with the slot. */
    user_level_id?: string
  }[]
}

export interface LockProfile extends BrandNames {
  /** The profile's name: its file name, and what `locks/create` takes. */
  model: string
  device_type: string
  display_name: string
  /** `properties.manufacturer`; Yale locks say `august` here (Seam sample data). */
  property_manufacturer: string
  model_display_name: string
  scheduling: Scheduling
  keypad: 'built_in' | 'accessory' | 'none'
  bridge: {
    kind: BridgeKind
    /** The lock cannot reach the cloud without it. */
    required: boolean
    max_locks: number | null
  }
  /** true: this model can; false: it has no such capability and the flag is absent. */
  capabilities: Record<Capability, boolean>
  /** What an instance must have at hand for a capability's flag to be true; else the flag is false. */
  capability_needs: Partial<Record<Capability, CapabilityNeed[]>>
  /** Which `/devices/simulate/*` routes the model's sandbox devices have (`can_simulate_*`). */
  simulates: Simulates
  /** Codes need a paid subscription at the provider (Nuki Smart Hosting). */
  needs_subscription: boolean
  memory_slots: number
  code_lengths: number[]
  /** The provider cannot tell the lengths, so the API's user may (`report_device_constraints`). */
  takes_reported_constraints?: boolean
  code_constraints: CodeConstraint[]
  /** The longest name the lock itself stores; longer ones are cut on the lock only. */
  max_name_length_on_lock: number | null
  provider_assigns_pin: boolean
  /** How long the provider takes to tell an assigned PIN, ms. */
  pin_assignment_latency: Latency | null
  supports_backup_pool: boolean
  offline_codes: OfflineCodes | null
  unmanaged_codes: {
    visible: boolean
    convertible: boolean
    shows_code: boolean
    deletable: boolean
  }
  /** `lock.unlocked` by keypad carries the access code's id. */
  reports_code_on_unlock: boolean
  has_native_entry_events: boolean
  latency: { set: Latency; update: Latency; remove: Latency; lock: Latency; unlock: Latency }
  /** A change made at the lock is seen by the API at the provider's next poll, at most this late, ms. */
  poll_interval: number
  battery: BatteryProfile | null
  keypad_battery: BatteryProfile | null
  auto_lock: { enabled: boolean; delay_seconds: number } | null
  /** After this many wrong codes the keypad refuses all codes for `locked_for` ms. */
  wrong_code_lockout: { attempts: number; locked_for: number }
  /** A wrong entry is reported as `lock.access_denied` only from this consecutive try on. */
  access_denied_after: number
  /** Time-bound codes are refused until the lock's time zone is known (Ultraloq). */
  needs_time_zone: boolean
  /**
   * The `<provider>_metadata` block. Strings may hold placeholders such as `{{name}}`; a string
   * that is nothing but one takes the fact's own type. `metadata.ts` lists and fills them.
   */
  metadata: { key: string; fields: Record<string, unknown> } | null
  /** What surprises integrators, in plain words. */
  quirks: string[]
  /** Where each number or flag comes from: public documentation page, schema, or `assumed`. */
  sources: Record<
    | 'scheduling'
    | 'keypad'
    | 'bridge'
    | 'capabilities'
    | 'simulates'
    | 'memory_slots'
    | 'code_lengths'
    | 'code_constraints'
    | 'max_name_length_on_lock'
    | 'offline_codes'
    | 'unmanaged_codes'
    | 'reports_code_on_unlock'
    | 'latency'
    | 'poll_interval'
    | 'battery'
    | 'keypad_battery'
    | 'auto_lock'
    | 'wrong_code_lockout'
    | 'metadata',
    string
  >
}
