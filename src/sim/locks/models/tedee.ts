import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { digits } from './units.ts'

export const tedee = {
  ...residential,
  model: 'tedee',
  device_type: 'tedee_lock',
  display_name: 'Tedee PRO',
  property_manufacturer: 'tedee',
  model_display_name: 'Lock PRO',
  ...brand('tedee', 'Tedee'),
  keypad: 'accessory',
  bridge: { kind: 'bridge', required: true, max_locks: 10 },
  capability_needs: {
    remotely_lock: ['bridge_online'],
    remotely_unlock: ['bridge_online'],
    program_online_access_codes: ['keypad'],
    unlock_with_code: ['keypad'],
  },
  code_lengths: digits(5, 8),
  code_constraints: [
    { constraint_type: 'no_ascending_or_descending_sequence' },
    { constraint_type: 'at_least_three_unique_digits' },
  ],
  reports_code_on_unlock: true,
  battery: { chemistry: 'lithium_ion', cells: 1, idle_days: 1260, per_use: 1 / 5_000 },
  keypad_battery: { chemistry: 'alkaline', cells: 3, idle_days: 1620, per_use: 1 / 20_000 },
  auto_lock: { enabled: false, delay_seconds: 60 },
  metadata: {
    key: 'tedee_metadata',
    fields: {
      device_id: '{{lock_number}}',
      device_name: '{{name}}',
      device_model: 'Lock PRO',
      serial_number: '{{serial}}',
      bridge_id: '{{bridge_number}}',
      bridge_name: '{{bridge_name}}',
      keypad_id: '{{keypad_number}}',
    },
  },
  quirks: [
    'PINs of five to eight digits with at least three different ones, and no plain run such as 12345.',
    'The lock is charged, not fed with batteries.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: Tedee locks (keypad needed for codes)',
    bridge: 'Seam docs: Tedee locks (smart bridge required); ten locks assumed',
    capabilities: 'Seam docs: Tedee locks',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; hub routes not listed)',
    memory_slots: 'assumed (100)',
    code_lengths: 'Seam docs: Tedee locks (5 to 8)',
    code_constraints: 'Seam docs: get started with Tedee locks (sample)',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (Tedee not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (linking unlock events)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (built-in rechargeable)',
    keypad_battery: 'assumed (3 AAA)',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'Seam docs: get started with Tedee locks (sample)',
  },
} satisfies LockProfile
