import { credentialBased, groupBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const dormakaba_ambiance = {
  ...credentialBased,
  model: 'dormakaba_ambiance',
  external_type: 'dormakaba_ambiance_site',
  display_name: 'dormakaba Ambiance',
  account: { account_type: 'dormakaba_ambiance', account_type_display_name: 'dormakaba Ambiance' },
  external_types: {
    user: null,
    groups: ['dormakaba_ambiance_access_group'],
    credential: 'dormakaba_ambiance_credential',
  },
  methods: ['card', 'mobile_key'],
  doors: {
    are_wired: false,
    metadata: { key: 'dormakaba_ambiance_metadata', fields: { access_point_name: '{{name}}' } },
  },
  needs_bridge: true,
  has_encoders: true,
  manager: 'legic_connect_credential_service',
  sources: {
    kind: 'Seam docs: dormakaba Ambiance (an access group type is in the OpenAPI document)',
    methods: 'Seam docs: dormakaba Ambiance (mobile keys by LEGIC)',
    doors: 'Seam docs: dormakaba Ambiance (data on card)',
    bridge: 'Seam docs: dormakaba Ambiance (Seam Bridge)',
    remote_unlock: 'Seam docs: dormakaba Ambiance (none)',
    users: 'assumed: no users of its own',
  },
} satisfies AcsModel

export const dormakaba_community = {
  ...groupBased,
  model: 'dormakaba_community',
  external_type: 'dormakaba_community_site',
  display_name: 'dormakaba Community',
  account: {
    account_type: 'dormakaba_community',
    account_type_display_name: 'dormakaba Community',
  },
  external_types: {
    user: 'dormakaba_community_user',
    groups: ['dormakaba_community_access_group'],
    credential: null,
  },
  methods: ['card'],
  doors: {
    are_wired: false,
    metadata: {
      key: 'dormakaba_community_metadata',
      fields: { access_point_profile: '{{name}}' },
    },
  },
  needs_bridge: true,
  has_encoders: true,
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'assumed: cards',
    doors: 'assumed: data on card',
    bridge: 'Seam docs: dormakaba Community (Seam Bridge)',
    remote_unlock: 'Seam docs: dormakaba Community (none)',
    users: 'assumed',
  },
} satisfies AcsModel
