/** The API on Node's own HTTP server. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { Api, ApiRequest } from './app.ts'
import { readIncoming } from './body.ts'

/** What a host may be made of; links and pages repeat it. */
const HOST = /^[\w.:[\]-]+$/

const decoded = (path: string): string => {
  if (!path.includes('%')) return path
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** Proxies may ask for a whole URL instead of a path (RFC 9112, 3.2.2). */
const targetOf = ({ url = '/' }: IncomingMessage): string => {
  if (url.startsWith('/') || !URL.canParse(url)) return url
  const { pathname, search } = new URL(url)
  return pathname + search
}

const toRequest = (incoming: IncomingMessage, outgoing: ServerResponse, host: string) => {
  const target = targetOf(incoming)
  const mark = target.indexOf('?')
  return {
    method: incoming.method ?? 'GET',
    path: decoded(mark === -1 ? target : target.slice(0, mark)),
    query: mark === -1 ? '' : target.slice(mark + 1),
    origin: `http://${host}`,
    header: (name) => {
      const value = incoming.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    readBody: (limit?: number) => readIncoming(incoming, limit),
    connection: { incoming, outgoing },
  } satisfies ApiRequest
}

const write = (outgoing: ServerResponse, { status, headers, body }: Answer): void => {
  const length = body === null ? 0 : Buffer.byteLength(body)
  // A length that is there already is a fault's, which announces more than it sends.
  outgoing.writeHead(status, { 'content-length': String(length), ...headers })
  outgoing.end(body)
}

/**
 * Answers what a server hears. What is left of a body that nobody read is Node's to discard.
 *
 * @param reportError is told about bugs that no answer can tell of
 */
export const nodeListener =
  (api: Api, reportError: (error: unknown) => void) =>
  (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const host = incoming.headers.host ?? 'localhost'
    if (!HOST.test(host)) {
      outgoing.writeHead(400, { 'content-type': 'text/plain' }).end('The Host header is no host.')
      return
    }
    api(toRequest(incoming, outgoing, host))
      .then((answer) => write(outgoing, answer))
      .catch((error: unknown) => {
        reportError(error)
        outgoing.destroy()
      })
  }
