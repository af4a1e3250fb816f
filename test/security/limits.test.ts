import type { IncomingMessage, RequestListener } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serve } from '../../src/serve.ts'
import type { Serving } from '../../src/serve.ts'
import { startTestEmulator } from '../support/emulator.ts'

const open: Serving[] = []
afterEach(async () => {
  for (const serving of open.splice(0)) await serving.close(() => Promise.resolve())
})

/** Everything that the server sends until it hangs up. */
const untilClosed = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(text))
  })

const serveImpatiently = async (handler: RequestListener): Promise<Serving> => {
  const patience = { headers: 50, request: 100 }
  const serving = await serve(handler, 0, '127.0.0.1', patience)
  open.push(serving)
  return serving
}
const serveHello = (): Promise<Serving> => serveImpatiently((_, response) => response.end('hello'))

describe('the server', () => {
  it('hangs up on a client that never finishes its headers', async () => {
    const { port } = await serveHello()
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    expect(await untilClosed(socket)).toContain('408')
  })

  it('hangs up on a client that never finishes its body, though somebody waits for it', async () => {
    let heard = ''
    const reading = (request: IncomingMessage): void => {
      request.on('data', (chunk: Buffer) => (heard += chunk.toString()))
      request.on('error', () => undefined)
    }
    const { port } = await serveImpatiently(reading)
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nslow')
    expect(await untilClosed(socket)).toContain('408')
    expect(heard).toBe('slow')
  })

  it('refuses headers of a megabyte', async () => {
    const { port } = await serveHello()
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Huge: ${'x'.repeat(1_000_000)}\r\n\r\n`)
    expect(await untilClosed(socket)).toContain('431')
  })

  it.each([
    ['says how long it is', (text: string) => text],
    // A stream has no length: it comes in chunks.
    ['does not say so', (text: string) => new Blob([text]).stream()],
  ])('refuses a body of more than five megabytes that %s', async (_, bodyOf) => {
    const emulator = await startTestEmulator()
    const answer = await fetch(`${emulator.endpoint}/devices/list`, {
      method: 'POST',
      headers: { authorization: `Bearer ${emulator.api_key}`, 'content-type': 'application/json' },
      body: bodyOf(JSON.stringify({ name: 'x'.repeat(6_000_000) })),
      duplex: 'half',
    })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('request_too_large')
    await emulator.close()
  })
})
