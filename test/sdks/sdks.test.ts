/** What the official SDKs of Ruby, PHP and Python send is understood, byte by byte. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { php, python, ruby } from './requests.ts'
import type { Sdk } from './requests.ts'
import { speakTo } from './speak.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator()
})
afterAll(() => emulator.close())

const sdks: Readonly<Record<string, Sdk>> = { ruby, php, python }

/** What later requests name: ids and cursors, by their last name; a newer one takes the place. */
const remember = (known: Map<string, string>, answer: unknown): void => {
  if (typeof answer !== 'object' || answer === null) return
  for (const [name, value] of Object.entries(answer)) {
    if (typeof value !== 'string') remember(known, value)
    else if (name.endsWith('_id') || name.endsWith('_cursor')) known.set(name, value)
  }
}

/** The bytes of a request, as the SDK lays them out. */
const bytesOf = (sdk: Sdk, line: string, body: string | undefined): string => {
  const headers = body === undefined ? sdk.headers : [...sdk.headers, ...sdk.ofBody]
  return `${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n${body ?? ''}`
}

/** Patterns in what is expected are asked for as patterns. */
const expectation = (has: unknown): unknown => {
  if (has instanceof RegExp) return expect.stringMatching(has)
  if (Array.isArray(has)) return has.map(expectation)
  if (typeof has !== 'object' || has === null) return has
  const entries = Object.entries(has).map(([name, value]) => [name, expectation(value)])
  return expect.objectContaining(Object.fromEntries(entries))
}

describe.each(Object.entries(sdks))('the SDK of %s', (name, sdk) => {
  test('is understood from its first request to its last, over one connection', async () => {
    const key = `seam_test_sdk_${name}`
    const known = new Map<string, string>([
      ['key', key],
      ['host', `localhost:${emulator.port}`],
    ])
    const filled = (text: string): string =>
      text.replaceAll(/\{([a-z_]+)\}/g, (as, what: string) => known.get(what) ?? as)
    const speaker = speakTo(emulator.port)
    for (const { line, body, has } of sdk.requests) {
      const sent = body === undefined ? undefined : filled(body)
      known.set('length', String(Buffer.byteLength(sent ?? '')))
      const answer = await speaker.ask(filled(bytesOf(sdk, line, sent)))
      const given: unknown = JSON.parse(answer.body)
      expect(given, `${name}: ${line}`).toEqual(expectation(has))
      expect(answer.status === 200, `${name}: ${line}`).toBe(!('error' in has))
      remember(known, given)
    }
    speaker.end()
    const asked = await emulator.workspace(`sdk_${name}`).requests.list({ limit: 100 })
    expect(asked.filter(({ unknown_parameters }) => unknown_parameters.length > 0)).toEqual([])
  })
})

test('a large body of PHP waits to be told to go on', async () => {
  const guests = Array.from({ length: 2_000 }, (_, index) => ({
    guest_key: `g${index}`,
    name: 'G\u00e4st '.repeat(100),
  }))
  const body = JSON.stringify({ customer_key: 'big', guests })
  expect(body.length).toBeGreaterThan(1024 * 1024) // from where on Guzzle asks first
  const [host, ...headers] = [...php.headers, ...php.ofBody]
  const head = ['POST /customers/push_data HTTP/1.1', host, 'Expect: 100-Continue', ...headers]
    .join('\r\n')
    .replace('{host}', `localhost:${emulator.port}`)
    .replace('{key}', 'seam_test_sdk_php_large')
    .replace('{length}', String(Buffer.byteLength(body)))
  const speaker = speakTo(emulator.port)
  expect(await speaker.ask(`${head}\r\n\r\n`)).toEqual({ status: 100, body: '' })
  expect(await speaker.ask(body)).toMatchObject({ status: 200 })
  speaker.end()
})

test("an offer of HTTP/2, as Java's client makes it with every request, is answered in HTTP/1.1", async () => {
  const body = '{"device_ids":[]}'
  const head = [
    'POST /devices/list HTTP/1.1',
    'Connection: Upgrade, HTTP2-Settings',
    `Content-Length: ${body.length}`,
    `Host: localhost:${emulator.port}`,
    'HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA',
    'Upgrade: h2c',
    'User-Agent: Java-http-client/17.0.15',
    'authorization: Bearer seam_test_sdk_java',
    'content-type: application/json',
  ].join('\r\n')
  const speaker = speakTo(emulator.port)
  const answer = await speaker.ask(`${head}\r\n\r\n${body}`)
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('"devices":[]')
  speaker.end()
})
