import type { IncomingMessage } from 'node:http'
import type { Soon } from '../../lib/known.ts'
import { WholeMessage } from '../../lib/whole-message.ts'
import { bodyText } from './body-text.ts'
import { apiError } from './errors.ts'

const MEBIBYTE = 1024 * 1024
/** Far above any real request; keeps a runaway client from filling the memory. Bytes. */
const BODY_LIMIT = 5 * MEBIBYTE
/** For routes that take a whole world; a text of V8's ends at 512 MiB. Bytes. */
export const WORLD_LIMIT = 256 * MEBIBYTE

const tooLarge = (limit: number) =>
  apiError(
    413,
    'request_too_large',
    `The request body is larger than the ${limit / MEBIBYTE} MiB that this route takes.`,
  )

const readStream = (incoming: IncomingMessage, limit: number): Promise<string> =>
  new Promise((resolve, reject) => {
    // A client that hangs up in the middle is an error, too; nobody reads the answer to it.
    const abort = (): void => reject(apiError(400, 'request_aborted', 'The client hung up.'))
    if (incoming.destroyed) return abort()
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else reject(tooLarge(limit))
    })
    incoming.on('end', () => {
      const [first] = chunks
      const bytes = chunks.length === 1 && first ? first : Buffer.concat(chunks)
      try {
        resolve(bodyText(bytes, incoming.headers, limit))
      } catch (error) {
        reject(error)
      }
    })
    incoming.on('error', abort)
  })

/**
 * Reads the body from the socket's own message, not from the Fetch request: that one cannot carry
 * a body on GET, which the samples of the Seam docs send.
 *
 * @throws 413 `request_too_large` for more than `limit` bytes, and what `bodyText` refuses
 */
export const readIncoming = (incoming: IncomingMessage, limit = BODY_LIMIT): Soon<string> => {
  const { headers } = incoming
  const length = headers['content-length']
  if (length === '0' || (length === undefined && headers['transfer-encoding'] === undefined)) {
    return ''
  }
  if (Number(length) > limit) throw tooLarge(limit)
  const whole = incoming instanceof WholeMessage ? incoming.takeWhole() : undefined
  if (whole === undefined) return readStream(incoming, limit)
  if (whole.length > limit) throw tooLarge(limit)
  return bodyText(whole, headers, limit)
}

const isJson = (contentType: string): boolean =>
  contentType === 'application/json' || /^application\/([\w.-]+\+)?json\b/i.test(contentType)

/**
 * The body's JSON value, undefined when there is none. Reads and deletes may carry JSON without
 * saying so, since curl's `-d` labels it a form; writes must say so.
 *
 * @throws 400 `invalid_content_type`, or the plain-text 400 of malformed JSON
 */
export const parseBody = (method: string, contentType: string, text: string): unknown => {
  if (text === '' || text.trim() === '') return undefined
  const unlabelled = (method === 'GET' || method === 'DELETE') && text.trimStart().startsWith('{')
  if (!isJson(contentType) && !unlabelled) {
    const given = contentType === '' ? 'no content-type' : `content-type ${contentType}`
    const message = `${method} with a body needs the header "content-type: application/json"; the request has ${given}.`
    throw apiError(400, 'invalid_content_type', message)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw apiError(400, 'invalid_json', `Invalid JSON in the request body: ${reason}`, {
      plain: true,
    })
  }
}
