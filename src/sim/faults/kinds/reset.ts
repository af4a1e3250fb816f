import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const reset: FaultKind = {
  kind: 'reset',
  on: ['http'],
  summary: 'The connection is reset without an answer.',
  effect: z.strictObject({ kind: z.literal('reset'), handled: z.boolean().optional() }),
}
