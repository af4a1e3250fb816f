import { createConnection, createServer } from 'node:net'
import type { Socket } from 'node:net'
import type { Load, LoadResult } from './load.ts'
import { percentile } from './stats.ts'

// A deliberately small HTTP/1.1 client on bare sockets: with node:http the client, not the server,
// would be the bottleneck. It sends one request at a time per connection and knows only responses
// with a content-length or chunked JSON, which is all that the servers here send.

const headEnd = Buffer.from('\r\n\r\n')
const lastChunk = Buffer.from('\r\n0\r\n\r\n')

type Job = { next: () => Buffer | undefined; done: (status: number, body: () => string) => void }

/** Keeps one connection busy until `next` has nothing more to send. */
function drive(host: string, port: number, job: Job): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = createConnection({ host, port, noDelay: true })
    let parts: Buffer[] = []
    let size = 0
    let expected: number | 'chunked' | undefined
    const sendNext = () => {
      const request = job.next()
      if (request === undefined) {
        socket.end()
        resolve()
        return
      }
      parts = []
      size = 0
      expected = undefined
      socket.write(request)
    }
    socket.once('connect', sendNext)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the server closed a kept-alive connection')))
    socket.on('data', (chunk) => {
      parts.push(chunk)
      size += chunk.length
      if (expected === undefined) {
        const whole = parts.length === 1 ? chunk : Buffer.concat(parts)
        parts = [whole]
        expected = expectedSize(whole)
        if (expected === undefined) return
      }
      if (expected === 'chunked') {
        const whole = parts.length === 1 ? chunk : Buffer.concat(parts)
        parts = [whole]
        if (!whole.subarray(-lastChunk.length).equals(lastChunk)) return
      } else if (size < expected) return
      const answer = parts
      const status = Number(answer[0]?.toString('latin1', 9, 12))
      job.done(status, () => Buffer.concat(answer).toString().slice(0, 600))
      sendNext()
    })
  })
}

function expectedSize(head: Buffer): number | 'chunked' | undefined {
  const end = head.indexOf(headEnd)
  if (end === -1) return undefined
  const text = head.toString('latin1', 0, end).toLowerCase()
  const at = text.indexOf('\r\ncontent-length:')
  if (at === -1) return 'chunked'
  return end + headEnd.length + Number.parseInt(text.slice(at + 17), 10)
}

/** Turns the template into request number n. */
function renderer(load: Load, host: string): (n: number) => Buffer {
  const keys = load.keys ?? [load.target.key]
  const picks = load.picks ?? ['']
  const fixed = !load.body.includes('{') || !/\{(n|pin|pick|starts_at|ends_at)\}/.test(load.body)
  const whole = (n: number, body: string) =>
    Buffer.from(
      `POST ${load.path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${keys[n % keys.length]}` +
        `\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  if (fixed) {
    const ready = keys.map((_, index) => whole(index, load.body))
    return (n) => ready[n % ready.length] ?? whole(n, load.body)
  }
  const instant = (at: number) => new Date(at).toISOString()
  return (n) => {
    let body = load.body
      .replace('{n}', String(n))
      // 7919 is coprime to the modulus: no PIN repeats within 90 million.
      .replace('{pin}', String(10_000_000 + ((n * 7919) % 90_000_000)))
      .replace('{pick}', picks[n % picks.length] ?? '')
    if (load.windows !== undefined) {
      const { from, every, length } = load.windows
      const starts = from + Math.floor(n / picks.length) * every
      body = body
        .replace('{starts_at}', instant(starts))
        .replace('{ends_at}', instant(starts + length))
    }
    return whole(n, body)
  }
}

const tinyAnswer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'

/**
 * Lets this process's own code be compiled before it counts: short runs of a fast server would
 * measure a cold client. The requests go to a server of its own, which answers all alike.
 */
async function warmUp(load: Load): Promise<void> {
  const server = createServer((socket) => socket.on('data', () => socket.write(tinyAnswer)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const render = renderer(load, `127.0.0.1:${port}`)
  let sent = 0
  const connection = () =>
    drive('127.0.0.1', port, {
      next: () => (sent < WARM_UP_REQUESTS ? render(sent++) : undefined),
      done: () => undefined,
    })
  await Promise.all(Array.from({ length: load.connections }, connection))
  await new Promise((resolve) => server.close(resolve))
}

const WARM_UP_REQUESTS = 5_000

async function run(load: Load): Promise<LoadResult> {
  const { hostname, port, host } = new URL(load.target.url)
  const render = renderer(load, host)
  const limit = load.requests ?? Number.POSITIVE_INFINITY
  const warmup = (load.warmup_seconds ?? 0) * 1000
  const begun = performance.now()
  const measureFrom = begun + warmup
  const stopAt = measureFrom + (load.seconds ?? Number.POSITIVE_INFINITY) * 1000
  let sent = 0
  let counted = 0
  let failures = 0
  let first_failure: string | undefined
  let lastAt = begun
  const latencies: number[] = []
  const cpuBefore = process.cpuUsage()
  const connection = () => {
    let sentAt = 0
    return drive(hostname, Number(port), {
      next: () => {
        sentAt = performance.now()
        if (sent >= limit || sentAt >= stopAt) return undefined
        return render((load.first ?? 0) + sent++)
      },
      done: (status, body) => {
        const now = performance.now()
        if (status !== 200) {
          failures++
          first_failure ??= body()
        }
        if (sentAt < measureFrom) return
        counted++
        lastAt = now
        latencies.push(now - sentAt)
      },
    })
  }
  await Promise.all(Array.from({ length: load.connections }, connection))
  if (counted === 0) throw new Error('nothing was answered in the time that is measured')
  const seconds = (lastAt - measureFrom) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    requests: counted,
    failures,
    first_failure,
    seconds,
    cpu_seconds: (user + system) / 1e6,
    per_second: counted / seconds,
    p50_ms: percentile(latencies, 0.5),
    p99_ms: percentile(latencies, 0.99),
  }
}

process.once('message', (message: Load) => {
  warmUp(message)
    .then(() => run(message))
    .then(
      (result) => process.send?.(result),
      (error: unknown) => process.send?.({ crashed: String(error) }),
    )
})
