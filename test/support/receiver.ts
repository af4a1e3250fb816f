/** A webhook receiver of one's own: real HTTP, verified with the official helper. */
import { createServer } from 'node:http'
import { SeamWebhook } from '@seamapi/webhook'
import { z } from 'zod'
import { assertEventMatchesOpenApi } from './openapi-contract.ts'

const event = z.looseObject({ event_id: z.string(), event_type: z.string() })

export interface Received {
  event: z.infer<typeof event>
  headers: Record<string, string>
  body: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
}

export interface Receiver {
  readonly url: string
  /** What arrived, in order of arrival, whatever was answered. */
  readonly received: Received[]
  /** The types of all that was accepted. */
  types(): string[]
  /** Decides the answers from now on; given how many requests came before. */
  answer(decide: (count: number) => Answer | Promise<Answer>): void
  /** Checks the signature of everything that arrived. @throws when one is wrong */
  verifyAll(secret: string): void
  close(): Promise<void>
}

export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = []
  const accepted: string[] = []
  let decide: (count: number) => Answer | Promise<Answer> = () => ({ status: 200 })
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const parsed = event.parse(JSON.parse(body))
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
      )
      const answer = decide(received.length)
      received.push({ event: parsed, headers, body })
      const reply = async (): Promise<void> => {
        const { status, headers: extra } = await answer
        if (status < 300) accepted.push(parsed.event_type)
        response.writeHead(status, extra).end()
      }
      void reply()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port')
  return {
    url: `http://localhost:${address.port}/hook`,
    received,
    types: () => [...accepted],
    answer: (next) => {
      decide = next
    },
    verifyAll: (secret) => {
      const webhook = new SeamWebhook(secret)
      for (const { body, headers } of received) {
        assertEventMatchesOpenApi(webhook.verify(body, headers))
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
