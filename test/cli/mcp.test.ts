/** A coding agent finds, reproduces and writes down mistakes, in a dozen calls each. */
import { PassThrough } from 'node:stream'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTools } from '../../src/cli/mcp/tools.ts'
import { serveTools } from '../../src/cli/mcp/protocol.ts'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'

const FRONT_DOOR = 'd0000000-0000-4000-8000-000000000001'
const BRIDGE = 'b0000000-0000-4000-8000-000000000001'

const answer = z.looseObject({
  id: z.number().nullable(),
  result: z
    .looseObject({
      content: z.array(z.object({ type: z.literal('text'), text: z.string() })).optional(),
      isError: z.boolean().optional(),
      tools: z.array(z.looseObject({ name: z.string() })).optional(),
      serverInfo: z.looseObject({ name: z.string() }).optional(),
    })
    .optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
})

let emulator: Emulator
let input: PassThrough
let served: Promise<void>
let lines: AsyncIterator<string>
let id = 0

beforeEach(async () => {
  emulator = await createEmulator()
  input = new PassThrough()
  const output = new PassThrough()
  lines = createInterface({ input: output })[Symbol.asyncIterator]()
  served = serveTools(createTools(emulator), 'Be careful.', input, output)
})
afterEach(async () => {
  input.end()
  await served
  await emulator.close()
})

const next = async () => answer.parse(JSON.parse(z.string().parse((await lines.next()).value)))

const ask = (method: string, params: object = {}) => {
  input.write(`${JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params })}\n`)
  return next()
}

let calls = 0
const use = async (name: string, given: object = {}): Promise<string> => {
  calls += 1
  const { result } = await ask('tools/call', { name, arguments: given })
  const text = result?.content?.[0]?.text ?? ''
  expect(text.length).toBeLessThanOrEqual(2_000)
  expect(result?.isError, text).toBeUndefined()
  return text
}

/** A booking of one night, a day ahead. */
const book = (code: string, more: object = {}) =>
  use('do', {
    path: '/access_codes/create',
    params: {
      device_id: FRONT_DOOR,
      name: 'Ada',
      code,
      starts_at: '2025-01-02T15:00:00Z',
      ends_at: '2025-01-03T10:00:00Z',
      ...more,
    },
  })

describe('the protocol', () => {
  test('greets, lists nine tools with their arguments, and answers what is wrong', async () => {
    const hello = await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {} })
    expect(hello.result?.serverInfo?.name).toBe('seam-emulator')
    const { result } = await ask('tools/list')
    expect(result?.tools?.map(({ name }) => name)).toEqual([
      'world',
      'do',
      'leap',
      'explain',
      'traffic',
      'door',
      'fault',
      'doctor',
      'test_from_history',
    ])
    expect((await ask('resources/list')).error?.code).toBe(-32601)
    expect((await ask('tools/call', { name: 'nothing' })).error?.code).toBe(-32602)
    input.write('no json\n')
    expect((await next()).error?.code).toBe(-32600)
    const refused = await ask('tools/call', { name: 'door', arguments: { device_id: FRONT_DOOR } })
    expect(refused.result?.isError).toBe(true)
    expect(refused.result?.content?.[0]?.text).toContain('code')
  })
})

describe('in twelve calls at most an agent finds, reproduces and writes a failing test', () => {
  beforeEach(() => {
    calls = 0
  })

  test('of a bridge that was away', async () => {
    expect(await use('world')).toContain('Front Door')
    await use('fault', { unplug_bridge: BRIDGE })
    await book('4821')
    await use('leap', { to: '2025-01-02T16:00:00Z' })
    expect(await use('door', { device_id: FRONT_DOOR, code: '4821' })).toContain('stayed shut')
    expect(await use('explain', { id: 'Ada' })).toMatch(/offline|bridge|link/i)
    const written = await use('test_from_history', { name: 'a guest behind a bridge gets in' })
    expect(written).toContain('bridges.unplug')
    expect(written).toMatch(/enterCode\(.*\)\)\.toMatchObject\(\{ opened: true \}\)/)
    expect(calls).toBeLessThanOrEqual(12)
  })

  test('of a code that the lock refused', async () => {
    await use('fault', {
      fault: { on: 'access_code.set', match: { device_id: FRONT_DOOR }, effect: { kind: 'fail' } },
    })
    await book('4821')
    await use('leap', { by: '40h' })
    expect(await use('door', { device_id: FRONT_DOOR, code: '4821' })).toContain('stayed shut')
    expect(await use('world')).toMatch(/disagree in 1/)
    expect(await use('test_from_history', { name: 'a refused code' })).toContain('faults.create')
    expect(calls).toBeLessThanOrEqual(12)
  })

  test('of a booking that ends too early', async () => {
    await book('4821', { ends_at: '2025-01-02T18:00:00Z' })
    await use('leap', { to: '2025-01-02T20:00:00Z' })
    expect(await use('door', { device_id: FRONT_DOOR, code: '4821' })).toContain('stayed shut')
    expect(await use('traffic')).toContain('calls')
    expect(await use('test_from_history', { name: 'the evening' })).toContain('clock.advance')
    expect(calls).toBeLessThanOrEqual(12)
  })
})
