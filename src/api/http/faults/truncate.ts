import { noAnswer } from './http-fault.ts'
import type { HttpFault } from './http-fault.ts'

/** The length of the whole answer is announced, half of it is sent, and the connection closes. */
export const truncate: HttpFault<'truncate'> = async (_effect, { call, next }) => {
  const answer = await next()
  const { incoming, outgoing } = call.node
  if (incoming === undefined || outgoing === undefined || answer.body === null)
    return noAnswer('truncated')
  const bytes = Buffer.from(answer.body)
  // When it has finished, the answer has let go of its socket.
  const { socket } = incoming
  outgoing.once('finish', () => socket.destroy())
  return {
    ...answer,
    headers: { ...answer.headers, 'content-length': String(bytes.length) },
    body: Uint8Array.from(bytes.subarray(0, Math.floor(bytes.length / 2))),
  }
}
