import { z } from 'zod'
import { accessCodeOccasions, boltOccasions } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const neverConfirm: FaultKind = {
  kind: 'never_confirm',
  on: [...accessCodeOccasions, ...boltOccasions],
  summary:
    'No answer ever comes: a code may be on the lock all the same, an action attempt stays pending.',
  effect: z.strictObject({ kind: z.literal('never_confirm') }),
}
