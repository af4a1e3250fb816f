/** What faults do to a command that an action attempt is about: `lock.lock`, `lock.unlock`. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { Settlement } from './attempts.ts'

/** How much later the device answers, ms. */
export const delayOf = (fault: unknown): number => {
  const effect = effectsOf.bolt().parse(fault)
  return effect.kind === 'delay' ? effect.by : 0
}

/** How the attempts of a kind of device say that something went wrong. */
export interface Words {
  /** What is told where the fault says nothing. */
  refused: string
  /** The type of the error where the provider's cloud does not answer. */
  unavailable: string
}

const lockWords: Words = {
  refused: 'The lock refused the command.',
  unavailable: 'uncategorized_error',
}

/** How a fault ends an attempt: null leaves it pending, undefined lets it take its course. */
export const afterFault = (
  fault: unknown,
  words: Words = lockWords,
): Settlement | null | undefined => {
  if (fault === undefined) return undefined
  const effect = effectsOf.bolt().parse(fault)
  switch (effect.kind) {
    case 'never_confirm':
      return null
    case 'delay':
      return undefined
    case 'provider_unavailable':
      return failed(words.unavailable, effect.message ?? words.refused)
    case 'fail':
      return failed(effect.error_code ?? 'uncategorized_error', effect.message ?? words.refused)
    default:
      return effect satisfies never
  }
}

const failed = (type: string, message: string): Settlement => ({
  status: 'error',
  error: { type, message },
})
