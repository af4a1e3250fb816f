import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'

export const yale = {
  ...residential,
  model: 'yale',
  device_type: 'yale_lock',
  display_name: 'Yale Assure Lock',
  property_manufacturer: 'august',
  model_display_name: 'Assure Lock',
  ...brand('yale', 'Yale'),
  bridge: { kind: 'none', required: false, max_locks: null },
  capabilities: { ...residential.capabilities, remotely_lock: false },
  memory_slots: 250,
  reports_code_on_unlock: true,
  has_native_entry_events: true,
  latency: directLatency,
  auto_lock: { enabled: false, delay_seconds: 30 },
  metadata: {
    key: 'august_metadata',
    fields: {
      lock_id: '{{lock_id}}',
      lock_name: '{{name}}',
      house_id: '{{location_id}}',
      house_name: '{{location_name}}',
      has_keypad: '{{has_keypad}}',
      model: 'YRD256',
    },
  },
  quirks: [
    'properties.manufacturer says august, and the lock has august_metadata: both brands share an app.',
    'Only remote unlocking is offered, no remote locking.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: Yale locks',
    bridge: 'Seam docs: Yale locks (Wi-Fi built in or by module)',
    capabilities:
      'Seam docs: Yale locks (remote unlock only); auto-lock configuration assumed absent',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; no hub)',
    memory_slots: 'assumed (250, the sample in Seam docs: access code requirements)',
    code_lengths: 'assumed (4 to 8, as on most residential keypads)',
    code_constraints: 'Seam docs list none for Yale',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (Yale not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (linking unlock events)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed, off by default',
    wrong_code_lockout: 'assumed',
    metadata: 'Seam docs: get started with Yale locks (august_metadata)',
  },
} satisfies LockProfile
