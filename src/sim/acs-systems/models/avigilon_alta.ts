import { groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const avigilon_alta = {
  ...groupBased,
  model: 'avigilon_alta',
  external_type: 'avigilon_alta_org',
  display_name: 'Avigilon Alta',
  account: { account_type: 'avigilon_alta', account_type_display_name: 'Avigilon Alta' },
  external_types: {
    user: 'avigilon_alta_user',
    groups: ['avigilon_alta_group'],
    credential: 'avigilon_alta_credential',
  },
  methods: ['code', 'cloud_key'],
  pins: { chosen_by: 'caller', digits: [4, 8] },
  doors: {
    are_wired: true,
    metadata: {
      key: 'avigilon_alta_metadata',
      fields: { entry_name: '{{name}}', org_name: '{{site}}', site_name: '{{site}}' },
    },
  },
  can_unlock_remotely: true,
  users: { ...groupBased.users, have_schedule: true, have_unique_email: true },
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences (by zone)',
    methods: 'Seam docs: Avigilon Alta (cloud keys); codes are assumed',
    doors: 'Seam docs: Avigilon Alta (online)',
    bridge: 'Seam docs: Avigilon Alta (cloud)',
    remote_unlock: 'Seam docs: Avigilon Alta',
    users: 'assumed: one of each email address',
  },
} satisfies AcsModel
