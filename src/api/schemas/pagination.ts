import { z } from 'zod'

export const pagination = z.strictObject({
  has_next_page: z.boolean(),
  next_page_cursor: z.string().nullable(),
  next_page_url: z.url().nullable(),
})
