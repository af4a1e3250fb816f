/** Node's HTTP server, on one address or on both loopback addresses. */
import { setImmediate } from 'node:timers'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

// Why it is not imported: src/lib/http.ts.
const http = process.getBuiltinModule('node:http')

/** Bytes. SDKs put lists of hundreds of ids into the query, for which Node's 16 KiB are too few. */
const MAX_HEADER_SIZE = 512 * 1024
// Enough for five megabytes over a bad line, too little for a client that sends a byte at a time to
// hold a connection for long.
const PATIENCE = { headers: 15_000, request: 60_000 }

export interface Terms {
  /** How long a client may take, ms, to send a request's headers. */
  readonly headers?: number
  /** The same for all of the request. */
  readonly request?: number
  /** What Node makes of a request; its own class when not given. */
  readonly message?: typeof IncomingMessage
}

/** Far above what a test suite opens, below what a process may. */
const MAX_CONNECTIONS = 10_000
/** Node drops idle connections after five seconds, just when a client may be using them again. */
const KEEP_ALIVE = 75_000

export interface Serving {
  readonly endpoint: string
  readonly port: number
  /** Lets the process end while the server still listens. */
  readonly unref: () => void
  /** Takes no new connections, waits for `drained`, then closes those that are left. */
  readonly close: (drained: () => Promise<void>) => Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const bind = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

const isReachedAsLocalhost = (host: string): boolean =>
  ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host)

const urlOf = (host: string, port: number): string => {
  if (isReachedAsLocalhost(host)) return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * Listens. `localhost` is either loopback address, and clients differ in which one they try, so
 * 127.0.0.1 comes with ::1 where the machine has it and nobody else has taken the port there.
 *
 * @throws EADDRINUSE and the other errors of listening
 */
export const serve = async (
  handler: Handler,
  port: number,
  host: string,
  {
    headers = PATIENCE.headers,
    request = PATIENCE.request,
    message = http.IncomingMessage,
  }: Terms = {},
): Promise<Serving> => {
  const create = (): Server => {
    const server = http.createServer(
      {
        IncomingMessage: message,
        maxHeaderSize: MAX_HEADER_SIZE,
        keepAliveTimeout: KEEP_ALIVE,
        headersTimeout: headers,
        requestTimeout: request,
        connectionsCheckingInterval: Math.min(5_000, headers),
        // Health checks of HTTP/1.0 send no Host header.
        requireHostHeader: false,
      },
      (incoming, outgoing) => {
        incoming.headers.host ??= 'localhost'
        handler(incoming, outgoing)
      },
    )
    server.maxConnections = MAX_CONNECTIONS
    return server
  }
  const first = create()
  const bound = await bind(first, port, host)
  const servers = [first]
  if (host === '127.0.0.1') {
    const second = create()
    await bind(second, bound, '::1').then(
      () => servers.push(second),
      () => undefined,
    )
  }
  return {
    endpoint: urlOf(host, bound),
    port: bound,
    unref: () => {
      for (const server of servers) {
        server.unref()
        server.on('connection', (socket) => socket.unref())
      }
    },
    close: async (drained) => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      for (const server of servers) server.closeIdleConnections()
      await drained()
      for (const server of servers) server.closeAllConnections()
      await Promise.all(closed)
      // What came last is worked off in its turn (src/api/answers/answer-turn.ts), though nobody waits for it.
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    },
  }
}
