import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'
import { second } from './units.ts'

export const schlage = {
  ...residential,
  model: 'schlage',
  device_type: 'schlage_lock',
  display_name: 'Schlage Encode Smart WiFi Deadbolt',
  property_manufacturer: 'schlage',
  model_display_name: 'Encode',
  ...brand('schlage', 'Schlage'),
  bridge: { kind: 'none', required: false, max_locks: null },
  capabilities: { ...residential.capabilities, configure_auto_lock: true },
  code_constraints: [
    { constraint_type: 'unique_first_four_digits' },
    { constraint_type: 'name_length', max_length: 9 },
  ],
  max_name_length_on_lock: 9,
  reports_code_on_unlock: true,
  has_native_entry_events: true,
  latency: directLatency,
  battery: { chemistry: 'alkaline', cells: 4, idle_days: 630, per_use: 1 / 3_500 },
  auto_lock: { enabled: false, delay_seconds: 30 },
  wrong_code_lockout: { attempts: 4, locked_for: 30 * second },
  metadata: {
    key: 'schlage_metadata',
    fields: { device_id: '{{lock_id}}', device_name: '{{name}}', model: 'Encode' },
  },
  quirks: [
    'No two codes on the lock may begin with the same four digits.',
    'The lock keeps nine characters of a name; Seam keeps the rest.',
    'Schedules may shift by an hour when daylight saving time ends (not simulated).',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: get started with Schlage locks (built in)',
    bridge: 'Seam docs: Schlage locks (Encode has Wi-Fi; Connect comes through SmartThings)',
    capabilities: 'Seam docs: Schlage locks; auto-lock configuration assumed',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; no hub)',
    memory_slots: 'assumed',
    code_lengths: 'Seam docs: resource samples, device (supported_code_lengths)',
    code_constraints:
      'Seam docs: resource samples, device (name_length 9); @seamapi/types (unique_first_four_digits: Schlage)',
    max_name_length_on_lock: 'Seam docs: resource samples, device (name_length 9)',
    offline_codes: 'Seam docs: resource samples, device (supports_offline_access_codes false)',
    unmanaged_codes: 'Seam docs: migrating existing access codes',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (linking unlock events)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed, off by default',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.schlage_metadata',
  },
} satisfies LockProfile
