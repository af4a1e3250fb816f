/** Credential managers: systems without doors, which issue the mobile keys of others. */
import { manager } from '../model.ts'
import type { AcsModel } from '../model.ts'

export const assa_abloy_credential_service = {
  ...manager,
  model: 'assa_abloy_credential_service',
  external_type: 'assa_abloy_credential_service',
  display_name: 'ASSA ABLOY Credential Service',
  account: {
    account_type: 'assa_abloy_credential_service',
    account_type_display_name: 'ASSA ABLOY Credential Service',
  },
} satisfies AcsModel

export const assa_abloy_vostio_credential_service = {
  ...manager,
  model: 'assa_abloy_vostio_credential_service',
  external_type: 'assa_abloy_vostio_credential_service',
  display_name: 'ASSA ABLOY Vostio Credential Service',
  account: {
    account_type: 'assa_abloy_vostio_credential_service',
    account_type_display_name: 'ASSA ABLOY Vostio Credential Service',
  },
} satisfies AcsModel

export const legic_connect_credential_service = {
  ...manager,
  model: 'legic_connect_credential_service',
  external_type: 'legic_connect_credential_service',
  display_name: 'LEGIC Connect',
  account: { account_type: 'legic_connect', account_type_display_name: 'LEGIC Connect' },
} satisfies AcsModel

export const hid_cm = {
  ...manager,
  model: 'hid_cm',
  external_type: 'hid_credential_manager_organization',
  display_name: 'HID Origo Credential Manager',
  account: { account_type: 'hid_cm', account_type_display_name: 'HID Origo Credential Manager' },
  external_types: {
    user: 'hid_credential_manager_user',
    groups: [],
    credential: 'hid_credential',
  },
  // It is its own manager.
  manager: 'hid_cm',
} satisfies AcsModel
