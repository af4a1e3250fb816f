/** Kept connections that the other end closed just as they were taken up again. */
import type { ClientRequest } from 'node:http'

/**
 * Whether a request failed only because its kept connection was closed unseen: nothing was received,
 * and a new connection tells how things are (Node docs, `request.reusedSocket`).
 */
export const isStale = (
  request: Pick<ClientRequest, 'reusedSocket'>,
  error: NodeJS.ErrnoException,
): boolean => request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
