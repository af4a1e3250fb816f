/** A request on its way through the API: as it came, and as an endpoint's handler is given it. */
import type { Soon } from '../../lib/known.ts'
import type { Answer } from './answer.ts'
import type { NodeEnds } from './incoming.ts'

/** A call for which there is no endpoint. */
export interface Unmatched {
  /** Whether Seam has such a route. */
  readonly reason: 'not_implemented' | 'unknown_path'
  /** The path that was probably meant. */
  readonly near: string | null
}

/** One request as interceptors and the request log see it. */
export interface IncomingCall {
  readonly request_id: string
  readonly method: string
  readonly path: string
  /** Without `?`. */
  readonly query: string
  /** The body's text as it came; empty before the caller is authorised. */
  body: string
  /** Null before the caller is authorised, and for callers without a workspace. */
  workspace_id: string | null
  /** Those that the route does not have; known once the call was parsed. */
  unknown_parameters: readonly string[]
  /** The emulator's own tool that calls; null for everybody else. */
  readonly client: string | null
  /** When it came, ms that have passed. */
  readonly began: number
  /** The events that it caused itself. */
  event_ids: readonly string[]
  /** Set where no endpoint answers it. */
  unmatched: Unmatched | null
  readonly node: NodeEnds
}

/** Ends with the client's connection: with its answer, or before it when the client hangs up. */
export const hangUp = ({ node: { outgoing } }: Pick<IncomingCall, 'node'>): AbortSignal => {
  const controller = new AbortController()
  if (outgoing?.destroyed === true) controller.abort()
  else outgoing?.once('close', () => controller.abort())
  return controller.signal
}

/**
 * Stands between authorisation and validation: may answer in place of the endpoint, wait, or change
 * what the endpoint answered. `next` never throws; what goes wrong is an answer as well.
 */
export type Interceptor = (call: IncomingCall, next: () => Soon<Answer>) => Soon<Answer>
