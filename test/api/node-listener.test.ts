import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../src/api/answer.ts'
import type { Api, ApiRequest } from '../../src/api/app.ts'
import { nodeListener } from '../../src/api/node-listener.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

const errors: unknown[] = []
const listen = (api: Api): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer(nodeListener(api, (error) => errors.push(error)))
    open.push(server)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

/** Sends text as it is, and returns all that comes until the server hangs up. */
const talk = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let heard = ''
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(heard))
  })

const ok: Answer = { status: 200, headers: {}, body: 'fine' }

/** What the API is told about a request that begins with this line. */
const told = async (line: string, host = 'localhost'): Promise<ApiRequest | undefined> => {
  let request: ApiRequest | undefined
  const port = await listen((it) => {
    request = it
    return Promise.resolve(ok)
  })
  await talk(port, `${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  return request
}

describe('a request', () => {
  it('is told apart into path and query', async () => {
    expect(await told('GET /devices/list?limit=2&x=?y HTTP/1.1')).toMatchObject({
      method: 'GET',
      path: '/devices/list',
      query: 'limit=2&x=?y',
      origin: 'http://localhost',
    })
    expect(await told('GET /health HTTP/1.1')).toMatchObject({ path: '/health', query: '' })
  })

  it('may name a whole URL, as proxies do', async () => {
    const request = await told('GET http://seam.example/devices/list?limit=2 HTTP/1.1')
    expect(request).toMatchObject({ path: '/devices/list', query: 'limit=2' })
  })

  it('has its path decoded, unless that cannot be', async () => {
    expect(await told('GET /inbox/gr%C3%BCn HTTP/1.1')).toMatchObject({ path: '/inbox/grün' })
    expect(await told('GET /inbox/100% HTTP/1.1')).toMatchObject({ path: '/inbox/100%' })
  })

  it('whose host is none is refused: links would repeat it', async () => {
    const port = await listen(() => Promise.resolve(ok))
    const head = 'GET / HTTP/1.1\r\nConnection: close\r\n'
    expect(await talk(port, `${head}Host: "><script>\r\n\r\n`)).toContain('400')
    expect(await talk(port, `${head}Host: [::1]:3020\r\n\r\n`)).toContain('200')
  })
})

describe('an answer', () => {
  it('has its length in bytes, also where nobody read the body', async () => {
    const port = await listen(() => Promise.resolve({ ...ok, body: 'grün' }))
    const unread = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n12345`
    const last = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
    const heard = await talk(port, unread + last)
    expect(heard.match(/content-length: 5\r\n/g)).toHaveLength(2)
    expect(heard.match(/grün/g)).toHaveLength(2)
  })

  it('without a body has the length 0', async () => {
    const port = await listen(() => Promise.resolve({ status: 503, headers: {}, body: null }))
    const heard = await talk(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(heard).toMatch(/^HTTP\/1\.1 503 /)
    expect(heard).toMatch(/content-length: 0\r\n/i)
  })

  it('that cannot be written ends the connection and is reported, and the server goes on', async () => {
    errors.length = 0
    const answers = [{ ...ok, headers: { broken: 'a\nb' } }, ok]
    const port = await listen(() => Promise.resolve(answers.shift() ?? ok))
    const ask = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
    expect(await talk(port, ask)).toBe('')
    expect(errors).toEqual([expect.objectContaining({ code: 'ERR_INVALID_CHAR' })])
    expect(await talk(port, ask)).toContain('fine')
  })
})
