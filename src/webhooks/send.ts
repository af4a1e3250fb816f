import { clearTimeout, setTimeout } from 'node:timers'
import { urlToHttpOptions } from 'node:url'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { receiverProblem } from '../lib/addresses.ts'
import { http } from '../lib/http.ts'
import { beginningOf } from '../lib/text.ts'
import { afterPatience } from '../lib/patience.ts'
import { remembering } from '../lib/remembering.ts'
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

/** A receiver in this process, which is given messages without a connection. Answers a status. */
export type Receiver = (message: Pick<OutgoingMessage, 'headers' | 'body'>) => Promise<number>

export interface Sender {
  send(message: OutgoingMessage): Promise<SendResult>
  close(): void
}

/** An attempt without an answer. */
export const refused = (error: string | null): SendResult => ({
  status: null,
  response_body: '',
  error,
  abort: false,
})

const KEPT_BODY = 2_000

/** One of Node's two HTTP clients, with its kept connections. */
const createClient = ({ Agent, request }: Pick<typeof http, 'Agent' | 'request'>) => ({
  agent: new Agent({ keepAlive: true }),
  request,
})

type Client = ReturnType<typeof createClient>

/** Where messages go, as Node takes it. */
interface Destination {
  options: RequestOptions
  /** What every message there says of it. */
  headers: readonly string[]
}

const destinationOf = (url: string): Destination => {
  const parsed = new URL(url)
  const { auth, ...options } = urlToHttpOptions(parsed)
  const basic = `Basic ${Buffer.from(auth ?? '').toString('base64')}`
  return {
    options: { ...options, method: 'POST' },
    headers: ['Host', parsed.host, ...(auth ? ['Authorization', basic] : [])],
  }
}

/** What is known of an address: what speaks against sending there, or how to. */
type Address = { problem: string } | Destination

/** Addresses that were read; a bound, so that memory stays flat. */
const KNOWN_ADDRESSES = 1_000

/** Reads each address once: a webhook has many messages, and this was an eighth of sending one. */
const createAddresses = () =>
  remembering(KNOWN_ADDRESSES, (url: string): Address => {
    // A file of an older version may name a URL to which nothing is sent.
    const problem = receiverProblem(url)
    return problem === null ? destinationOf(url) : { problem }
  })

/** How it ended. It is stale when the kept connection was closed at the other end before anything was received. */
type Ended = SendResult & { stale: boolean }

/** Lets only the first end count. */
const firstEnd = (resolve: (ended: Ended) => void) => {
  let settled = false
  const finish = (result: SendResult, stale = false): void => {
    if (settled) return
    settled = true
    resolve({ ...result, stale })
  }
  return {
    finish,
    fail: (error: string, stale = false): void => finish(refused(error), stale),
  }
}

/** Reads an answer, of which the beginning is kept. */
const readAnswer = (
  response: IncomingMessage,
  { finish, fail }: ReturnType<typeof firstEnd>,
): void => {
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
}

/** Writes the body, in two halves where there is to be a pause. */
const writeBody = (request: ClientRequest, { body, pause = 0 }: OutgoingMessage): void => {
  if (pause === 0) {
    request.end(body)
    return
  }
  const bytes = Buffer.from(body)
  const half = Math.floor(bytes.length / 2)
  request.write(bytes.subarray(0, half))
  const rest = setTimeout(() => request.end(bytes.subarray(half)), pause)
  request.on('close', () => clearTimeout(rest))
}

const headersOf = ({ headers, body }: OutgoingMessage): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(body)),
  'user-agent': 'seam-emulator',
  ...headers,
})

const sendOnce = (
  client: Client,
  { options, headers }: Destination,
  message: OutgoingMessage,
): Promise<Ended> =>
  new Promise((resolve) => {
    const end = firstEnd((ended) => {
      stopWaiting()
      resolve(ended)
    })
    const request = client.request({
      ...options,
      agent: client.agent,
      // A list is written as it is, where an object is read three times.
      headers: [...Object.entries(headersOf(message)).flat(), ...headers],
    })
    const stopWaiting = afterPatience(RESPONSE_TIMEOUT, () => {
      end.finish(unanswered())
      request.destroy()
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      end.fail(error.message, isStale(request, error))
    })
    request.on('response', (response) => readAnswer(response, end))
    writeBody(request, message)
  })

const unanswered = (): SendResult => refused(`no answer within ${RESPONSE_TIMEOUT / 1000} s`)

/** Whether the receiver took the message and said nothing. */
export const isUnanswered = ({ error }: SendResult): boolean => error === unanswered().error

/** Hands a message over in this process: the same bytes, with the same patience. */
const handOver = (receive: Receiver, message: OutgoingMessage): Promise<SendResult> =>
  new Promise((resolve) => {
    const stopWaiting = afterPatience(RESPONSE_TIMEOUT, () => resolve(unanswered()))
    void receive({ headers: headersOf(message), body: message.body })
      .then(
        (status) => ({ ...refused(null), status }),
        (error: unknown) => refused(error instanceof Error ? error.message : String(error)),
      )
      .then(resolve)
      .finally(stopWaiting)
  })

/**
 * Sends over kept connections; redirects are not followed and count as failures.
 *
 * @param receivers those in this process, by their URLs
 */
export const createSender = (receivers: ReadonlyMap<string, Receiver> = new Map()): Sender => {
  const plain = createClient(http)
  // TLS takes 3 MB, which few ever need.
  let secure: Client | undefined
  const clientFor = ({ options }: Destination): Client => {
    if (options.protocol !== 'https:') return plain
    secure ??= createClient(process.getBuiltinModule('node:https'))
    return secure
  }

  const addressOf = createAddresses()

  // A stale connection is no failure of the receiver.
  const send = async (message: OutgoingMessage): Promise<SendResult> => {
    const receiver = receivers.get(message.url)
    if (receiver !== undefined) return handOver(receiver, message)
    const address = addressOf(message.url)
    if ('problem' in address) return refused(`its URL ${address.problem}`)
    const client = clientFor(address)
    const { stale, ...result } = await sendOnce(client, address, message)
    if (!stale) return result
    const { stale: _, ...second } = await sendOnce(client, address, message)
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
