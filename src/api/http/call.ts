/** A request on its way through the API: as it came, and as an endpoint's handler is given it. */
import type { HttpBindings } from '@hono/node-server'
import type { Answer } from './answer.ts'

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
  readonly node: Partial<HttpBindings>
}

/**
 * Stands between authorisation and validation: may answer in place of the endpoint, wait, or change
 * what the endpoint answered. `next` never rejects; what goes wrong is an answer as well.
 */
export type Interceptor = (
  call: IncomingCall,
  next: () => Promise<Answer>,
) => Answer | Promise<Answer>
