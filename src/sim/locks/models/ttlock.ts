import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { digits } from './units.ts'

export const ttlock = {
  ...residential,
  model: 'ttlock',
  device_type: 'ttlock_lock',
  display_name: 'TTLock Smart Deadbolt',
  property_manufacturer: 'ttlock',
  model_display_name: 'Smart Lock',
  ...brand('ttlock', 'TTLock'),
  bridge: { kind: 'gateway', required: true, max_locks: null },
  capability_needs: {
    remotely_lock: ['bridge_online'],
    remotely_unlock: ['bridge_online'],
    program_online_access_codes: ['bridge'],
  },
  simulates: { ...residential.simulates, hub_connection: true, hub_disconnection: true },
  code_lengths: digits(4, 9),
  reports_code_on_unlock: true,
  has_native_entry_events: true,
  auto_lock: { enabled: true, delay_seconds: 15 },
  metadata: {
    key: 'ttlock_metadata',
    fields: {
      lock_id: '{{lock_number}}',
      lock_alias: '{{name}}',
      has_gateway: '{{has_bridge}}',
      feature_value: 'F44354CD5F3',
      features: {
        passcode: true,
        passcode_management: true,
        unlock_via_gateway: true,
        lock_command: true,
        incomplete_keyboard_passcode: false,
        wifi: false,
        auto_lock_time_config: true,
      },
      timezone_raw_offset_ms: '{{time_zone_offset}}',
      wireless_keypads: [],
    },
  },
  quirks: [
    'Out of reach of a gateway nothing can be programmed.',
    'Remote unlocking must be turned on in the TTLock app first (warning ttlock_lock_gateway_unlocking_not_enabled).',
    'Cylinder models have keys 1 to 6 or 1 to 7 only: add the constraint cannot_contain_0789 or cannot_contain_089 to the lock.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: TTLock locks',
    bridge: 'Seam docs: TTLock locks (gateway required)',
    capabilities: 'Seam docs: TTLock locks; auto-lock configuration assumed absent',
    simulates: 'Seam API reference: devices/simulate (hub routes: August, TTLock)',
    memory_slots: 'assumed',
    code_lengths: 'assumed (4 to 9)',
    code_constraints:
      'Seam docs: access code requirements for door locks (only models with a limited keypad)',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (TTLock not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (linking unlock events)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AAA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.ttlock_metadata; values assumed',
  },
} satisfies LockProfile
