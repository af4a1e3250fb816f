import type { FaultEffect } from '../../../db/tables/faults.ts'
import type { Answer } from '../answer.ts'
import type { IncomingCall } from '../call.ts'

/** One call that a fault acts on. */
export interface FaultyCall {
  readonly call: IncomingCall
  /** Lets the endpoint answer as it would have. */
  readonly next: () => Promise<Answer>
  /** Waits for so many ms of real time, or until the client has hung up. */
  readonly wait: (ms: number) => Promise<void>
}

/** What a fault of this kind does instead of answering. */
export type HttpFault<K extends FaultEffect['kind']> = (
  effect: Extract<FaultEffect, { kind: K }>,
  context: FaultyCall,
) => Promise<Answer>

/** Seam's error body. */
export const errorBody = (type: string, message: string): string =>
  JSON.stringify({ error: { type, message }, ok: false })

export const json = { 'content-type': 'application/json' }

/** Of an answer that nobody reads: what the journal says. */
export const noAnswer = (error_type: string): Answer => ({
  status: 503,
  headers: json,
  body: null,
  error_type,
})
