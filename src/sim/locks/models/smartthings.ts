import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'

export const smartthings = {
  ...residential,
  model: 'smartthings',
  device_type: 'smartthings_lock',
  display_name: 'Z-Wave lock on a SmartThings hub',
  property_manufacturer: 'smartthings',
  model_display_name: 'Lock',
  ...brand('smartthings', 'SmartThings'),
  scheduling: 'just_in_time',
  bridge: { kind: 'hub', required: true, max_locks: null },
  capability_needs: {
    remotely_lock: ['bridge_online'],
    remotely_unlock: ['bridge_online'],
  },
  memory_slots: 30,
  takes_reported_constraints: true,
  unmanaged_codes: { visible: true, convertible: false, shows_code: false, deletable: true },
  battery: { chemistry: 'alkaline', cells: 4, idle_days: 1095, per_use: 1 / 4_000 },
  auto_lock: null,
  metadata: {
    key: 'smartthings_metadata',
    fields: {
      device_id: '{{lock_id}}',
      device_name: '{{name}}',
      location_id: '{{location_id}}',
      model: '0129-8002-0600',
    },
  },
  quirks: [
    'The lock has no schedules: a code is put on it an hour early and taken off at the end, late when the hub is away.',
    'Codes made elsewhere are listed without their PIN and cannot be taken over.',
    'The hub does not know the lengths a lock takes: report_device_constraints tells it.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table: not supported)',
    keypad: 'Seam docs: SmartThings hubs and devices (varies by lock); built in assumed',
    bridge: 'Seam docs: SmartThings hubs and devices',
    capabilities: 'Seam docs: SmartThings hubs and devices',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; hub routes not listed)',
    memory_slots: 'assumed (30, usual for Z-Wave deadbolts)',
    code_lengths: 'assumed',
    code_constraints: 'Seam docs list none for SmartThings',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (SmartThings not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'built-in keypad runs on the lock battery',
    auto_lock: 'assumed: not offered through the hub',
    wrong_code_lockout: 'assumed',
    metadata:
      'OpenAPI device.properties.smartthings_metadata; model from Seam docs: provider metadata',
  },
} satisfies LockProfile
