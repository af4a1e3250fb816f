import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'

export const wyze = {
  ...residential,
  model: 'wyze',
  device_type: 'wyze_lock',
  display_name: 'Wyze Lock',
  property_manufacturer: 'wyze',
  model_display_name: 'Lock',
  ...brand('wyze', 'Wyze'),
  keypad: 'accessory',
  bridge: { kind: 'gateway', required: true, max_locks: 1 },
  capability_needs: {
    remotely_lock: ['bridge_online'],
    remotely_unlock: ['bridge_online'],
    program_online_access_codes: ['keypad'],
    unlock_with_code: ['keypad'],
  },
  memory_slots: 50,
  unmanaged_codes: { visible: true, convertible: true, shows_code: false, deletable: true },
  keypad_battery: { chemistry: 'alkaline', cells: 2, idle_days: 1620, per_use: 1 / 20_000 },
  auto_lock: { enabled: false, delay_seconds: 30 },
  metadata: {
    key: 'wyze_metadata',
    fields: {
      device_id: '{{lock_id}}',
      device_name: '{{name}}',
      device_info_model: 'WLCK1',
      keypad_uuid: '{{keypad_id}}',
      locker_status_hardlock: 1,
      product_model: 'YD.LO1',
      product_name: '{{name}}',
      product_type: 'Lock',
    },
  },
  quirks: [
    'Codes made elsewhere are listed without their PIN.',
    'No codes without the Keypad accessory.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: Wyze locks (Keypad, optional)',
    bridge: 'Seam docs: Wyze locks (Lock Gateway required); one lock each assumed',
    capabilities: 'Seam docs: Wyze locks',
    simulates: 'Seam API reference: devices/simulate (any sandbox device; hub routes not listed)',
    memory_slots: 'assumed (50)',
    code_lengths: 'assumed (4 to 8)',
    code_constraints: 'Seam docs list none for Wyze',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (Wyze not listed)',
    unmanaged_codes:
      'Seam docs: Wyze locks (PINs of codes made elsewhere are not known); convertible assumed',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'assumed (2 AAA)',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.wyze_metadata; values assumed',
  },
} satisfies LockProfile
