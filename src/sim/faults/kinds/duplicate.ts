import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const duplicate: FaultKind = {
  kind: 'duplicate',
  on: ['webhook'],
  summary: 'The message is sent again, with the same svix-id: once, or `copies` times.',
  effect: z.strictObject({
    kind: z.literal('duplicate'),
    copies: z.int().min(1).max(100).default(1),
  }),
}
