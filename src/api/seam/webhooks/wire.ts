import { z } from 'zod'
import { once } from '../../../lib/once.ts'

export const webhook = once(() =>
  z.strictObject({
    webhook_id: z.string(),
    url: z.string(),
    event_types: z.array(z.string()).optional(),
    secret: z.string().optional(),
  }),
)
