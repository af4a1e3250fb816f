/** Lists that are read page by page, from either end. */
import { z } from 'zod'
import { textOrNull } from './fields.ts'

/** From which end a list is read, and where an earlier answer ended. */
export const paging = (otherwise: string) => ({
  order: z
    .enum(['asc', 'desc'])
    .describe(
      `\`asc\`: the oldest first, from the beginning; \`desc\`: the newest first, from the end. ${otherwise}`,
    )
    .optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'Give the `next` of an earlier answer')
    .meta({ description: 'Goes on where an answer of the same order ended: its `next`.' })
    .optional(),
})

/** The same for lists whose cursors are names. */
export const pagingByName = (otherwise: string) => ({
  order: z
    .enum(['asc', 'desc'])
    .describe(`\`asc\`: from the beginning; \`desc\`: from the end. ${otherwise}`)
    .optional(),
  after: z
    .string()
    .min(1)
    .meta({ description: 'Goes on where an answer of the same order ended: its `next`.' })
    .optional(),
})

export const nextPage = () => ({
  next: textOrNull('For `after`, where there is more in this order; null otherwise.'),
})
