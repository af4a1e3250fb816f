import type { LockProfile } from '../profile.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'

export const two_n = {
  ...residential,
  model: 'two_n',
  device_type: 'two_n_intercom',
  display_name: '2N IP intercom',
  property_manufacturer: 'two_n',
  model_display_name: 'IP Intercom',
  manufacturer: { manufacturer: 'two_n', display_name: '2N' },
  provider: { device_provider_name: 'my_2n', display_name: 'My2N', provider_category: 'stable' },
  account: { account_type: 'two_n', account_type_display_name: 'My2N' },
  bridge: { kind: 'none', required: false, max_locks: null },
  memory_slots: 1000,
  latency: directLatency,
  battery: null,
  auto_lock: { enabled: true, delay_seconds: 5 },
  metadata: {
    key: 'two_n_metadata',
    fields: { device_id: '{{lock_number}}', device_name: '{{name}}' },
  },
  quirks: [
    'Each intercom has its own credentials; without them: error missing_device_credentials.',
    'Without a time zone on the device: warning two_n_device_missing_timezone.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: 2N intercom systems (devices with keypads)',
    bridge: 'Seam docs: 2N intercom systems (IP devices)',
    capabilities: 'Seam docs: 2N intercom systems (lock and unlock)',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; no hub)',
    memory_slots: 'assumed (directory entries)',
    code_lengths: 'Seam docs: get started with 2N intercoms (sample: 4 to 8)',
    code_constraints: 'Seam docs list none for 2N',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (2N not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed: Power over Ethernet',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed (a switch falls back by itself)',
    wrong_code_lockout: 'assumed',
    metadata: 'Seam docs: get started with 2N intercoms (sample)',
  },
} satisfies LockProfile
