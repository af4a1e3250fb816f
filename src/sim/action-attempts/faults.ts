/** What faults do to a command that an action attempt is about: `lock.lock`, `lock.unlock`. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { Settlement } from './attempts.ts'

/** How much later the device answers, ms. */
export const delayOf = (fault: unknown): number => {
  const effect = effectsOf.bolt().parse(fault)
  return effect.kind === 'delay' ? effect.by : 0
}

/** How a fault ends an attempt: null leaves it pending, undefined lets it take its course. */
export const afterFault = (fault: unknown): Settlement | null | undefined => {
  if (fault === undefined) return undefined
  const effect = effectsOf.bolt().parse(fault)
  switch (effect.kind) {
    case 'never_confirm':
      return null
    case 'delay':
      return undefined
    case 'provider_unavailable':
      return failed('uncategorized_error', effect.message)
    case 'fail':
      return failed(effect.error_code ?? 'uncategorized_error', effect.message)
    default:
      return effect satisfies never
  }
}

const failed = (type: string, message = 'The lock refused the command.'): Settlement => ({
  status: 'error',
  error: { type, message },
})
