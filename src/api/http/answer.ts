import type { KeptBody } from '../answers/json-cache.ts'

/** Text or bytes; a stream is sent as it comes. */
type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>

/** What goes back over HTTP, before the headers that every answer has. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body | null
  /** The body as it was made, where it is kept. */
  readonly kept?: KeptBody | undefined
  /** Each character of a body of text is one byte: it can be sent as it is. */
  readonly is_ascii?: boolean
  /** Seam's error type, for logs and the journal of requests. */
  readonly error_type?: string
}

const answers = new WeakSet<object>()

/**
 * An answer without the envelope: a page for a browser, an empty 503. A handler returns it in place
 * of its result.
 */
export const rawAnswer = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: Answer['body'] = null,
): Answer => {
  const answer = { status, headers, body }
  answers.add(answer)
  return answer
}

/** A body that is whole; null for a stream, and without one. */
export const wholeBody = ({ body }: Answer): string | Uint8Array<ArrayBuffer> | null =>
  typeof body === 'string' || body instanceof Uint8Array ? body : null

export const isRawAnswer = (value: object): value is Answer => answers.has(value)
