import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { digits } from './units.ts'

export const omnitec = {
  ...residential,
  model: 'omnitec',
  device_type: 'omnitec_lock',
  display_name: 'Omnitec Rent&Pass lock',
  property_manufacturer: 'omnitec',
  model_display_name: 'Rent&Pass',
  ...brand('omnitec', 'Omnitec'),
  scheduling: 'just_in_time',
  bridge: { kind: 'gateway', required: true, max_locks: null },
  capability_needs: { remotely_lock: ['bridge_online'], remotely_unlock: ['bridge_online'] },
  code_lengths: digits(4, 9),
  auto_lock: { enabled: true, delay_seconds: 5 },
  metadata: {
    key: 'omnitec_metadata',
    fields: {
      lock_id: '{{lock_number}}',
      lock_name: '{{name}}',
      lock_alias: '{{name}}',
      lock_mac: 'C1:0A:00:00:00:01',
      has_gateway: '{{has_bridge}}',
      time_zone: '{{time_zone}}',
      timezone_raw_offset_ms: '{{time_zone_offset?}}',
    },
  },
  quirks: [
    'Only locks behind a gateway are seen.',
    'devices/report_provider_metadata can tell its time zone.',
  ],
  sources: {
    scheduling: 'assumed (not in the native scheduling table of Seam docs)',
    keypad: 'Seam docs: Omnitec locks (locks that have a keypad)',
    bridge: 'Seam docs: Omnitec locks (Rent&Pass Gateway required)',
    capabilities: 'Seam docs: Omnitec locks',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; hub routes not listed)',
    memory_slots: 'assumed (100)',
    code_lengths: 'assumed',
    code_constraints: 'Seam docs list none for Omnitec',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (Omnitec not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.omnitec_metadata; values assumed',
  },
} satisfies LockProfile
