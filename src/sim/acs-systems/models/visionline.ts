import { credentialBased } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const visionline = {
  ...credentialBased,
  model: 'visionline',
  external_type: 'visionline_system',
  display_name: 'Visionline',
  account: { account_type: 'visionline', account_type_display_name: 'ASSA ABLOY Visionline' },
  external_types: { user: null, groups: [], credential: 'visionline_card' },
  methods: ['card', 'mobile_key'],
  doors: {
    are_wired: false,
    metadata: {
      key: 'visionline_metadata',
      fields: { door_name: '{{name}}', door_category: '{{category}}' },
    },
  },
  needs_bridge: true,
  has_encoders: true,
  manager: 'assa_abloy_credential_service',
  sources: {
    kind: 'Seam docs: access systems, understanding access control system differences',
    methods: 'Seam docs: ASSA ABLOY Visionline',
    doors:
      'Seam docs: ASSA ABLOY Visionline (data on card); door categories from the OpenAPI document',
    bridge: 'Seam docs: ASSA ABLOY Visionline (Seam Bridge)',
    remote_unlock: 'Seam docs: ASSA ABLOY Visionline (none)',
    users: 'Seam docs: ASSA ABLOY Visionline (no users of its own)',
  },
} satisfies AcsModel
