/** The API on Node's own HTTP server: no object of the Fetch API is made on the way. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { clearTimeout, setTimeout } from 'node:timers'
import { thisTurn } from '../answers/answer-turn.ts'
import type { Answer } from './answer.ts'
import type { Answering } from './answering.ts'
import { readIncoming } from './body.ts'
import { targetOf } from './target.ts'

/** What came several times is one line, as the Fetch API has it, so that two keys are no key. */
const headerIn = (raw: readonly string[], name: string): string | undefined => {
  let found: string | undefined
  for (let at = 0; at < raw.length; at += 2) {
    const key = raw[at] ?? ''
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    const value = raw[at + 1] ?? ''
    found = found === undefined ? value : `${found}${name === 'cookie' ? '; ' : ', '}${value}`
  }
  return found
}

/** So long, ms, and so many bytes, a client may go on sending what nobody reads. */
const DRAIN_FOR = 500
const DRAIN_MOST = 64 * 1024 * 1024

/**
 * Once it is answered, the rest of a body is let pass, so that the client comes to read the answer
 * and may keep its connection; one that does not come to an end is cut off.
 */
const drain = (incoming: IncomingMessage): void => {
  if (incoming.complete || incoming.destroyed) return
  const { socket } = incoming
  const cut = (): void => {
    clearTimeout(timer)
    socket.destroySoon()
  }
  const timer = setTimeout(cut, DRAIN_FOR).unref()
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > DRAIN_MOST) cut()
  })
  incoming.on('end', () => clearTimeout(timer))
  incoming.on('error', () => clearTimeout(timer))
  incoming.resume()
}

const drained = (outgoing: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    outgoing.once('drain', resolve)
    outgoing.once('close', resolve)
  })

type Report = (error: unknown) => void

/** Sends a stream as it comes, as fast as the client reads it; one that hangs up ends the stream. */
const pour = async (
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  outgoing: ServerResponse,
  reportError: Report,
): Promise<void> => {
  outgoing.flushHeaders()
  const reader = stream.getReader()
  outgoing.once('close', () => void reader.cancel().catch(() => undefined))
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!outgoing.write(next.value)) await drained(outgoing)
    }
    outgoing.end()
  } catch (error) {
    // Nobody can be told once it has begun; of a client that has gone there is nothing to tell.
    if (!outgoing.destroyed) reportError(error)
    outgoing.destroy()
  }
}

const send = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body, is_ascii }: Answer,
  reportError: Report,
): void => {
  if (!incoming.complete) outgoing.once('finish', () => drain(incoming))
  if (body === null) {
    outgoing.writeHead(status, headers)
    outgoing.end()
    return
  }
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    outgoing.writeHead(status, headers)
    void pour(body, outgoing, reportError)
    return
  }
  outgoing.writeHead(status, headers)
  // Node leaves the body of an answer to HEAD away.
  outgoing.end(body, is_ascii === true ? 'latin1' : 'utf8')
}

const refused: Answer = { status: 400, headers: {}, body: null }

/**
 * What Node's server is given. The API answers errors as well; what still goes wrong ends the
 * connection. A request is worked off once all that have come with it are read: its body is there then.
 */
export const createListener =
  (answering: Answering, reportError: Report) =>
  (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const target = targetOf(incoming.url ?? '', incoming.headers.host ?? '')
    if (target === undefined) return send(incoming, outgoing, refused, reportError)
    const { rawHeaders, method = 'GET' } = incoming
    const request = {
      ...target,
      method,
      header: (name: string) => headerIn(rawHeaders, name),
      text: (limit?: number) => readIncoming(incoming, limit),
      node: { incoming, outgoing },
    }
    const fail = (error: unknown): void => {
      reportError(error)
      outgoing.destroy()
    }
    const reply = (answer: Answer): void => {
      try {
        send(incoming, outgoing, answer, reportError)
      } catch (error) {
        fail(error)
      }
    }
    thisTurn().add(() => {
      try {
        answering(request, { reply, fail })
      } catch (error) {
        fail(error)
      }
    })
  }
