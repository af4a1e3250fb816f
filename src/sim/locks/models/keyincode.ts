import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'

export const keyincode = {
  ...residential,
  model: 'keyincode',
  device_type: 'keyincode_lock',
  display_name: 'KeyInCode Smart Lock',
  property_manufacturer: 'korelock',
  model_display_name: 'Smart Lock',
  ...brand('keyincode', 'KeyInCode'),
  scheduling: 'just_in_time',
  bridge: { kind: 'none', required: false, max_locks: null },
  code_constraints: [
    { constraint_type: 'no_ascending_or_descending_sequence' },
    { constraint_type: 'no_all_same_digits' },
  ],
  latency: directLatency,
  auto_lock: { enabled: true, delay_seconds: 5 },
  metadata: {
    key: 'korelock_metadata',
    fields: {
      device_id: '{{lock_id}}',
      device_name: '{{name}}',
      model_code: 'KIC',
      serial_number: '{{serial}}',
      firmware_version: '1.0.0',
      wifi_signal_strength: 0.8,
      location_id: '{{location_id}}',
    },
  },
  quirks: [
    'KeyInCode runs on the Korelock platform: korelock_metadata, and properties.manufacturer says korelock.',
  ],
  sources: {
    scheduling: 'assumed (not in the native scheduling table of Seam docs)',
    keypad: 'Seam docs: KeyInCode locks',
    bridge: 'Seam docs: KeyInCode setup guide (Wi-Fi)',
    capabilities: 'Seam docs: KeyInCode locks',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; no hub)',
    memory_slots: 'assumed (100)',
    code_lengths: 'assumed',
    code_constraints: '@seamapi/types (both: Korelock)',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (KeyInCode not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.korelock_metadata; values assumed',
  },
} satisfies LockProfile
