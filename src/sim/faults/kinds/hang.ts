import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const hang: FaultKind = {
  kind: 'hang',
  on: ['http'],
  summary: 'No answer comes; the connection stays open until the client gives up.',
  effect: z.strictObject({ kind: z.literal('hang'), handled: z.boolean().optional() }),
}
