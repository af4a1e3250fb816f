/** HTTP to an emulator, for the library, the command line and tests alike. */
import { beginningOf } from '../lib/text.ts'
import type { IncomingMessage } from 'node:http'
import { http } from '../lib/http.ts'
import { z } from 'zod'
import { CLIENT_HEADER, NOW_HEADER } from '../contract/headers.ts'
import { isStale } from '../lib/stale-socket.ts'

/** Where to send calls, and as which workspace. */
export interface Target {
  readonly endpoint: string
  readonly apiKey: string
}

/** What the emulator refused, in its own words. */
export interface EmulatorError extends Error {
  readonly status: number
  /** Seam's error type, such as `device_not_found` or `wait_timeout`. */
  readonly type: string
  readonly data: unknown
  readonly request_id: string | null
}

const emulatorErrors = new WeakSet<Error>()

/** Whether an error is the emulator's own answer, as opposed to one of the network. */
export const isEmulatorError = (error: unknown): error is EmulatorError =>
  error instanceof Error && emulatorErrors.has(error)

const errorBody = z.looseObject({
  error: z.looseObject({ type: z.string(), message: z.string(), data: z.unknown().optional() }),
})

export interface Transport {
  /** One POST with a JSON body. @throws EmulatorError, or the network's error */
  readonly call: <T>(
    path: string,
    body: object,
    result: z.ZodType<T>,
    options?: CallOptions,
  ) => Promise<T>
  /** The same for an answer without an end: its text as it comes. */
  readonly stream: (
    path: string,
    body: object,
    options?: StreamOptions,
  ) => Promise<AsyncIterable<string>>
}

/** Kept connections to one emulator, shared by the clients of all its workspaces. */
export interface Connections {
  /** Calls as the workspace of this key. */
  readonly as: (apiKey: string) => Transport
  readonly close: () => void
}

export interface CallOptions {
  /** Gives the call up. */
  signal?: AbortSignal | undefined
}

export interface StreamOptions extends CallOptions {
  /** The last frame that was read. */
  lastEventId?: string | undefined
}

/** What comes, until it ends, nobody reads on, or the signal ends it. */
async function* textsOf(
  incoming: IncomingMessage,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void> {
  incoming.setEncoding('utf8')
  try {
    for await (const chunk of incoming) yield String(chunk)
  } catch (error) {
    if (signal?.aborted !== true) throw error
  } finally {
    incoming.destroy()
  }
}

const textOf = (incoming: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    incoming.setEncoding('utf8')
    incoming.on('data', (chunk: string) => (text += chunk))
    incoming.once('end', () => resolve(text))
    incoming.once('error', reject)
  })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asError = (path: string, incoming: IncomingMessage, text: string): EmulatorError => {
  const parsed = errorBody.safeParse(parseJson(text))
  const { type, message, data } = parsed.success
    ? parsed.data.error
    : { type: 'unknown', message: beginningOf(text, 500) || 'no message', data: undefined }
  const status = incoming.statusCode ?? 0
  const request_id = incoming.headers['seam-request-id']
  const error = Object.assign(new Error(`${path} answered ${status} ${type}: ${message}`), {
    name: 'EmulatorError',
    status,
    type,
    data,
    request_id: typeof request_id === 'string' ? request_id : null,
  })
  emulatorErrors.add(error)
  return error
}

/** Nobody answers there: says so in one line instead of a bare `ECONNREFUSED`. */
const unreachable = (endpoint: string, cause: Error): Error =>
  Object.assign(
    new Error(
      `No emulator answers at ${endpoint} (${cause.message || String(cause)}). Start one with: npx seam-emulator`,
      { cause },
    ),
    { name: 'EmulatorUnreachable' },
  )

/** What is sent, and by whom. */
interface Message {
  apiKey: string
  path: string
  text: string
  signal: AbortSignal | undefined
  lastEventId?: string | undefined
}

/** Calls over kept connections, as the workspace of a key. */
const speaker =
  (
    base: string,
    send: (message: Message) => Promise<IncomingMessage>,
    onTime: ((now: Date) => void) | undefined,
  ) =>
  (apiKey: string): Transport => ({
    call: async (path, body, result, { signal } = {}) => {
      const incoming = await send({ apiKey, path, text: JSON.stringify(body), signal })
      const text = await textOf(incoming)
      const now = incoming.headers[NOW_HEADER]
      if (onTime !== undefined && typeof now === 'string') onTime(new Date(now))
      if (incoming.statusCode !== 200) throw asError(path, incoming, text)
      const parsed = result.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      throw new Error(
        `${path} of ${base} answered something else than this version of seam-emulator knows:\n${z.prettifyError(parsed.error)}`,
      )
    },
    stream: async (path, body, { signal, lastEventId } = {}) => {
      const incoming = await send({ apiKey, path, text: JSON.stringify(body), signal, lastEventId })
      if (incoming.statusCode !== 200) throw asError(path, incoming, await textOf(incoming))
      return textsOf(incoming, signal)
    },
  })

/**
 * Node's own client, not fetch: a leap over a large world may take longer than the
 * five minutes after which fetch gives up on an answer's headers.
 */
export const createConnections = (
  endpoint: string,
  client: string,
  onTime?: (now: Date) => void,
): Connections => {
  // TLS takes 3 MB, which few ever need.
  const { Agent, request: open } = endpoint.startsWith('https:')
    ? process.getBuiltinModule('node:https')
    : http
  const agent = new Agent({ keepAlive: true })
  const base = endpoint.replace(/\/+$/, '')

  const send = (message: Message, isRetry = false): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { apiKey, path, text, signal, lastEventId } = message
      const request = open(
        `${base}${path}`,
        {
          method: 'POST',
          agent,
          ...(signal !== undefined && { signal }),
          headers: {
            authorization: `Bearer ${apiKey}`,
            [CLIENT_HEADER]: client,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
          },
        },
        resolve,
      )
      request.once('error', (error: NodeJS.ErrnoException) => {
        if (signal?.aborted === true) return reject(error)
        if (isStale(request, error) && !isRetry) {
          return resolve(send(message, true))
        }
        reject(unreachable(base, error))
      })
      request.end(text)
    })

  return { as: speaker(base, send, onTime), close: () => agent.destroy() }
}
