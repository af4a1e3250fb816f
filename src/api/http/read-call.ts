/** What a request says: who sends it, by which method, and its parameters. */
import { z } from 'zod'
import { CLIENT_HEADER } from '../../contract/headers.ts'
import { isRecord } from '../../lib/is-record.ts'
import type { Exchange } from './app-options.ts'
import { parseBody } from './body.ts'
import type { IncomingCall } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import { apiError } from './errors.ts'
import type { Incoming } from './incoming.ts'

export const assertMethod = (endpoint: Endpoint, method: string): void => {
  const accepted: readonly string[] = endpoint.methods
  if (accepted.includes(method === 'HEAD' ? 'GET' : method)) return
  const list = accepted.join(', ')
  const message = `${endpoint.path} does not accept ${method}. Accepted methods: ${list}.`
  throw apiError(405, 'method_not_allowed', message, { headers: { allow: list } })
}

/**
 * Whether a body says nothing. PHP writes a map without entries as `[]`, and Seam's PHP SDK did so
 * until 2.72, in every call without parameters.
 */
const saysNothing = (body: unknown): boolean =>
  body === undefined || body === null || (Array.isArray(body) && body.length === 0)

/** The input: query and body, of which the body wins. */
export const inputOf = (endpoint: Endpoint, call: IncomingCall, contentType: string): unknown => {
  const isForm = contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')
  const body =
    endpoint.accepts_forms === true && isForm
      ? endpoint.decodeQuery(call.body)
      : parseBody(call.method, contentType, call.body)
  if (call.query === '') return saysNothing(body) ? {} : body
  const query = endpoint.decodeQuery(call.query)
  if (saysNothing(body)) return query
  return isRecord(body) ? { ...query, ...body } : body
}

const none: readonly string[] = []

/** By which name a tool is known; whatever is no name stays out of logs. */
const clientOf = (given: string | undefined): string | null => {
  if (given === undefined) return null
  return /^[a-z][a-z-]{0,30}$/.test(given) ? given : 'unnamed'
}

/** The parameters that the endpoint has, as they were given: nothing else is ever looked at. */
export const knownOf = (
  { params, parameters }: Endpoint,
  input: Record<string, unknown>,
): Record<string, unknown> => {
  let hasOthers = false
  for (const name in input) hasOthers ||= !parameters.has(name)
  if (!hasOthers || !(params instanceof z.ZodObject)) return input
  const { shape } = params.def
  return Object.fromEntries(Object.entries(input).filter(([key]) => Object.hasOwn(shape, key)))
}

/** Makes what numbers requests and opens them. */
export const createReader = () => {
  let requests = 0
  return (incoming: Incoming): Exchange => {
    const { method, path, query, node } = incoming
    const call: IncomingCall = {
      request_id: `request${++requests}`,
      method,
      path,
      query,
      body: '',
      workspace_id: null,
      unknown_parameters: none,
      client: clientOf(incoming.header(CLIENT_HEADER)),
      began: performance.now(),
      event_ids: none,
      unmatched: null,
      node,
    }
    return { incoming, call }
  }
}
