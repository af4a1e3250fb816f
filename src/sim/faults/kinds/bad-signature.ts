import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const badSignature: FaultKind = {
  kind: 'bad_signature',
  on: ['webhook'],
  summary: 'The message is signed with a wrong secret: a careful receiver answers 4xx.',
  effect: z.strictObject({ kind: z.literal('bad_signature') }),
}
