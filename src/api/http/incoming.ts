/** A request as whatever carries it hands it over, and what Node has of it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Soon } from '../../lib/known.ts'

/** The two ends of a call on Node's server; tests without a socket have none. */
export interface NodeEnds {
  readonly incoming?: IncomingMessage
  readonly outgoing?: ServerResponse
}

export interface Incoming {
  readonly method: string
  /** Decoded, but for `%25`; without the query. */
  readonly path: string
  /** As it came, without `?`. */
  readonly query: string
  /** By which name the caller has reached this server: `http://localhost:3020`. */
  readonly origin: string
  /** A header by its name in small letters; what came several times stands in one line. */
  readonly header: (name: string) => string | undefined
  /** The body's text, of at most so many bytes. @throws what `readIncoming` refuses */
  readonly text: (limit?: number) => Soon<string>
  readonly node: NodeEnds
}
