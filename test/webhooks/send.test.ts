import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createSender } from '../../src/webhooks/send.ts'

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n'

/** A receiver that decides per connection and request what becomes of it. */
const listen = async (onRequest: (socket: Socket, requestsOnSocket: number) => void) => {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    let requests = 0
    socket.on('error', () => undefined)
    socket.on('data', () => onRequest(socket, ++requests))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port')
  return {
    message: { url: `http://127.0.0.1:${address.port}/`, headers: {}, body: '{}' },
    connections: () => connections,
    close: () => server.close(),
  }
}

test('a kept connection that its receiver has dropped is no failure: a new one is taken', async () => {
  const receiver = await listen((socket, requests) => {
    if (requests === 1) socket.write(ok)
    else socket.resetAndDestroy()
  })
  const sender = createSender()
  expect(await sender.send(receiver.message)).toMatchObject({ status: 200, error: null })
  expect(await sender.send(receiver.message)).toMatchObject({ status: 200, error: null })
  expect(receiver.connections()).toBe(2)
  sender.close()
  receiver.close()
})

test('a receiver that drops a new connection has failed', async () => {
  const receiver = await listen((socket) => socket.resetAndDestroy())
  const sender = createSender()
  const result = await sender.send(receiver.message)
  expect(result).toMatchObject({ status: null, abort: false })
  expect(result.error).not.toBeNull()
  expect(receiver.connections()).toBe(1)
  sender.close()
  receiver.close()
})

test('a receiver hears under which name it was called, and who calls where its address says that', async () => {
  const heads: string[] = []
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      heads.push(String(data).split('\r\n\r\n')[0] ?? '')
      socket.write(ok)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const sender = createSender()
  const message = { headers: { 'svix-id': 'msg_1' }, body: '{"é":1}' }
  const first = `http://127.0.0.1:${port}/hooks?of=seam`
  for (const url of [first, first, `http://jane:p%40ss@localhost:${port}/`])
    expect(await sender.send({ ...message, url })).toMatchObject({ status: 200, error: null })
  sender.close()
  server.close()
  const usual = [
    'content-type: application/json',
    'content-length: 8',
    'user-agent: seam-emulator',
    'svix-id: msg_1',
  ]
  const once = ['POST /hooks?of=seam HTTP/1.1', ...usual, `Host: 127.0.0.1:${port}`]
  const who = `Authorization: Basic ${Buffer.from('jane:p@ss').toString('base64')}`
  expect(heads.map((head) => head.split('\r\n'))).toEqual([
    [...once, 'Connection: keep-alive'],
    [...once, 'Connection: keep-alive'],
    ['POST / HTTP/1.1', ...usual, `Host: localhost:${port}`, who, 'Connection: keep-alive'],
  ])
})
