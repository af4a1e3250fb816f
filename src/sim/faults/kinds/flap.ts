import { z } from 'zod'
import { linkOccasions, someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const flap: FaultKind = {
  kind: 'flap',
  on: linkOccasions,
  summary: 'The link goes down every `every`, each time for `for`; `times` counts the outages.',
  effect: z
    .strictObject({ kind: z.literal('flap'), every: someTime(), for: someTime() })
    .refine((effect) => effect.for < effect.every, {
      path: ['for'],
      message: 'must be shorter than `every`, or the link never comes back',
    }),
}
