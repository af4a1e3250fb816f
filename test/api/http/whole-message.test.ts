import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createListener } from '../../../src/api/http/listener.ts'
import { WholeMessage } from '../../../src/lib/whole-message.ts'
import { serve } from '../../../src/serve.ts'
import type { Serving } from '../../../src/serve.ts'

const open: Serving[] = []
afterEach(async () => {
  for (const serving of open.splice(0)) await serving.close(() => Promise.resolve())
})

interface Heard {
  path: string
  /** Whether the body was there when the request was. */
  wasThere: boolean
  text: string
}

/** A server that says what it has heard, and tells of each request as soon as it is worked off. */
const listen = async (isRead: (path: string) => boolean = () => true, message = WholeMessage) => {
  const heard: Heard[] = []
  const errors: string[] = []
  let tell = (): void => undefined
  const listener = createListener(
    ({ path, text }, { reply }) => {
      tell()
      const answer = (body: string) => {
        const headers = { 'content-length': String(Buffer.byteLength(body)) }
        reply({ status: 200, headers, body })
      }
      if (!isRead(path)) return answer('unread')
      const given = text()
      const wasThere = typeof given === 'string'
      const hear = (it: string): void => {
        heard.push({ path, wasThere, text: it })
        answer(it)
      }
      const note = (error: unknown): void => {
        errors.push(String(error))
        tell()
      }
      void Promise.resolve(given).then(hear, note)
    },
    (error) => errors.push(String(error)),
  )
  const serving = await serve(listener, 0, '127.0.0.1', { message })
  open.push(serving)
  const socket = connect(serving.port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
  socket.on('error', () => undefined)
  return {
    heard,
    errors,
    socket,
    /** The next request, or that one failed. */
    next: () => new Promise<void>((resolve) => (tell = resolve)),
    /** Once the client has so many whole answers, of bodies as given. */
    answered: async (...bodies: string[]) => {
      const isThere = () => bodies.every((body) => received.includes(`\r\n\r\n${body}`))
      while (!isThere()) await once(socket, 'data')
      return received
    },
  }
}

const head = (path: string, length: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n\r\n`

const whole = (path: string, body: string): string =>
  `${head(path, `Content-Length: ${Buffer.byteLength(body)}`)}${body}`

test('a body that comes with its headers is there when the request is worked off', async () => {
  const { socket, heard, answered } = await listen()
  socket.write(whole('/a', 'grüße'))
  await answered('grüße')
  expect(heard).toEqual([{ path: '/a', wasThere: true, text: 'grüße' }])
})

test('requests sent one behind the other are each read whole, in their order', async () => {
  const { socket, heard, answered } = await listen()
  socket.write(whole('/a', 'one') + whole('/b', 'two') + whole('/c', ''))
  await answered('one', 'two')
  socket.write(whole('/d', 'four'))
  await answered('four')
  expect(heard).toEqual([
    { path: '/a', wasThere: true, text: 'one' },
    { path: '/b', wasThere: true, text: 'two' },
    { path: '/c', wasThere: true, text: '' },
    { path: '/d', wasThere: true, text: 'four' },
  ])
})

test('a body whose pieces come together is put together, also before anybody reads it', async () => {
  const { socket, heard, answered } = await listen()
  const chunks = '3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n'
  socket.write(`${head('/a', 'Transfer-Encoding: chunked')}${chunks}`)
  await answered('onetwothree')
  expect(heard).toEqual([{ path: '/a', wasThere: false, text: 'onetwothree' }])
})

test('an empty body in chunks is an empty text', async () => {
  const { socket, heard } = await listen()
  socket.write(`${head('/a', 'Transfer-Encoding: chunked')}0\r\n\r\n${whole('/b', 'next')}`)
  await once(socket, 'data')
  expect(heard).toEqual([
    { path: '/a', wasThere: true, text: '' },
    { path: '/b', wasThere: true, text: 'next' },
  ])
})

test('a body that comes piece by piece, after its request, is waited for', async () => {
  const { socket, heard, next, answered } = await listen()
  const isHere = next()
  socket.write(`${head('/a', 'Content-Length: 11')}one`)
  await isHere
  socket.write('two')
  socket.write('three')
  socket.write(whole('/b', 'next'))
  await answered('onetwothree', 'next')
  expect(heard).toEqual([
    { path: '/a', wasThere: false, text: 'onetwothree' },
    { path: '/b', wasThere: true, text: 'next' },
  ])
})

test('a large body is read whole', async () => {
  const { socket, heard, answered } = await listen()
  const large = 'x'.repeat(1_000_000)
  socket.write(whole('/a', large))
  await answered(large)
  expect(heard.map(({ text }) => text.length)).toEqual([1_000_000])
})

test('what nobody reads is let pass, and the connection goes on', async () => {
  const { socket, heard, answered } = await listen((path) => path !== '/unread')
  socket.write(whole('/unread', 'x'.repeat(300_000)))
  await answered('unread')
  socket.write(whole('/a', 'next'))
  await answered('next')
  expect(heard).toEqual([{ path: '/a', wasThere: true, text: 'next' }])
})

test('a client that hangs up within its body is noticed', async () => {
  const { socket, errors, next } = await listen()
  const isHere = next()
  socket.write(`${head('/a', 'Content-Length: 11')}one`)
  await isHere
  const hasFailed = next()
  socket.resetAndDestroy()
  await hasFailed
  expect(errors).toEqual([expect.stringContaining('hung up')])
})

test('nothing is read away of a body that has come whole', async () => {
  let resumed = 0
  class Watched extends WholeMessage {
    override resume(): this {
      resumed++
      return super.resume()
    }
  }
  const { socket, answered } = await listen(() => true, Watched)
  socket.write(whole('/a', 'one'))
  await answered('one')
  socket.write(whole('/b', 'two'))
  await answered('two')
  expect(resumed).toBe(0)
})
