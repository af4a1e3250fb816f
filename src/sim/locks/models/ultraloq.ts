import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'

export const ultraloq = {
  ...residential,
  model: 'ultraloq',
  device_type: 'ultraloq_lock',
  display_name: 'Ultraloq U-Bolt Pro WiFi',
  property_manufacturer: 'ultraloq',
  model_display_name: 'U-Bolt Pro WiFi',
  ...brand('ultraloq', 'Ultraloq'),
  scheduling: 'just_in_time',
  bridge: { kind: 'none', required: false, max_locks: null },
  latency: directLatency,
  auto_lock: { enabled: false, delay_seconds: 30 },
  needs_time_zone: true,
  metadata: {
    key: 'ultraloq_metadata',
    fields: {
      device_id: '{{lock_id}}',
      device_name: '{{name}}',
      device_type: 'lock',
      time_zone: '{{time_zone}}',
    },
  },
  quirks: [
    'Time-bound codes are refused until devices/report_provider_metadata tells the time zone (warning ultraloq_time_zone_unknown).',
    'A code switched off in the Ultraloq app stays off: error access_code_inactive.',
  ],
  sources: {
    scheduling: 'assumed (not in the native scheduling table of Seam docs)',
    keypad: 'Seam docs: Ultraloq locks',
    bridge: 'Seam docs: Ultraloq locks (Wi-Fi)',
    capabilities: 'Seam docs: Ultraloq locks',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; no hub)',
    memory_slots: 'assumed (100)',
    code_lengths: 'Seam docs: Ultraloq locks (4 to 8)',
    code_constraints: 'Seam docs list none for Ultraloq',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (Ultraloq not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.ultraloq_metadata; device_type assumed',
  },
} satisfies LockProfile
