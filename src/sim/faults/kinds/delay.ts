import { z } from 'zod'
import { accessCodeOccasions, boltOccasions, someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

const effect = z.strictObject({ kind: z.literal('delay'), by: someTime() })

export const delay: FaultKind = {
  kind: 'delay',
  on: [...accessCodeOccasions, ...boltOccasions],
  summary: 'The lock answers so much later, in workspace time.',
  effect,
}

export const delayHttp: FaultKind = {
  kind: 'delay',
  on: ['http'],
  summary:
    'The answer is held back for so long in real time: an SDK waits on its own clock, not on the workspace’s.',
  effect,
}

export const delayWebhook: FaultKind = {
  kind: 'delay',
  on: ['webhook'],
  summary: 'The message is sent so much later, in workspace time.',
  effect,
}
