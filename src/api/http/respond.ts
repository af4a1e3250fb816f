/** How what was found out, or what was wrong, is put into words and headers. */
import { NOW_HEADER } from '../../contract/headers.ts'
import { beginningOf } from '../../lib/text.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { bodyOf, keptBody } from '../answers/json-cache.ts'
import { isNewer, newerAnswer } from '../newer/answer.ts'
import { isRawAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AppOptions } from './app-options.ts'
import type { IncomingCall } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import { apiError, toApiError } from './errors.ts'
import { isSeldomRead } from './seldom-read.ts'

const json = { 'content-type': 'application/json' }
const plain = { 'content-type': 'text/plain; charset=utf-8' }

/** What a browser asks for before it asks. */
export const preflight = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, client-session-token, seam-client-session-token, seam-publishable-key, seam-workspace, seam-sdk-name, seam-sdk-version, seam-lts-version',
  'access-control-max-age': '86400',
}

/** In bytes; of a stream nobody knows it. */
const lengthOf = ({ body, kept }: Answer): number | undefined => {
  // A fault may have put another body in its place.
  if (kept !== undefined && kept.text === body) return kept.size
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body instanceof Uint8Array ? body.byteLength : undefined
}

/**
 * Adds the headers that every answer has: the request id, the workspace's time where there is one, and
 * leave for browsers to read it; and the length of a body.
 */
export const completed = (
  answer: Answer,
  call: IncomingCall,
  universe: Universe,
  origin?: string,
): Answer => {
  const { status, headers, body } = answer
  const all: Record<string, string> = {
    ...headers,
    'seam-request-id': call.request_id,
    'access-control-allow-origin': origin ?? '*',
  }
  const { workspace_id } = call
  // The call itself may have deleted it.
  if (workspace_id !== null && universe.exists(workspace_id)) {
    all[NOW_HEADER] = toIso(universe.now(workspace_id))
  }
  if (origin !== undefined) {
    all['access-control-allow-credentials'] = 'true'
    all['access-control-expose-headers'] = `seam-request-id, seam-emulator-fault, ${NOW_HEADER}`
    all['vary'] = 'origin'
  }
  const length = lengthOf(answer)
  if (length !== undefined) all['content-length'] ??= String(length)
  return {
    status,
    headers: all,
    body,
    is_ascii: typeof body === 'string' && length === body.length,
  }
}

/** Longer messages are cut: they repeat what was sent, and nobody reads on. Characters. */
const LONGEST_MESSAGE = 2_000

const cut = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${beginningOf(message, LONGEST_MESSAGE)}…` : message

/** The error envelope. What is no refusal but a bug of the emulator is reported and says so. */
export const errorAnswer = (error: unknown, call: IncomingCall, options: AppOptions): Answer => {
  let known = toApiError(error)
  if (known === undefined) {
    options.reportError(error, call)
    const reason = error instanceof Error ? error.message : String(error)
    const message = `This is a bug of the emulator, whose log has more on ${call.request_id}: ${reason}`
    known = apiError(500, 'internal_server_error', message)
  }
  const { status, type, data, validation_errors } = known
  const message = cut(known.message)
  if (known.plain === true) {
    return { status, headers: { ...plain, ...known.headers }, body: message, error_type: type }
  }
  return {
    status,
    headers: known.headers ? { ...json, ...known.headers } : json,
    body: JSON.stringify({ error: { type, message, validation_errors, data }, ok: false }),
    error_type: type,
  }
}

export const successAnswer = (
  endpoint: Endpoint,
  result: object,
  { workspace_id }: IncomingCall,
  { checkResponses, universe }: AppOptions,
): Answer => {
  if (isRawAnswer(result)) return result
  if (checkResponses === true) {
    const schema = endpoint.answer(
      workspace_id !== null &&
        universe.exists(workspace_id) &&
        universe.world(workspace_id).workspace.loose_ids,
    )
    // As the client will read it: without what JSON leaves out.
    const read: unknown = JSON.parse(Buffer.from(bodyOf(result)).toString())
    const checked = schema.safeParse(read, { jitless: isSeldomRead(schema) })
    if (!checked.success) {
      throw new Error(`${endpoint.path} breaks its own schema: ${checked.error.message}`)
    }
  }
  const isSeams = !endpoint.path.startsWith('/_')
  const shown =
    !isSeams || workspace_id === null || !isNewer(universe, workspace_id)
      ? result
      : newerAnswer(universe, workspace_id, result)
  const kept = keptBody(shown)
  return { status: 200, headers: json, body: kept?.text ?? bodyOf(shown), kept }
}
