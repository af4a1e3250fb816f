import { z } from 'zod'
import { someTime } from './kind.ts'
import type { FaultKind } from './kind.ts'

export const loseLater: FaultKind = {
  kind: 'lose_later',
  on: ['access_code.set', 'access_code.update'],
  summary: 'The lock confirms the code and forgets it after a while, in workspace time.',
  effect: z.strictObject({ kind: z.literal('lose_later'), after: someTime() }),
}
