import { z } from 'zod'
import { linkOccasions, someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const down: FaultKind = {
  kind: 'down',
  on: linkOccasions,
  summary: 'The link is down: during `between`, or for `for`, or until the fault is deleted.',
  effect: z.strictObject({ kind: z.literal('down'), for: someTime().optional() }),
}
