/** What the HTTP API is made of. */
import type { Universe } from '../../sim/kernel/universe.ts'
import type { Answer } from './answer.ts'
import type { AuthRules } from './auth.ts'
import type { IncomingCall, Interceptor } from './call.ts'
import type { Incoming } from './incoming.ts'
import type { Services } from './services.ts'

export interface AppOptions {
  readonly universe: Universe
  readonly services: Services
  readonly auth: AuthRules
  /** Is told about bugs: errors that become a 500. */
  readonly reportError: (error: unknown, call: IncomingCall) => void
  /** Applies to Seam's own routes, not to the control API. */
  readonly intercept?: Interceptor
  /** Is told about every answered request. */
  readonly observe?: (call: IncomingCall, answer: Answer) => void
  /** Names besides local ones under which control routes are answered. */
  readonly allowedHosts?: readonly string[]
  /** Whether the console is served, and browsers that ask for `/` are led there. */
  readonly hasConsole?: boolean
  /** Answers wait for the end of their turn also where it lasts long: their order never hangs on time. */
  readonly wholeTurns?: boolean
  /** Turns an answer that its own schema refuses into a 500. Costs time: on in tests. */
  readonly checkResponses?: boolean
}

/** A request under way. */
export interface Exchange {
  readonly incoming: Incoming
  readonly call: IncomingCall
}
