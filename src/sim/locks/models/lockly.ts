import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { digits, hour } from './units.ts'

export const lockly = {
  ...residential,
  model: 'lockly',
  device_type: 'lockly_lock',
  display_name: 'Lockly Secure Pro',
  property_manufacturer: 'lockly',
  model_display_name: 'Secure Pro',
  ...brand('lockly', 'Lockly'),
  scheduling: 'just_in_time',
  bridge: { kind: 'hub', required: true, max_locks: null },
  capabilities: { ...residential.capabilities, program_offline_access_codes: true },
  capability_needs: { remotely_lock: ['bridge_online'], remotely_unlock: ['bridge_online'] },
  memory_slots: 50,
  code_lengths: digits(6, 8),
  offline_codes: {
    code_length: 8,
    kinds: [
      {
        kind: 'time_bound',
        display_name: 'Time-bound',
        min_duration: 1 * hour,
        max_duration: null,
        granularity: 1 * hour,
        matching_start_end_time: false,
        max_per_start: null,
        must_be_used_within: null,
      },
      {
        kind: 'one_time',
        display_name: 'One-time',
        min_duration: 1 * hour,
        max_duration: null,
        granularity: 1 * hour,
        matching_start_end_time: false,
        max_per_start: null,
        must_be_used_within: null,
      },
    ],
    max_total: null,
    can_delete: false,
    can_update: false,
    predefined_time_slots: [],
  },
  auto_lock: { enabled: true, delay_seconds: 30 },
  metadata: {
    key: 'lockly_metadata',
    fields: { device_id: '{{lock_id}}', device_name: '{{name}}', model: 'PGD728W' },
  },
  quirks: [
    'The lock has no schedules: an online code is put on it an hour early and taken off at the end.',
    'Offline codes are typed in differently from online ones.',
    'Some models choose online PINs themselves.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table: not supported)',
    keypad: 'Seam docs: Lockly locks',
    bridge: 'Seam docs: Lockly locks (Secure Link for models without Wi-Fi)',
    capabilities: 'Seam docs: Lockly locks',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; hub routes not listed)',
    memory_slots: 'assumed (50)',
    code_lengths: 'Seam docs: Lockly locks (6 to 8)',
    code_constraints:
      'assumed: none on this model (some Lockly models have cannot_specify_pin_code)',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: creating Lockly offline access codes; numbers assumed',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.lockly_metadata; model assumed',
  },
} satisfies LockProfile
