import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const truncate: FaultKind = {
  kind: 'truncate',
  on: ['http'],
  summary: 'The call takes effect; its answer breaks off in the middle and the connection closes.',
  effect: z.strictObject({ kind: z.literal('truncate') }),
}
