import { z } from 'zod'
import type { FaultKind } from './kind.ts'

export const malformed: FaultKind = {
  kind: 'malformed',
  on: ['http'],
  summary: 'The call takes effect; its answer says that it is JSON and is none.',
  effect: z.strictObject({ kind: z.literal('malformed') }),
}
