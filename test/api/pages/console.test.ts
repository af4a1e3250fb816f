/** How the console's page and files are answered, and to whom. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEmulator } from '../../support/emulator.ts'
import type { TestEmulator } from '../../support/emulator.ts'

const PAGE = '/_emulator/console/'

interface Seen {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Not by fetch, which sets `host` and `sec-fetch-site` itself. */
const get = (
  { port }: TestEmulator,
  path: string,
  headers: Record<string, string> = {},
): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('the console', () => {
  let emulator: TestEmulator
  let without: TestEmulator
  beforeAll(async () => {
    ;[emulator, without] = await Promise.all([
      startTestEmulator(),
      startTestEmulator({ console: false }),
    ])
  })
  afterAll(async () => {
    await emulator.close()
    await without.close()
  })

  test('is one page whose files have their content in their names', async () => {
    const page = await get(emulator, PAGE)
    expect(page.status).toBe(200)
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    const names = [...page.text.matchAll(/(?:src|href)="([^":]+)"/g)].map((it) => it[1] ?? '')
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) {
      expect(name).toMatch(/-[A-Z0-9]{8}\.(js|css)$/)
      const file = await get(emulator, `${PAGE}${name}`)
      expect(file.status).toBe(200)
      expect(file.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': name.endsWith('.js')
          ? 'text/javascript; charset=utf-8'
          : 'text/css; charset=utf-8',
        'x-content-type-options': 'nosniff',
      })
    }
  })

  test.each([
    'index.html',
    'main.js',
    '..%2f..%2fpackage.json',
    'app.tsx',
    '__proto__',
    'constructor',
  ])('has no file %s', async (name) => {
    expect((await get(emulator, `${PAGE}${name}`)).status).toBe(404)
  })

  test('is where a browser comes that asks for nothing in particular', async () => {
    for (const path of ['/', '/_emulator/console']) {
      const { status, headers } = await get(emulator, path, html)
      expect([status, headers['location']]).toEqual([302, PAGE])
    }
    // Everybody else is told what Seam's API would be told.
    expect((await get(emulator, '/', { accept: 'application/json' })).status).toBe(404)
    expect((await get(emulator, '/')).status).toBe(404)
  })

  test.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page with an origin of its own', { origin: 'https://evil.example' }],
    ['a name that leads here by rebinding', { host: 'evil.example' }],
  ])('is not answered to %s', async (_, headers) => {
    expect((await get(emulator, PAGE, headers)).status).toBe(403)
    const { text } = await get(emulator, PAGE)
    const name = /src="([^"]+\.js)"/.exec(text)?.[1] ?? ''
    expect((await get(emulator, `${PAGE}${name}`, headers)).status).toBe(403)
  })

  test('can be left away, and its API stays', async () => {
    expect((await get(without, PAGE)).status).toBe(404)
    expect((await get(without, '/', html)).status).toBe(404)
    expect((await get(without, '/_emulator/ready')).status).toBe(200)
  })
})
