import { credentialBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const assa_abloy_vostio = {
  ...credentialBased,
  model: 'assa_abloy_vostio',
  external_type: 'assa_abloy_vostio',
  display_name: 'ASSA ABLOY Vostio',
  account: { account_type: 'assa_abloy_vostio', account_type_display_name: 'ASSA ABLOY Vostio' },
  external_types: { user: null, groups: [], credential: 'assa_abloy_vostio_key' },
  methods: ['card', 'mobile_key'],
  doors: {
    are_wired: false,
    metadata: {
      key: 'assa_abloy_vostio_metadata',
      fields: { door_name: '{{name}}', door_type: '{{category}}' },
    },
  },
  has_encoders: true,
  manager: 'assa_abloy_vostio_credential_service',
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: ASSA ABLOY Vostio',
    doors: 'Seam docs: ASSA ABLOY Vostio (data on card); door types from the OpenAPI document',
    bridge: 'Seam docs: ASSA ABLOY Vostio (cloud)',
    remote_unlock: 'Seam docs: ASSA ABLOY Vostio (none)',
    users: 'Seam docs: ASSA ABLOY Vostio (no users of its own)',
  },
} satisfies AcsModel
