import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const drop: FaultKind = {
  kind: 'drop',
  on: ['webhook'],
  summary: 'The message is lost for good: it is never sent, and not tried again.',
  effect: z.strictObject({ kind: z.literal('drop') }),
}
