/**
 * What most locks on front doors have in common. A brand file spreads this and says what is different,
 * so that it shows what is special about the brand. Where a fact comes from stands in each brand's own
 * `sources`, also for what is the same as here.
 */
import type { LockProfile } from './profile.ts'
import { bridgedLatency } from './latency.ts'
import { digits, minute, seamPoll } from './models/units.ts'

type Common = Omit<
  LockProfile,
  | 'model'
  | 'device_type'
  | 'display_name'
  | 'property_manufacturer'
  | 'model_display_name'
  | 'manufacturer'
  | 'provider'
  | 'account'
  | 'bridge'
  | 'auto_lock'
  | 'metadata'
  | 'quirks'
  | 'sources'
>

export const residential = {
  scheduling: 'native',
  keypad: 'built_in',
  capabilities: {
    remotely_lock: true,
    remotely_unlock: true,
    program_online_access_codes: true,
    program_offline_access_codes: false,
    unlock_with_code: true,
    configure_auto_lock: false,
  },
  capability_needs: {},
  simulates: {
    connection: true,
    disconnection: true,
    hub_connection: false,
    hub_disconnection: false,
    paid_subscription: false,
    removal: true,
  },
  needs_subscription: false,
  memory_slots: 100,
  code_lengths: digits(4, 8),
  code_constraints: [],
  max_name_length_on_lock: null,
  provider_assigns_pin: false,
  pin_assignment_latency: null,
  supports_backup_pool: true,
  offline_codes: null,
  unmanaged_codes: { visible: true, convertible: true, shows_code: true, deletable: true },
  reports_code_on_unlock: false,
  has_native_entry_events: false,
  latency: bridgedLatency,
  poll_interval: seamPoll,
  battery: { chemistry: 'alkaline', cells: 4, idle_days: 900, per_use: 1 / 4_000 },
  keypad_battery: null,
  wrong_code_lockout: { attempts: 5, locked_for: 1 * minute },
  access_denied_after: 1,
  needs_time_zone: false,
} satisfies Common
