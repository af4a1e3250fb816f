/** What faults do to a call in place of its answer: the occasion `http`. */
import type { EffectOf } from '../../../contract/fault-effects.ts'
import type { Soon } from '../../../lib/known.ts'
import { wholeBody } from '../answer.ts'
import type { Answer } from '../answer.ts'
import type { IncomingCall } from '../call.ts'

/** One call that a fault acts on. */
export interface FaultyCall {
  readonly call: IncomingCall
  /** Lets the endpoint answer as it would have. */
  readonly next: () => Soon<Answer>
  /** Waits for so many ms of real time, or until the client has hung up. */
  readonly wait: (ms: number) => Promise<void>
}

type Effect = EffectOf<'http'>

/** What a fault of this kind does instead of answering. */
type HttpFault<K extends Effect['kind']> = (
  effect: Extract<Effect, { kind: K }>,
  context: FaultyCall,
) => Promise<Answer>

/** Seam's error body. */
export const errorBody = (type: string, message: string): string =>
  JSON.stringify({ error: { type, message }, ok: false })

export const json = { 'content-type': 'application/json' }

/** Of an answer that nobody reads: what the journal says. */
const noAnswer = (error_type: string): Answer => ({
  status: 503,
  headers: json,
  body: null,
  error_type,
})

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
const status: HttpFault<'status'> = async (effect, { call, next }) => {
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

/** Real time: an SDK gives up by its own clock, whatever the workspace's says. */
const delay: HttpFault<'delay'> = async (effect, { next, wait }) => {
  await wait(effect.by)
  return next()
}

/** TCP RST: the client sees ECONNRESET. */
const reset: HttpFault<'reset'> = async (effect, { call, next }) => {
  if (effect.handled === true) await next()
  call.node.incoming?.socket.resetAndDestroy()
  return noAnswer('connection_reset')
}

/** The length of the whole answer is announced, half of it is sent, and the connection closes. */
const truncate: HttpFault<'truncate'> = async (_effect, { call, next }) => {
  const answer = await next()
  const body = wholeBody(answer)
  const { incoming, outgoing } = call.node
  if (incoming === undefined || outgoing === undefined || body === null)
    return noAnswer('truncated')
  const bytes = Buffer.from(body)
  // When it has finished, the answer has let go of its socket.
  const { socket } = incoming
  outgoing.once('finish', () => socket.destroy())
  return {
    ...answer,
    headers: { ...answer.headers, 'content-length': String(bytes.length) },
    body: Uint8Array.from(bytes.subarray(0, Math.floor(bytes.length / 2))),
  }
}

/** A whole answer of the right length that is no JSON: its last third is missing. */
const malformed: HttpFault<'malformed'> = async (_effect, { next }) => {
  const answer = await next()
  const text = typeof answer.body === 'string' ? answer.body : '{"ok":true}'
  return {
    ...answer,
    headers: { ...answer.headers, ...json },
    body: text.slice(0, Math.ceil((text.length * 2) / 3)),
  }
}

/** Longer than any client waits. */
const FOR_EVER = 2 ** 31 - 1

/** Nothing comes until the client hangs up, or the emulator stops. */
const hang: HttpFault<'hang'> = async (effect, { next, wait }) => {
  if (effect.handled === true) await next()
  await wait(FOR_EVER)
  return noAnswer('no_answer')
}

/** Does what the fault does. */
export const actOnCall = (effect: Effect, context: FaultyCall): Promise<Answer> => {
  switch (effect.kind) {
    case 'status':
      return status(effect, context)
    case 'delay':
      return delay(effect, context)
    case 'reset':
      return reset(effect, context)
    case 'truncate':
      return truncate(effect, context)
    case 'malformed':
      return malformed(effect, context)
    case 'hang':
      return hang(effect, context)
    default:
      return effect satisfies never
  }
}
