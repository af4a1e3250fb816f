import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { day, hour, minute } from './units.ts'

export const igloohome = {
  ...residential,
  model: 'igloohome',
  device_type: 'igloohome_lock',
  display_name: 'igloohome Smart Deadbolt',
  property_manufacturer: 'igloohome',
  model_display_name: 'Deadbolt',
  ...brand('igloohome', 'igloohome'),
  bridge: { kind: 'bridge', required: false, max_locks: 5 },
  capabilities: { ...residential.capabilities, program_offline_access_codes: true },
  capability_needs: {
    remotely_lock: ['bridge_online'],
    remotely_unlock: ['bridge_online'],
    program_online_access_codes: ['bridge'],
  },
  simulates: { ...residential.simulates, hub_disconnection: true },
  code_lengths: [6],
  code_constraints: [{ constraint_type: 'start_date_in_future' }],
  offline_codes: {
    code_length: 9,
    kinds: [
      {
        kind: 'hourly',
        display_name: 'Hourly',
        min_duration: 1 * hour,
        max_duration: 672 * hour,
        granularity: 1 * hour,
        matching_start_end_time: false,
        max_per_start: 3,
        must_be_used_within: 24 * hour,
      },
      {
        kind: 'daily',
        display_name: 'Daily',
        min_duration: 29 * day,
        max_duration: 367 * day,
        granularity: 1 * hour,
        matching_start_end_time: true,
        max_per_start: 3,
        must_be_used_within: 24 * hour,
      },
      {
        kind: 'one_time',
        display_name: 'One-time',
        min_duration: null,
        max_duration: null,
        granularity: 1 * hour,
        matching_start_end_time: false,
        max_per_start: 5,
        must_be_used_within: 24 * hour,
      },
    ],
    max_total: 199,
    can_delete: false,
    can_update: false,
    predefined_time_slots: [],
  },
  unmanaged_codes: { visible: true, convertible: false, shows_code: true, deletable: true },
  battery: { chemistry: 'alkaline', cells: 4, idle_days: 1095, per_use: 1 / 5_000 },
  auto_lock: { enabled: true, delay_seconds: 30 },
  wrong_code_lockout: { attempts: 5, locked_for: 5 * minute },
  metadata: {
    key: 'igloohome_metadata',
    fields: {
      device_id: '{{lock_id}}',
      device_name: '{{name}}',
      bridge_id: '{{bridge_id}}',
      bridge_name: '{{bridge_name}}',
    },
  },
  quirks: [
    'Without the bridge only algoPIN offline codes work; can_program_online_access_codes is false.',
    'An algoPIN that lasts longer than 24 hours dies unless it is used in its first 24.',
    'An algoPIN can be neither changed nor deleted through Seam.',
    'The bridge takes a limited number of pending jobs (20).',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: get started with igloohome locks (most have it built in)',
    bridge: 'Seam docs: igloohome locks (optional, up to five locks)',
    capabilities: 'Seam docs: igloohome locks; auto-lock configuration assumed absent',
    simulates:
      'Seam API reference: devices/simulate (disconnect_from_hub: August, TTLock, igloohome)',
    memory_slots: 'Seam docs: get started with igloohome locks (max_active_codes_supported 100)',
    code_lengths:
      'Seam docs: get started with igloohome locks (sample says 6; the text says 4 to 6)',
    code_constraints:
      'Seam docs: get started with igloohome locks (start may not lie in the past); constraint name assumed',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: creating igloohome offline access codes; code length 9 assumed',
    unmanaged_codes: 'Seam docs: migrating existing access codes (cannot convert)',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'Seam docs: igloohome locks (auto-relock, for example 30 seconds)',
    wrong_code_lockout:
      'Seam docs: igloohome locks (keypad security lockout; access_denied on every wrong try); numbers assumed',
    metadata: 'OpenAPI device.properties.igloohome_metadata',
  },
} satisfies LockProfile
