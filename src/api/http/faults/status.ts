import { errorBody, json } from './http-fault.ts'
import type { HttpFault } from './http-fault.ts'

const types: Readonly<Record<number, string>> = {
  400: 'invalid_input',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'request_timeout',
  409: 'conflict',
  429: 'rate_limit_exceeded',
  500: 'internal_server_error',
  501: 'not_implemented',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
}

/** Statuses that ask the client to come back later, and by default when. */
const usualRetryAfter: Readonly<Record<number, number>> = { 429: 1_000, 503: 1_000 }

/** Another status, with Seam's error body; Retry-After is in whole seconds. */
export const status: HttpFault<'status'> = async (effect, { call, next }) => {
  if (effect.handled === true) await next()
  const type = effect.type ?? types[effect.status] ?? `http_${effect.status}`
  const message =
    effect.message ?? `A fault answers ${effect.status} in place of ${call.method} ${call.path}.`
  const retry_after = effect.retry_after ?? usualRetryAfter[effect.status]
  return {
    status: effect.status,
    headers:
      retry_after === undefined
        ? json
        : { ...json, 'retry-after': String(Math.ceil(retry_after / 1000)) },
    body: errorBody(type, message),
    error_type: type,
  }
}
