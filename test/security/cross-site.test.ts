import { request } from 'node:http'
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningEmulator } from '../../src/emulator.ts'
import { allEndpoints } from '../../src/api/app.ts'
import { startTestEmulator } from '../support/emulator.ts'

let emulator: RunningEmulator

beforeAll(async () => {
  emulator = await startTestEmulator({
    fixture: 'vendor-fake',
    allowed_hosts: ['seam.example.com'],
  })
})
afterAll(() => emulator.close())

/** The status of a request with exactly these headers: `fetch` would not let a Host be chosen. */
const statusOf = (
  path: string,
  headers: Record<string, string>,
  method = 'POST',
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      { port: emulator.port, host: '127.0.0.1', path, method, headers },
      (incoming) => {
        incoming.resume()
        incoming.once('end', () => resolve(incoming.statusCode))
      },
    )
    outgoing.once('error', reject)
    outgoing.end()
  })

const key = () => ({ authorization: `Bearer ${emulator.api_key}` })
const clock = '/_emulator/clock/get'

describe('a control route', () => {
  it.each(['localhost', '127.0.0.1', '[::1]', '192.168.1.20', hostname(), 'a.localhost'])(
    'answers under the name %s',
    async (name) => {
      const host = `${name}:${emulator.port}`
      expect(await statusOf(clock, { ...key(), host })).toBe(200)
    },
  )

  it('answers under a name that it was told', async () => {
    expect(await statusOf(clock, { ...key(), host: 'seam.example.com' })).toBe(200)
  })

  it.each([
    'evil.example',
    'evil',
    'evil.example:3020',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
  ])(
    'refuses the name %s, which could be anybody’s that resolves to this machine',
    async (host) => {
      expect(await statusOf(clock, { ...key(), host })).toBe(403)
    },
  )

  it.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://127.evil.example',
  ])('refuses a page of %s', async (origin) => {
    expect(await statusOf(clock, { ...key(), origin })).toBe(403)
  })

  it('refuses such a page before it asks: its preflight fails', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    expect(await statusOf(clock, headers, 'OPTIONS')).toBe(403)
  })

  it('answers pages that are served on this machine', async () => {
    expect(await statusOf(clock, { ...key(), origin: 'http://localhost:5173' })).toBe(200)
  })

  it('refuses images and links of other sites, which carry no origin', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect(await statusOf('/_fake/default_seed', headers, 'GET')).toBe(403)
    expect(await statusOf('/_fake/default_seed', {}, 'GET')).toBe(200)
  })
})

describe('every control route there is', () => {
  const paths = allEndpoints.control.map(({ path }) => path.replace(/:\w+/, 'x'))

  it.each(paths)('%s refuses strangers’ names and pages', async (path) => {
    expect(await statusOf(path, { ...key(), host: 'evil.example' })).toBe(403)
    expect(await statusOf(path, { ...key(), origin: 'https://evil.example' })).toBe(403)
  })
})

describe("a route of Seam's API", () => {
  it('answers any origin, as the real one does', async () => {
    const headers = { ...key(), origin: 'https://app.example' }
    expect(await statusOf('/devices/list', headers)).toBe(200)
  })
})
