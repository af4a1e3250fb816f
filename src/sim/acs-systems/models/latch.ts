import { credentialBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const latch = {
  ...credentialBased,
  model: 'latch',
  external_type: 'latch_building',
  display_name: 'Latch',
  account: { account_type: 'latch', account_type_display_name: 'Latch' },
  external_types: { user: 'latch_user', groups: [], credential: 'latch_access' },
  methods: ['code', 'mobile_key'],
  pins: { chosen_by: 'provider', digits: [7, 7] },
  most_entrances_of_code: 1,
  doors: {
    are_wired: true,
    metadata: {
      key: 'latch_metadata',
      fields: {
        door_name: '{{name}}',
        door_type: 'R',
        accessibility_type: 'COMMUNAL',
        is_connected: true,
      },
    },
  },
  users: { ...credentialBased.users, are_deferred: false },
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: Latch (a code opens one entrance, a mobile key many)',
    doors:
      'Seam docs: Latch (with a hub; updated by the manager app without one, which is not simulated)',
    bridge: 'Seam docs: Latch (cloud)',
    remote_unlock: 'Seam docs: Latch (none)',
    users: 'Seam docs: Latch (users that are there already are not read)',
  },
} satisfies AcsModel
