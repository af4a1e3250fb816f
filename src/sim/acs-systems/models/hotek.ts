import { credentialBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const hotek = {
  ...credentialBased,
  model: 'hotek',
  external_type: 'hotek_site',
  display_name: 'Hotek',
  account: { account_type: 'hotek', account_type_display_name: 'Hotek' },
  external_types: { user: null, groups: [], credential: 'hotek_card' },
  methods: ['card'],
  doors: { are_wired: false, metadata: { key: 'hotek_metadata', fields: {} } },
  needs_bridge: true,
  has_encoders: true,
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: Hotek',
    doors: 'Seam docs: Hotek (data on card; doors are reported by the integrator)',
    bridge: 'Seam docs: Hotek (Seam Bridge)',
    remote_unlock: 'Seam docs: Hotek (none)',
    users: 'assumed: no users of its own',
  },
} satisfies AcsModel
