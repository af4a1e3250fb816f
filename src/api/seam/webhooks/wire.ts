import { z } from 'zod'
import type { Webhook } from '../../../db/tables/webhooks.ts'
import { once } from '../../../lib/once.ts'

export const webhook = once(() =>
  z.strictObject({
    webhook_id: z.string(),
    url: z.string(),
    event_types: z.array(z.string()).optional(),
    secret: z.string().optional(),
  }),
)

/** A webhook as it goes over the wire. */
export const presentWebhook = ({ webhook_id, url, event_types, secret }: Webhook) => ({
  webhook_id,
  url,
  event_types,
  secret,
})
