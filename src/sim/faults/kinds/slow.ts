import { z } from 'zod'
import { someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const slow: FaultKind = {
  kind: 'slow',
  on: ['webhook'],
  summary: 'The body arrives in two halves, so far apart in real time.',
  effect: z.strictObject({ kind: z.literal('slow'), by: someTime().default(2_000) }),
}
