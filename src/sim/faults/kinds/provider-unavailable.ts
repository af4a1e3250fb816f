import { z } from 'zod'
import { accessCodeOccasions, boltOccasions } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const providerUnavailable: FaultKind = {
  kind: 'provider_unavailable',
  on: [...accessCodeOccasions, ...boltOccasions],
  summary: "The provider's cloud does not answer: the command never reaches the lock.",
  effect: z.strictObject({
    kind: z.literal('provider_unavailable'),
    message: z.string().min(1).optional(),
  }),
}
