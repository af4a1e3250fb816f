import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'

// A webhook receiver in a process of its own. The first part of the path says how it behaves:
//   /ok/<name>      answers 200 at once
//   /slow/<name>    answers after one second
//   /hang/<name>    never answers
//   /hold/<name>    answers when POST /control/release is called, at once from then on
// GET /control/stats tells what arrived, POST /control/secrets {name: secret} turns on the check of
// every 50th signature of a webhook, POST /control/clear forgets everything.

type Arrivals = { event_ids: string[]; unverified: number; first_at: number; last_at: number }

const arrivals = new Map<string, Arrivals>()
const verifiers = new Map<string, Webhook>()
const held: ServerResponse[] = []
let holding = true

const eventId = z.object({ event_id: z.string() })
const secrets = z.record(z.string(), z.string())
const headersOf = z.object({
  'svix-id': z.string(),
  'svix-timestamp': z.string(),
  'svix-signature': z.string(),
})

function verified(verifier: Webhook, request: IncomingMessage, text: string): boolean {
  try {
    const headers = headersOf.parse(request.headers)
    verifier.verify(text, {
      'webhook-id': headers['svix-id'],
      'webhook-timestamp': headers['svix-timestamp'],
      'webhook-signature': headers['svix-signature'],
    })
    return true
  } catch {
    return false
  }
}

function arrive(name: string, request: IncomingMessage, text: string): void {
  const now = Date.now()
  const known = arrivals.get(name) ?? { event_ids: [], unverified: 0, first_at: now, last_at: now }
  arrivals.set(name, known)
  known.last_at = now
  known.event_ids.push(eventId.parse(JSON.parse(text)).event_id)
  const verifier = verifiers.get(name)
  if (verifier === undefined || known.event_ids.length % 50 !== 1) return
  if (!verified(verifier, request, text)) known.unverified++
}

function control(action: string | undefined, text: string): unknown {
  if (action === 'secrets') {
    for (const [name, secret] of Object.entries(secrets.parse(JSON.parse(text)))) {
      verifiers.set(name, new Webhook(secret))
    }
  }
  if (action === 'clear') {
    arrivals.clear()
    holding = true
  }
  if (action === 'release') {
    holding = false
    for (const response of held.splice(0)) response.end()
  }
  return action === 'stats' ? Object.fromEntries(arrivals) : { ok: true }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString()
    const [, manner, name] = (request.url ?? '').split('/')
    if (manner === 'control') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(control(name, text)))
      return
    }
    if (manner === '_emulator') {
      response.end('{}')
      return
    }
    arrive(name ?? '', request, text)
    if (manner === 'hang') return
    if (manner === 'slow') setTimeout(() => response.end(), 1_000)
    else if (manner === 'hold' && holding) held.push(response)
    else response.end()
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }))
})
process.once('SIGTERM', () => process.exit(0))
