import { z } from 'zod'
import { someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const staleTimestamp: FaultKind = {
  kind: 'stale_timestamp',
  on: ['webhook'],
  summary: 'The message is well signed, with a timestamp too old to be accepted (by real time).',
  effect: z.strictObject({
    kind: z.literal('stale_timestamp'),
    by: someTime().default(600_000),
  }),
}
