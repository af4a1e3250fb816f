/** What faults do to a command that an action attempt is about. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import type { FaultEffect } from '../../db/tables/faults.ts'
import type { Settlement } from './attempts.ts'

/** How much later the device answers, ms. */
export const delayOf = (effect: FaultEffect): number => (effect.kind === 'delay' ? effect.by : 0)

const message = () => z.string().optional()

/** The effect as it was kept with the attempt when it was sent. */
const kept = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fail'), error_code: z.string().optional(), message: message() }),
    z.object({ kind: z.literal('provider_unavailable'), message: message() }),
    z.object({ kind: z.literal('never_confirm') }),
    z.object({ kind: z.literal('delay') }),
  ]),
)

/** How a fault ends an attempt: null leaves it pending, undefined lets it take its course. */
export const afterFault = (fault: unknown): Settlement | null | undefined => {
  if (fault === undefined) return undefined
  const effect = kept().parse(fault)
  switch (effect.kind) {
    case 'never_confirm':
      return null
    case 'fail':
    case 'provider_unavailable':
      return {
        status: 'error',
        error: {
          type: ('error_code' in effect ? effect.error_code : undefined) ?? 'uncategorized_error',
          message: effect.message ?? 'The lock refused the command.',
        },
      }
    case 'delay':
    default:
      return undefined
  }
}
