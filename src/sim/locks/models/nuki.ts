import type { LockProfile } from '../profile.ts'
import { brand } from '../../devices/brand.ts'
import { residential } from '../residential.ts'
import { directLatency } from '../latency.ts'

export const nuki = {
  ...residential,
  model: 'nuki',
  device_type: 'nuki_lock',
  display_name: 'Nuki Smart Lock 3.0 Pro',
  property_manufacturer: 'nuki',
  model_display_name: 'Lock',
  ...brand('nuki', 'Nuki'),
  keypad: 'accessory',
  bridge: { kind: 'bridge', required: false, max_locks: null },
  capability_needs: {
    program_online_access_codes: ['keypad', 'subscription'],
    unlock_with_code: ['keypad'],
  },
  simulates: { ...residential.simulates, paid_subscription: true },
  needs_subscription: true,
  code_lengths: [6],
  code_constraints: [
    { constraint_type: 'cannot_start_with_12' },
    { constraint_type: 'no_zeros' },
    { constraint_type: 'name_length', max_length: 20 },
  ],
  max_name_length_on_lock: 20,
  has_native_entry_events: true,
  latency: directLatency,
  battery: { chemistry: 'alkaline', cells: 4, idle_days: 720, per_use: 1 / 2_500 },
  keypad_battery: { chemistry: 'alkaline', cells: 4, idle_days: 1620, per_use: 1 / 20_000 },
  auto_lock: { enabled: false, delay_seconds: 60 },
  metadata: {
    key: 'nuki_metadata',
    fields: {
      device_id: '{{lock_number_text}}',
      device_name: '{{name}}',
      keypad_paired: '{{has_keypad}}',
      keypad_2_paired: false,
      keypad_battery_critical: '{{keypad_battery_critical}}',
    },
  },
  quirks: [
    'Six digits from 1 to 9, and never 12 in front.',
    'When Smart Hosting lapses, codes cannot be programmed: error subscription_required.',
    'Without the Keypad accessory there are no codes.',
    'Smart Lock 3.0 and newer with a Keypad take 200 codes; older ones 100.',
  ],
  sources: {
    scheduling: 'Seam docs: smart locks, access codes (native scheduling table)',
    keypad: 'Seam docs: Nuki locks (Keypad, optional)',
    bridge: 'Seam docs: Nuki locks (the Pro has Wi-Fi; others need the Bridge)',
    capabilities: 'Seam docs: Nuki locks; auto-lock configuration assumed absent',
    simulates: 'Seam API reference: devices/simulate (paid_subscription: Nuki)',
    memory_slots: 'Seam docs: get started with Nuki locks (max_active_codes_supported 100)',
    code_lengths: 'Seam docs: access code requirements for door locks (Nuki sample: 6)',
    code_constraints: 'Seam docs: access code requirements for door locks (Nuki sample)',
    max_name_length_on_lock: 'Seam docs: access code requirements for door locks (Nuki sample: 20)',
    offline_codes: 'Seam docs: offline access codes (Nuki not listed)',
    unmanaged_codes: 'Seam docs: migrating existing access codes (no exception listed)',
    reports_code_on_unlock:
      'Seam docs: smart locks, access codes (linking unlock events: not listed)',
    latency: 'assumed',
    poll_interval: 'Seam docs: displaying device health (every ten minutes)',
    battery: 'assumed (4 AA)',
    keypad_battery: 'assumed (4 AAA)',
    auto_lock: 'assumed',
    wrong_code_lockout: 'assumed',
    metadata: 'Seam docs: access code requirements for door locks (Nuki sample)',
  },
} satisfies LockProfile
