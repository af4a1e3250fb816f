import { beginningOf } from '../lib/text.ts'
import { clearTimeout, setTimeout } from 'node:timers'
import * as http from 'node:http'
import { isStale } from '../lib/stale-socket.ts'
import { RESPONSE_TIMEOUT } from './retry-schedule.ts'

export interface OutgoingMessage {
  url: string
  headers: Record<string, string>
  body: string
  /** ms between the two halves of the body; 0 sends it at once. */
  pause?: number
}

export interface SendResult {
  /** null when no answer came. */
  status: number | null
  response_body: string
  error: string | null
  /** The receiver asked for no further attempts (Svix: `webhook-delivery: abort-message`). */
  abort: boolean
}

export interface Sender {
  send(message: OutgoingMessage): Promise<SendResult>
  close(): void
}

const KEPT_BODY = 2_000

/** One of Node's two HTTP clients, with its kept connections. */
const createClient = ({ Agent, request }: Pick<typeof http, 'Agent' | 'request'>) => ({
  agent: new Agent({ keepAlive: true }),
  request,
})

/** Sends over kept connections; redirects are not followed and count as failures. */
export const createSender = (): Sender => {
  const plain = createClient(http)
  // TLS takes 3 MB, which few ever need.
  let secure: typeof plain | undefined
  const clientFor = (url: string): typeof plain => {
    if (!url.startsWith('https:')) return plain
    secure ??= createClient(process.getBuiltinModule('node:https'))
    return secure
  }

  const sendOnce = (message: OutgoingMessage): Promise<SendResult & { stale: boolean }> =>
    new Promise((resolve) => {
      let settled = false
      const finish = (result: SendResult, stale = false): void => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        resolve({ ...result, stale })
      }
      const fail = (error: string, stale = false): void =>
        finish({ status: null, response_body: '', error, abort: false }, stale)
      const client = clientFor(message.url)
      const request = client.request(message.url, {
        method: 'POST',
        agent: client.agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(message.body),
          'user-agent': 'seam-emulator',
          ...message.headers,
        },
      })
      const timer = setTimeout(() => {
        fail(`no answer within ${RESPONSE_TIMEOUT / 1000} s`)
        request.destroy()
      }, RESPONSE_TIMEOUT)
      request.on('error', (error: NodeJS.ErrnoException) => {
        fail(error.message, isStale(request, error))
      })
      request.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          if (text.length < KEPT_BODY) text += chunk
        })
        response.on('error', (error) => fail(error.message))
        response.on('end', () =>
          finish({
            status: response.statusCode ?? null,
            response_body: beginningOf(text, KEPT_BODY),
            error: null,
            abort: response.headers['webhook-delivery'] === 'abort-message',
          }),
        )
      })
      const { body, pause = 0 } = message
      if (pause === 0) {
        request.end(body)
        return
      }
      const bytes = Buffer.from(body)
      const half = Math.floor(bytes.length / 2)
      request.write(bytes.subarray(0, half))
      const rest = setTimeout(() => request.end(bytes.subarray(half)), pause)
      request.on('close', () => clearTimeout(rest))
    })

  // A stale connection is no failure of the receiver.
  const send = async (message: OutgoingMessage): Promise<SendResult> => {
    // A world that was restored may name a URL to which nothing can be sent.
    if (!/^https?:/i.test(message.url) || !URL.canParse(message.url)) {
      const error = 'its URL begins neither with http:// nor with https://'
      return { status: null, response_body: '', error, abort: false }
    }
    const { stale, ...result } = await sendOnce(message)
    if (!stale) return result
    const { stale: _, ...second } = await sendOnce(message)
    return second
  }

  return {
    send,
    close: () => {
      plain.agent.destroy()
      secure?.agent.destroy()
    },
  }
}
