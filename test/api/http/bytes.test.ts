/** What comes before a request is understood: bytes, charsets, compression, old clients. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createEmulator } from '../../../src/index.ts'
import type { Emulator } from '../../../src/index.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'
let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator()
})
afterAll(() => emulator.close())

const answer = z.object({
  error: z.object({ type: z.string(), message: z.string() }).optional(),
  access_code: z.object({ name: z.string() }).optional(),
})

/** One create, as exactly these bytes. */
const create = (body: Buffer, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; body: z.infer<typeof answer> }>((resolve, reject) => {
    const outgoing = request(
      `${emulator.endpoint}/access_codes/create`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${emulator.apiKey}`,
          'content-type': 'application/json',
          ...headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: incoming.statusCode ?? 0, body: answer.parse(JSON.parse(text)) })
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })

const named = (name: string): string => JSON.stringify({ device_id, name })
const nameOf = async (body: Buffer, headers?: Record<string, string>): Promise<unknown> =>
  (await create(body, headers)).body.access_code?.name

describe('a body', () => {
  it('is read in the charset that it names', async () => {
    const charset = { 'content-type': 'application/json; charset=iso-8859-1' }
    expect(await nameOf(Buffer.from(named('Zoë'), 'latin1'), charset)).toBe('Zoë')
    const wide = { 'content-type': 'application/json; charset="utf-16le"' }
    expect(await nameOf(Buffer.from(named('Zoë 2'), 'utf16le'), wide)).toBe('Zoë 2')
  })

  it('that is not valid UTF-8 is refused and changes nothing', async () => {
    const { status, body } = await create(Buffer.from(named('Zoë'), 'latin1'))
    expect(status).toBe(400)
    expect(body.error?.message).toMatch(/not valid UTF-8/)
  })

  it('of an unknown charset or encoding is refused by its name', async () => {
    const charset = { 'content-type': 'application/json; charset=klingon' }
    const first = await create(Buffer.from(named('a')), charset)
    expect(first).toMatchObject({ status: 415, body: { error: { message: /klingon/ } } })
    const second = await create(Buffer.from(named('a')), { 'content-encoding': 'zstd-of-mine' })
    expect(second).toMatchObject({ status: 415, body: { error: { message: /zstd-of-mine/ } } })
  })

  it('may begin with a byte order mark', async () => {
    expect(await nameOf(Buffer.from(`\uFEFF${named('marked')}`))).toBe('marked')
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('may come as %s', async (encoding, compress) => {
    const body = compress(Buffer.from(named(`by ${encoding}`)))
    expect(await nameOf(body, { 'content-encoding': encoding })).toBe(`by ${encoding}`)
  })

  it('that grows beyond the limit when it is decompressed is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 32))
    expect(bomb.length).toBeLessThan(100_000)
    expect((await create(bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  it('that is not what its encoding says is refused', async () => {
    const { status } = await create(Buffer.from(named('a')), { 'content-encoding': 'gzip' })
    expect(status).toBe(400)
  })
})

describe('an old client', () => {
  it('is answered without a Host header, as health checks of HTTP/1.0 come', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(emulator.port, '127.0.0.1')
      let all = ''
      socket.on('data', (chunk: Buffer) => (all += chunk.toString()))
      socket.once('error', reject)
      socket.once('close', () => resolve(all))
      socket.write('GET /_emulator/ready HTTP/1.0\r\n\r\n')
    })
    expect(text).toMatch(/^HTTP\/1\.[01] 200 /)
  })
})

describe('an id', () => {
  it('is the same in capitals, in reads, lists and changes', async () => {
    const upper = device_id.toUpperCase()
    expect(await emulator.call('/devices/get', { device_id: upper })).toMatchObject({
      device: { device_id },
    })
    const listed = await emulator.call('/devices/list', { device_ids: [upper] })
    expect(listed).toMatchObject({ devices: [{ device_id }] })
    const workspace = emulator.workspace('capitals')
    const match = { device_id: upper }
    const fault = await workspace.faults.create({
      on: 'access_code.set',
      match,
      effect: { kind: 'fail' },
    })
    expect(fault.match).toEqual({ device_id })
    const made = await emulator.call('/access_codes/create', { device_id: upper, name: 'Upper' })
    expect(made).toMatchObject({ access_code: { device_id } })
  })
})

describe('the request log', () => {
  it('keeps the parameters that a route does not have', async () => {
    const workspace = emulator.workspace('unknown-parameters')
    const headers = { authorization: `Bearer ${workspace.apiKey}` }
    await fetch(`${emulator.endpoint}/devices/list?device_ids[0]=x&limit=3&nonsense=1`, { headers })
    await workspace.call('/devices/list', { device_id, customer: 'a' })
    const [first, second] = await workspace.requests.list({ callers: 'all' })
    expect(first?.unknown_parameters).toEqual(['device_ids[0]', 'nonsense'])
    expect(second?.unknown_parameters).toEqual(['device_id', 'customer'])
  })
})

describe('an address that a user gave', () => {
  it.each([
    ['https://app.example/готово', /^https:\/\/app\.example\/%D0%B3/],
    ['https://app.example/größe?x=ö', /^https:\/\/app\.example\/gr%C3%B6%C3%9Fe\?x=%C3%B6$/],
    ['https://app.example/ok\n', /^https:\/\/app\.example\/ok$/],
  ])('%j becomes a header that can be sent', async (custom_redirect_url, location) => {
    const { connect_webview } = z
      .object({ connect_webview: z.object({ url: z.string() }) })
      .parse(await emulator.call('/connect_webviews/create', { custom_redirect_url }))
    const url = new URL(connect_webview.url)
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...Object.fromEntries(url.searchParams), action: 'cancel' }),
    })
    const first = answer.headers.get('location') ?? ''
    const next = new URL(first, url)
    const final = next.origin === url.origin ? await fetch(next, { redirect: 'manual' }) : answer
    expect(final.status).toBe(303)
    expect(final.headers.get('location')).toMatch(location)
  })
})
