import { groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const kisi = {
  ...groupBased,
  model: 'kisi',
  external_type: 'kisi_organization',
  display_name: 'Kisi',
  account: { account_type: 'kisi', account_type_display_name: 'Kisi' },
  external_types: {
    user: 'kisi_user',
    groups: ['kisi_access_group'],
    credential: 'kisi_credential',
  },
  methods: ['cloud_key'],
  doors: { are_wired: true, metadata: null },
  can_unlock_remotely: true,
  users: { ...groupBased.users, have_unique_email: true },
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: Kisi (cloud keys)',
    doors: 'Seam docs: Kisi (online)',
    bridge: 'Seam docs: Kisi (cloud)',
    remote_unlock: 'Seam docs: Kisi',
    users: 'assumed: one of each email address',
  },
} satisfies AcsModel
