// What a start must not do (docs/decisions/0040 and 0100): each of these came back unseen once.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

// zod gives each schema a property `_zod`, by this very function.
const program = `
  const real = Object.defineProperty
  let schemas = 0
  Object.defineProperty = (object, key, value) => {
    if (key === '_zod') schemas++
    return real(object, key, value)
  }
  const Code = Function
  let compiled = 0
  globalThis.Function = new Proxy(Code, {
    construct: (of, given) => {
      if (String(given.at(-1)).includes('payload')) compiled++
      return new of(...given)
    },
  })
  const Format = Intl.DateTimeFormat
  let zones = 0
  Intl.DateTimeFormat = new Proxy(Format, { construct: (of, given) => (zones++, new of(...given)) })
  const files = []
  const { registerHooks } = process.getBuiltinModule('node:module')
  registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) })
  const { startEmulator } = await import(process.env.EMULATOR)
  const emulator = await startEmulator({
    port: 0, host: '127.0.0.1', db: ':memory:', fixture: 'default',
    clock: { mode: 'real' }, api_key: 'seam_test_start', check_responses: false,
  })
  const ofConsole = () => files.filter((url) => /console\\/(files|bundle)|esbuild/.test(url)).length
  const atStart = { schemas, modules: [...process.moduleLoadList], early: ofConsole() }
  const { endpoint } = emulator
  const asked = await fetch(endpoint + '/devices/list', {
    method: 'POST', headers: { authorization: 'Bearer seam_test_start' },
  })
  const later = schemas
  const intl = zones
  const first = compiled
  for (let nth = 0; nth < 120; nth++) {
    await fetch(endpoint + '/devices/get?name=' + nth, {
      headers: { authorization: 'Bearer seam_test_start' },
    })
  }
  const page = await fetch(endpoint + '/_emulator/console/')
  console.log(JSON.stringify({
    ...atStart, status: asked.status, later, intl, first, compiled, page: page.status, late: ofConsole(),
  }))
  await emulator.close()
`

const started = z
  .object({
    schemas: z.int(),
    later: z.int(),
    status: z.int(),
    intl: z.int(),
    first: z.int(),
    compiled: z.int(),
    modules: z.array(z.string()),
    early: z.int(),
    page: z.int(),
    late: z.int(),
  })
  .parse(
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        encoding: 'utf8',
        env: { ...process.env, EMULATOR: new URL('../../src/emulator.ts', import.meta.url).href },
      }),
    ),
  )

describe('before the first request', () => {
  it('hardly a schema is made: each module makes its own on first use', () => {
    // Pieces such as a text that many share; a resource that makes its schemas at once has more.
    expect(started.schemas).toBeLessThan(100)
    // The count counts: the first request makes the schema of its endpoint.
    expect(started.status).toBe(200)
    expect(started.later).toBeGreaterThan(started.schemas)
  })

  it('no time zone is looked up, and none for the first list of devices', () => {
    expect(started.intl).toBe(0)
  })

  it('no code is made of a schema until it is asked for often', () => {
    expect(started.first).toBe(0)
    expect(started.compiled).toBeGreaterThan(0)
  })

  it('nothing of the console is loaded: it is with the first request of its page', () => {
    expect(started.early).toBe(0)
    expect(started.page).toBe(200)
    expect(started.late).toBeGreaterThan(1)
  })

  it.each(['internal/deps/undici/undici', 'http2', 'tls', 'zlib', 'v8'])(
    'Node’s %s is not loaded',
    (name) => {
      expect(started.modules).toContain('NativeModule http')
      expect(started.modules).not.toContain(`NativeModule ${name}`)
    },
  )
})
