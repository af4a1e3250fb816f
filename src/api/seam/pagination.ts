import { z } from 'zod'
import { once } from '../../lib/once.ts'

export const pagination = once(() =>
  z.strictObject({
    has_next_page: z.boolean(),
    next_page_cursor: z.string().nullable(),
    next_page_url: z.url().nullable(),
  }),
)
