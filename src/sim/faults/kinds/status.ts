import { z } from 'zod'
import { duration } from '../../../lib/duration.ts'
import type { FaultKind } from './kind.ts'

export const status: FaultKind = {
  kind: 'status',
  on: ['http'],
  summary: "The answer is this HTTP status with Seam's error body; 429 and 503 carry Retry-After.",
  effect: z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    /** Seam's error type; the usual one of the status when not given. */
    type: z.string().min(1).optional(),
    message: z.string().min(1).optional(),
    /** For how long the client is asked to stay away. */
    retry_after: duration().optional(),
    /** The call takes effect, only its answer is lost. */
    handled: z.boolean().optional(),
  }),
}
