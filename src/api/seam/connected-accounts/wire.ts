import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { flag, instant, metadata, text } from '../common.ts'
import { connectedAccountError, connectedAccountWarning, presentIssue } from '../issues.ts'
import type { ConnectedAccount } from '../../../db/tables/connected-accounts.ts'
import { accountIssues } from '../../../sim/connected-accounts/issues.ts'
import { toIso } from '../../../sim/kernel/instant.ts'

/** What an account or webview may be asked to bring. */
export const acceptedCapability = once(() =>
  z.enum(['lock', 'thermostat', 'noise_sensor', 'access_control', 'camera']),
)

export const connectedAccount = once(() =>
  z.strictObject({
    connected_account_id: z.guid(),
    account_type: text,
    account_type_display_name: z.string(),
    display_name: z.string(),
    accepted_capabilities: z.array(acceptedCapability()),
    automatically_manage_new_devices: z.boolean(),
    custom_metadata: metadata,
    customer_key: text,
    default_checkin_time: text,
    default_checkout_time: text,
    ical_feed_origin: text,
    ical_url: text,
    image_url: z.url().optional(),
    time_zone: text,
    user_identifier: z
      .strictObject({
        api_url: text,
        email: text,
        exclusive: flag,
        phone: text,
        username: text,
      })
      .optional(),
    errors: z.array(connectedAccountError()),
    warnings: z.array(connectedAccountWarning()),
    created_at: instant.optional(),
  }),
)

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
