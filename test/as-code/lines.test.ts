/** An action as a command, a curl line and a line of the library: each of them does just that. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { assert, jsonValue, property } from 'fast-check'
import type { JsonValue } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest'
import { z } from 'zod'
import { commandLine } from '../../src/as-code/command-line.ts'
import { curlLine } from '../../src/as-code/curl-line.ts'
import { connectLine, libraryLine } from '../../src/as-code/library-line.ts'
import type { Action } from '../../src/as-code/action.ts'
import { main } from '../../src/cli/main.ts'
import { createControlClient } from '../../src/client/control-client.ts'
import { connectEmulator } from '../../src/client/connect.ts'
import { controlRoutes } from '../../src/contract/index.ts'
import { asKeyValue, keyValue } from '../../src/lib/key-values.ts'
import { prepared } from '../support/contract-examples.ts'
import { FRONT_DOOR, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'
import { startOverhearing } from '../support/overhearing.ts'
import type { Overhearing } from '../support/overhearing.ts'

const run = promisify(execFile)
const json = z.looseObject({})

/** Names as strangers give them. */
const hostile = [
  "O'Brien",
  '"quoted" \\back\\slash\\n',
  '$(touch /tmp/owned) `id` ${HOME} %PATH% !!',
  '<img src=x onerror=alert(1)>',
  'two\nlines\r\nand\ttabs',
  '\u001B[201~; rm -rf /\u0007\u0000',
  'שלום \u202Egnp.exe\u2066',
  '👩‍👩‍👧 \u{1F512} é\u0301',
  '--help',
  '-',
  '',
  '  spaces  ',
  '=x',
  '@/etc/passwd',
  '~',
  'true',
  'null',
  '0123',
  '12345678901234567890',
  '{"a":1}',
  '\u2028\u2029\u00A0\uFEFF',
  'x'.repeat(9_000),
]

let emulator: TestEmulator
let overhearing: Overhearing
beforeAll(async () => {
  emulator = await startTestEmulator()
  overhearing = await startOverhearing(emulator.endpoint)
})
afterAll(async () => {
  await overhearing.close()
  await emulator.close()
})

/** What a POSIX shell makes of a line that begins with `npx seam-emulator`. */
const wordsIn = async (line: string): Promise<string[]> => {
  const { stdout } = await run('sh', ['-c', `npx() { printf '%s\\0' "$@"; }; ${line}`])
  const [program, ...words] = stdout.split('\0').slice(0, -1)
  expect(program).toBe('seam-emulator')
  return words
}

/** Runs the real program; what it prints is not looked at. */
const runProgram = async (words: readonly string[]): Promise<void> => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { exitCode } = process
  // Each run of the program sets one on the same stream here.
  process.stdout.setMaxListeners(1_000)
  try {
    await main(['node', 'seam-emulator', ...words])
    expect(err.mock.calls.map(([text]) => String(text)).join('')).toBe('')
  } finally {
    out.mockRestore()
    err.mockRestore()
    process.exitCode = exitCode
  }
}

const stay = {
  device_id: FRONT_DOOR,
  code: '0042',
  name: 'Ada',
  starts_at: '2025-01-02T15:00:00Z',
  ends_at: '2025-01-05T11:00:00Z',
}

/** The route's examples, and what else the console does. */
const more: readonly Action[] = [
  { path: '/_emulator/clock/advance', body: { to: '2025-01-02T00:00:00Z' } },
  { path: '/_emulator/clock/advance', body: { to_next: true } },
  { path: '/_emulator/clock/advance', body: { to_next: 'job', max: '2d' } },
  { path: '/_emulator/clock/advance', body: { to_next: 'check_in' } },
  { path: '/_emulator/clock/freeze', body: {} },
  { path: '/_emulator/clock/resume', body: {} },
  {
    path: '/_emulator/locks/set_battery',
    body: { device_id: FRONT_DOOR, level: 0.5, keypad: true },
  },
  {
    path: '/_emulator/locks/set_battery',
    body: { device_id: FRONT_DOOR, level: 0.5, keypad: false },
  },
  { path: '/_emulator/locks/set_keypad', body: { device_id: FRONT_DOOR, connected: true } },
  { path: '/_emulator/locks/jam', body: { device_id: FRONT_DOOR } },
  { path: '/_emulator/locks/jam', body: { device_id: FRONT_DOOR, jammed: false } },
  {
    path: '/_emulator/faults/create',
    body: {
      on: 'access_code.set',
      match: { device_id: FRONT_DOOR, attempt: 2 },
      times: 2,
      after: 1,
      name: 'slow; and odd',
      between: ['2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z'],
      effect: { kind: 'delay', by: '40m' },
    },
  },
  { path: '/_emulator/faults/create', body: { on: 'webhook', effect: { kind: 'drop' } } },
  {
    path: '/access_codes/create',
    body: { ...stay, code: '0043' },
  },
]

const shown = controlRoutes.filter(
  ({ path, streams }) => !path.includes(':') && streams === undefined,
)

/** What the route makes of a body, with what is taken where nothing is given. */
const meant = ({ path, body }: Action): unknown =>
  controlRoutes
    .find((it) => it.path === path)
    ?.params()
    .parse(body) ?? body

describe('as a command', () => {
  const check = async (action: Action, apiKey: string): Promise<void> => {
    const target = { endpoint: overhearing.url, apiKey }
    overhearing.heard.length = 0
    await runProgram(await wordsIn(commandLine(action, target)))
    const [heard] = overhearing.heard.filter(({ path }) => path === action.path)
    expect([action.path, heard?.status]).toEqual([action.path, 200])
    expect(meant({ path: action.path, body: heard?.body ?? {} })).toEqual(meant(action))
  }

  it.each(shown.map((route, n) => [route.path, route, n] as const))(
    '%s is done by what is shown',
    async (path, route, n) => {
      const apiKey = `seam_test_command_${n}`
      const client = emulator.as(apiKey)
      const body = await prepared(route, emulator.endpoint, client.call)
      await check({ path, body }, apiKey)
    },
  )

  it.each(more.map((action, n) => [JSON.stringify(action), action, n] as const))(
    '%s is done by what is shown',
    async (_name, action, n) => {
      const apiKey = `seam_test_other_command_${n}`
      await emulator.as(apiKey).call('/access_codes/create', stay)
      await check(action, apiKey)
    },
  )

  it('is as short as the program allows', () => {
    const target = { endpoint: 'http://localhost:3020', apiKey: 'seam_test_default' }
    const lineOf = (path: string, body: Action['body']) => commandLine({ path, body }, target)
    expect(lineOf('/_emulator/bridges/unplug', { bridge_id: 'b1' })).toBe(
      'npx seam-emulator bridge unplug b1',
    )
    expect(
      lineOf('/_emulator/faults/create', {
        on: 'http',
        effect: { kind: 'status', status: 503 },
        times: 2,
      }),
    ).toBe('npx seam-emulator fault create http status status=503 --times 2')
    expect(lineOf('/access_codes/create', { code: '4821' })).toBe(
      `npx seam-emulator call /access_codes/create 'code="4821"'`,
    )
    expect(
      commandLine(
        { path: '/_emulator/clock/stop', body: {} },
        { endpoint: 'http://localhost:4000', apiKey: 'seam_test_me' },
      ),
    ).toBe('npx seam-emulator clock stop --url http://localhost:4000 --workspace me')
  })

  it.each(hostile.map((name, n) => [JSON.stringify(name).slice(0, 40), name, n] as const))(
    'takes the name %s as it is',
    async (_shown, name, n) => {
      const apiKey = `seam_test_hostile_${n}`
      await check(
        { path: '/_emulator/locks/create', body: { model: 'yale', name: `x${name}` } },
        apiKey,
      )
      // Other names have to be shorter, and Seam's must not be empty.
      if (name.length > 100) return
      await check({ path: '/_emulator/snapshots/create', body: { name: `${name}x` } }, apiKey)
      const body = { device_id: FRONT_DOOR, name: name === '' ? 'x' : name }
      await check({ path: '/access_codes/create', body }, apiKey)
    },
  )
})

describe('as a curl line', () => {
  it.each(hostile.map((name, n) => [JSON.stringify(name).slice(0, 40), name, n] as const))(
    'carries the name %s as it is',
    async (_shown, name) => {
      const target = { endpoint: overhearing.url, apiKey: 'seam_test_curl' }
      const action = { path: '/_emulator/locks/create', body: { model: 'yale', name: `x${name}` } }
      overhearing.heard.length = 0
      await run('sh', ['-c', `${curlLine(action, target)} -s`])
      expect(overhearing.heard).toEqual([{ ...action, status: 200 }])
    },
  )

  it('shows every character that it holds', () => {
    const target = { endpoint: 'http://localhost:3020', apiKey: 'seam_test_default' }
    for (const name of hostile) {
      for (const line of [
        curlLine({ path: '/x', body: { name } }, target),
        commandLine({ path: '/x', body: { name } }, target),
        libraryLine({ path: '/x', body: { name } }),
      ]) {
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u)
      }
    }
  })
})

describe('as a line of the library', () => {
  /** What the line asks of a client, whose transport only writes down. */
  const asked = async (line: string): Promise<Action[]> => {
    const calls: Action[] = []
    const noAnswer = new Error('asked')
    const client = createControlClient(
      { endpoint: 'http://localhost:3020', apiKey: 'seam_test_default' },
      {
        call: (path, body) => {
          calls.push({ path, body: json.parse(JSON.parse(JSON.stringify(body))) })
          return Promise.reject(noAnswer)
        },
        stream: () => Promise.reject(noAnswer),
      },
    )
    const context = createContext({ emulator: client })
    await expect(
      Promise.resolve(runInContext(`(async () => { ${line} })()`, context)),
    ).rejects.toBe(noAnswer)
    return calls
  }

  it.each(shown.map((route) => [route.path, route] as const))(
    '%s is asked for by its own method',
    async (path, route) => {
      const body = path.endsWith('/import')
        ? { snapshot: { format: 1, name: "it's" } }
        : json.parse(route.example?.() ?? {})
      const line = libraryLine({ path, body })
      expect(line).not.toContain('emulator.call(')
      const [call] = await asked(line)
      expect(call?.path).toBe(path)
      expect(call?.body).toEqual(body)
    },
  )

  it.each(more.map((action) => [JSON.stringify(action), action] as const))(
    '%s is what is asked',
    async (_name, action) => {
      expect(await asked(libraryLine(action))).toEqual([action])
    },
  )

  it('carries hostile names, and keys that mean something to the language', async () => {
    for (const name of hostile) {
      const body = {
        name,
        custom_metadata: json.parse(
          JSON.parse(`{"__proto__":{"a":1},"a b":[${JSON.stringify(name)}]}`),
        ),
      }
      const [call] = await asked(libraryLine({ path: '/x', body }))
      expect(JSON.stringify(call?.body)).toBe(JSON.stringify(body))
    }
  })

  test('runs against an emulator as it was copied', async () => {
    const target = { endpoint: emulator.endpoint, apiKey: 'seam_test_library' }
    const line = libraryLine({
      path: '/_emulator/bridges/unplug',
      body: { bridge_id: 'b0000000-0000-4000-8000-000000000001' },
    })
    const context = createContext({ connectEmulator })
    await Promise.resolve(
      runInContext(
        `(async () => { ${connectLine(target)}; ${line}; await emulator.close() })()`,
        context,
      ),
    )
    const bridges = await emulator.as(target.apiKey).bridges.list()
    expect(bridges.filter(({ online }) => !online)).toHaveLength(1)
  })
})

test('a pair of key and value is read as it was written, whatever the value', () => {
  assert(
    property(jsonValue(), (value) => {
      const sent: unknown = JSON.parse(JSON.stringify(value))
      expect(keyValue(asKeyValue('key', sent))).toEqual(['key', sent])
    }),
    { examples: hostile.map((it): [JsonValue] => [it]) },
  )
  expect(keyValue('id=12345678901234567890')[1]).toBe('12345678901234567890')
  expect(keyValue('effect={"kind":"status","status":503}')[1]).toEqual({
    kind: 'status',
    status: 503,
  })
})
