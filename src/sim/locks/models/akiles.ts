import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { digits } from './units.ts'

export const akiles = {
  ...residential,
  model: 'akiles',
  device_type: 'akiles_lock',
  display_name: 'Akiles Roomlock',
  property_manufacturer: 'akiles',
  model_display_name: 'Roomlock',
  ...brand('akiles', 'Akiles'),
  scheduling: 'just_in_time',
  keypad: 'accessory',
  bridge: { kind: 'gateway', required: true, max_locks: null },
  capabilities: { ...residential.capabilities, remotely_lock: false },
  capability_needs: {
    remotely_unlock: ['bridge_online'],
    program_online_access_codes: ['keypad'],
    unlock_with_code: ['keypad'],
  },
  code_lengths: digits(4, 9),
  keypad_battery: { chemistry: 'alkaline', cells: 2, idle_days: 1620, per_use: 1 / 20_000 },
  auto_lock: { enabled: true, delay_seconds: 5 },
  metadata: {
    key: 'akiles_metadata',
    fields: { gadget_id: '{{lock_id}}', gadget_name: '{{name}}', product_name: 'Roomlock' },
  },
  quirks: [
    'Only remote unlocking is offered.',
    'Codes need a Pinpad where the lock has no keys of its own.',
  ],
  sources: {
    scheduling: 'assumed (not in the native scheduling table of Seam docs)',
    keypad: 'Seam docs: Akiles locks (Pinpad, unless integrated)',
    bridge: 'Seam docs: Akiles locks (Gateway required)',
    capabilities: 'Seam docs: Akiles locks (remote unlock only)',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; hub routes not listed)',
    memory_slots: 'assumed (100)',
    code_lengths: 'assumed',
    code_constraints: 'Seam docs list none for Akiles',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (Akiles not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed',
    keypad_battery: 'assumed',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.akiles_metadata',
  },
} satisfies LockProfile
