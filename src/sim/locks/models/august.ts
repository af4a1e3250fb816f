import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { minute } from './units.ts'

export const august = {
  ...residential,
  model: 'august',
  device_type: 'august_lock',
  display_name: 'August Smart Lock Pro',
  property_manufacturer: 'august',
  model_display_name: 'Lock',
  ...brand('august', 'August'),
  keypad: 'accessory',
  bridge: { kind: 'bridge', required: true, max_locks: 1 },
  capabilities: { ...residential.capabilities, configure_auto_lock: true },
  capability_needs: {
    remotely_lock: ['bridge_online'],
    remotely_unlock: ['bridge_online'],
    program_online_access_codes: ['keypad'],
    unlock_with_code: ['keypad'],
  },
  simulates: { ...residential.simulates, hub_connection: true, hub_disconnection: true },
  reports_code_on_unlock: true,
  has_native_entry_events: true,
  battery: { chemistry: 'alkaline', cells: 4, idle_days: 720, per_use: 1 / 3_000 },
  keypad_battery: { chemistry: 'alkaline', cells: 2, idle_days: 1620, per_use: 1 / 20_000 },
  auto_lock: { enabled: false, delay_seconds: 30 },
  wrong_code_lockout: { attempts: 10, locked_for: 1 * minute },
  metadata: {
    key: 'august_metadata',
    fields: {
      lock_id: '{{lock_id}}',
      lock_name: '{{name}}',
      house_id: '{{location_id}}',
      house_name: '{{location_name}}',
      has_keypad: '{{has_keypad}}',
      keypad_battery_level: '{{keypad_battery_words}}',
      model: 'AUG-SL03',
    },
  },
  quirks: [
    'No codes without the Smart Keypad: can_program_online_access_codes turns false.',
    'A code that August has acknowledged may still be on its way to the lock for minutes.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: August locks (Smart Keypad, optional)',
    bridge:
      'Seam docs: August locks (Connect bridge for models without Wi-Fi); one lock each assumed',
    capabilities: 'Seam docs: August locks; auto-lock configuration assumed',
    simulates: 'Seam API reference: devices/simulate (hub routes: August, TTLock)',
    memory_slots: 'assumed',
    code_lengths: 'assumed (4 to 8, as on most residential keypads)',
    code_constraints: 'Seam docs list none for August',
    max_name_length_on_lock: 'assumed: no limit',
    offline_codes: 'Seam docs: offline access codes (August not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes',
    reports_code_on_unlock: 'Seam docs: smart locks, access codes (linking unlock events)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'assumed (2 AAA)',
    auto_lock: 'assumed, off by default',
    wrong_code_lockout: 'assumed',
    metadata: 'OpenAPI device.properties.august_metadata; values assumed',
  },
} satisfies LockProfile
