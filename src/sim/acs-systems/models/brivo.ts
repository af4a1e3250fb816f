import { groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const brivo = {
  ...groupBased,
  model: 'brivo',
  external_type: 'brivo_account',
  display_name: 'Brivo',
  account: { account_type: 'brivo', account_type_display_name: 'Brivo' },
  external_types: { user: 'brivo_user', groups: ['brivo_group'], credential: 'brivo_credential' },
  methods: ['code', 'mobile_key', 'cloud_key'],
  pins: { chosen_by: 'caller', digits: [4, 8] },
  doors: {
    are_wired: true,
    metadata: {
      key: 'brivo_metadata',
      fields: { site_name: '{{site}}', access_point_id: '{{id}}' },
    },
  },
  can_unlock_remotely: true,
  users: { ...groupBased.users, have_schedule: true, have_unique_email: true },
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: Brivo; cloud keys, which unlock by remote, are assumed',
    doors: 'Seam docs: Brivo (online)',
    bridge: 'Seam docs: Brivo (cloud)',
    remote_unlock: 'Seam docs: Brivo',
    users: 'assumed: one of each email address',
  },
} satisfies AcsModel
