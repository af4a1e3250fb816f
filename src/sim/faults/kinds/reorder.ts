import { z } from 'zod'
import { someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const reorder: FaultKind = {
  kind: 'reorder',
  on: ['webhook'],
  summary:
    "The message waits until the webhook's next one has gone first, or for `within` of workspace time.",
  effect: z.strictObject({
    kind: z.literal('reorder'),
    within: someTime().default(3_600_000),
  }),
}
