/** Requests as any client may send them: a body on GET, odd content types, any method. */
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

export interface RawRequest {
  method: string
  /** With its query, as it goes over the wire. */
  path: string
  headers: Record<string, string>
  body?: string | undefined
}

export interface RawAnswer {
  status: number
  headers: Record<string, unknown>
  text: string
}

/** Answers within `timeout` ms of real time, or fails: a server must not hang. */
export const send = (
  port: number,
  { method, path, headers, body }: RawRequest,
  timeout = 10_000,
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    // Node frames no body of a GET by itself.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request(
      { host: '127.0.0.1', port, method, path, agent, timeout, headers: { ...headers, ...length } },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} hangs`)))
    sent.on('error', reject)
    sent.end(body)
  })

/** The JSON of an answer; undefined for a page or an empty body. */
export const jsonOf = ({ headers, text }: RawAnswer): unknown =>
  String(headers['content-type']).startsWith('application/json') ? JSON.parse(text) : undefined
