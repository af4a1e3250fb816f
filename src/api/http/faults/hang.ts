import { noAnswer } from './http-fault.ts'
import type { HttpFault } from './http-fault.ts'

/** Longer than any client waits. */
const FOR_EVER = 2 ** 31 - 1

/** Nothing comes until the client hangs up, or the emulator stops. */
export const hang: HttpFault<'hang'> = async (effect, { next, wait }) => {
  if (effect.handled === true) await next()
  await wait(FOR_EVER)
  return noAnswer('no_answer')
}
