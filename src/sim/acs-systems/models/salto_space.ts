import { groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const salto_space = {
  ...groupBased,
  model: 'salto_space',
  external_type: 'salto_space_system',
  display_name: 'Salto ProAccess Space',
  account: { account_type: 'salto_space', account_type_display_name: 'Salto ProAccess Space' },
  external_types: {
    user: 'salto_space_user',
    groups: ['salto_space_group'],
    credential: 'salto_space_key',
  },
  methods: ['card', 'mobile_key'],
  doors: {
    // Readers on walls have a line, locks on units have none: a fixture says which door is which.
    are_wired: true,
    metadata: {
      key: 'salto_space_metadata',
      fields: { door_name: '{{name}}', door_description: '{{name}}', audit_on_keys: false },
    },
  },
  needs_bridge: true,
  has_encoders: true,
  users: { ...groupBased.users, have_schedule: true, have_one_key_each: true },
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: Salto ProAccess Space',
    doors: 'assumed: wall readers online, locks of units offline',
    bridge: 'Seam docs: Salto ProAccess Space (Seam Bridge)',
    remote_unlock: 'assumed: none',
    users: 'Seam docs: Salto ProAccess Space (one card and one mobile key a user)',
  },
} satisfies AcsModel
