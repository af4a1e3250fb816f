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

const serveHello = async (): Promise<Serving> => {
  const patience = { headers: 50, request: 100 }
  const serving = await serve((_, response) => response.end('hello'), 0, '127.0.0.1', patience)
  open.push(serving)
  return serving
}

describe('the server', () => {
  it('hangs up on a client that never finishes its headers', async () => {
    const { port } = await serveHello()
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    expect(await untilClosed(socket)).toContain('408')
  })

  it('hangs up on a client that never finishes its body', async () => {
    const { port } = await serveHello()
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nslow')
    expect(await untilClosed(socket)).toContain('hello')
  })

  it('refuses headers of a megabyte', async () => {
    const { port } = await serveHello()
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Huge: ${'x'.repeat(1_000_000)}\r\n\r\n`)
    expect(await untilClosed(socket)).toContain('431')
  })

  it('refuses a body of more than five megabytes', async () => {
    await using emulator = Object.assign(await startTestEmulator(), {
      [Symbol.asyncDispose](): Promise<void> {
        return emulator.close()
      },
    })
    const answer = await fetch(`${emulator.endpoint}/devices/list`, {
      method: 'POST',
      headers: { authorization: `Bearer ${emulator.api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(6_000_000) }),
    })
    expect(answer.status).toBe(413)
  })
})
