import { noAnswer } from './http-fault.ts'
import type { HttpFault } from './http-fault.ts'

/** TCP RST: the client sees ECONNRESET. */
export const reset: HttpFault<'reset'> = async (effect, { call, next }) => {
  if (effect.handled === true) await next()
  call.node.incoming?.socket.resetAndDestroy()
  return noAnswer('connection_reset')
}
