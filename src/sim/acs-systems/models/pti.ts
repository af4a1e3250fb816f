import { groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const pti = {
  ...groupBased,
  model: 'pti',
  external_type: 'pti_site',
  display_name: 'PTI',
  account: { account_type: 'pti', account_type_display_name: 'PTI' },
  external_types: {
    user: 'pti_user',
    groups: ['pti_access_level', 'pti_unit'],
    credential: 'pti_card',
  },
  methods: ['code', 'card'],
  pins: { chosen_by: 'caller', digits: [1, 10] },
  doors: { are_wired: true, metadata: null },
  has_encoders: true,
  sources: {
    kind: 'OpenAPI document (two types of groups)',
    methods: 'Seam docs: PTI (codes from 1 to 4294967296)',
    doors: 'assumed: online',
    bridge: 'assumed: cloud',
    remote_unlock: 'assumed: none',
    users: 'assumed',
  },
} satisfies AcsModel
