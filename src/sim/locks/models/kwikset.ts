import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'
import { minute, second } from './units.ts'

export const kwikset = {
  ...residential,
  model: 'kwikset',
  device_type: 'kwikset_lock',
  display_name: 'Kwikset Halo Touch',
  property_manufacturer: 'kwikset',
  model_display_name: 'Halo Touch',
  ...brand('kwikset', 'Kwikset'),
  bridge: { kind: 'none', required: false, max_locks: null },
  capabilities: { ...residential.capabilities, configure_auto_lock: true },
  memory_slots: 250,
  code_constraints: [
    { constraint_type: 'start_date_in_future' },
    { constraint_type: 'name_length', min_length: 2, max_length: 14 },
  ],
  max_name_length_on_lock: 14,
  unmanaged_codes: { visible: false, convertible: false, shows_code: false, deletable: false },
  reports_code_on_unlock: true,
  has_native_entry_events: true,
  latency: directLatency,
  auto_lock: { enabled: true, delay_seconds: 30 },
  wrong_code_lockout: { attempts: 3, locked_for: 1 * minute + 15 * second },
  access_denied_after: 3,
  metadata: {
    key: 'kwikset_metadata',
    fields: { device_id: '{{lock_id}}', device_name: '{{name}}', model_number: 'HALO-01' },
  },
  quirks: [
    'A time-bound code must start in the future, best 15 minutes ahead.',
    'Names of more than 14 characters are cut on the lock.',
    'Codes made elsewhere are never seen: no unmanaged codes.',
    'Only the third wrong code in a row is reported; the keypad is then dead for 75 seconds.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: Kwikset locks',
    bridge: 'Seam docs: Kwikset locks (Halo has Wi-Fi)',
    capabilities: 'Seam docs: Kwikset locks; auto-lock configuration assumed',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; no hub)',
    memory_slots: 'assumed (250)',
    code_lengths: 'Seam docs: Kwikset locks (4 to 8)',
    code_constraints:
      'Seam docs: Kwikset locks; @seamapi/types (start_date_in_future, name_length: Kwikset)',
    max_name_length_on_lock: 'Seam docs: Kwikset locks (cut to 14)',
    offline_codes: 'Seam docs: offline access codes (Kwikset not listed)',
    unmanaged_codes: 'Seam docs: Kwikset locks (not supported)',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (linking unlock events)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'Seam docs: Kwikset locks (for example 30 seconds)',
    wrong_code_lockout:
      'Seam docs: Kwikset locks (three in a row, 15 seconds of beeping, then one minute)',
    metadata: 'Seam docs: get started with Kwikset Wi-Fi locks',
  },
} satisfies LockProfile
