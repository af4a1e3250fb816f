import { groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const salto_ks = {
  ...groupBased,
  model: 'salto_ks',
  external_type: 'salto_ks_site',
  display_name: 'Salto KS',
  account: { account_type: 'salto_ks', account_type_display_name: 'Salto KS' },
  external_types: {
    user: 'salto_site_user',
    groups: ['salto_ks_access_group'],
    credential: 'salto_ks_credential',
    card: 'salto_ks_tag',
  },
  methods: ['code', 'card', 'mobile_key'],
  pins: { chosen_by: 'provider', digits: [6, 6] },
  doors: {
    are_wired: true,
    metadata: {
      key: 'salto_ks_metadata',
      fields: {
        door_name: '{{name}}',
        lock_type: 'wall_reader_pin',
        battery_level: 'Good',
        locked_state: 'Locked',
        intrusion_alarm: false,
        left_open_alarm: false,
        online: true,
        privacy_mode: false,
      },
    },
  },
  can_unlock_remotely: true,
  has_encoders: true,
  users: {
    ...groupBased.users,
    have_schedule: true,
    have_unique_email: true,
    subscription_slots: 20,
  },
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: Salto KS access control systems',
    doors: 'Seam docs: Salto KS access control systems (IQ hub)',
    bridge: 'Seam docs: Salto KS access control systems (cloud)',
    remote_unlock: 'assumed',
    users: 'Seam docs: Salto KS access control systems (subscriptions); their number is assumed',
  },
} satisfies AcsModel
