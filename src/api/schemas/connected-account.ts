import { z } from 'zod'
import { once } from '../../once.ts'
import { flag, instant, metadata, text } from './common.ts'
import { connectedAccountError, connectedAccountWarning } from './issues.ts'

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
