import type { ConnectedAccount } from '../../sim/devices/facts.ts'
import { accountIssues } from '../../sim/devices/issues.ts'
import { toIso } from '../../sim/instant.ts'
import { presentIssue } from './issue.ts'

/** A connected account as it goes over the wire. */
export const presentConnectedAccount = (account: ConnectedAccount) => {
  const { errors, warnings } = accountIssues(account)
  return {
    connected_account_id: account.connected_account_id,
    account_type: account.account_type,
    account_type_display_name: account.account_type_display_name,
    display_name: account.display_name,
    accepted_capabilities: account.accepted_capabilities,
    automatically_manage_new_devices: account.automatically_manage_new_devices,
    custom_metadata: account.custom_metadata,
    ...(account.customer_key !== null && { customer_key: account.customer_key }),
    ...(account.user_identifier !== null && { user_identifier: account.user_identifier }),
    // The account's own errors say nothing of devices.
    errors: errors.map((error) => presentIssue({ ...error, is_device_error: undefined })),
    warnings: warnings.map(presentIssue),
    created_at: toIso(account.created_at),
  }
}
