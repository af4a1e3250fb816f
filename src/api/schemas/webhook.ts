import { z } from 'zod'

export const webhook = z.strictObject({
  webhook_id: z.string(),
  url: z.string(),
  event_types: z.array(z.string()).optional(),
  secret: z.string().optional(),
})
