/** Test suites replace the globals that tell and keep time; an emulator in their process goes on. */
import { SeamHttp } from '@seamapi/http/connect'
import { afterEach, expect, test, vi } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { FRONT_DOOR } from '../support/emulator.ts'
import { startReceiver } from '../support/receiver.ts'

/**
 * Whatever of time a test suite may have replaced, one by one. Without `process.nextTick` Node itself
 * serves nothing, and without `queueMicrotask` its `fetch` never ends.
 */
const globals = [
  'Date',
  'hrtime',
  'performance',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const

afterEach(() => {
  vi.useRealTimers()
})

/** A lock is programmed and tells of it, on both kinds of clock. */
const story = async (): Promise<void> => {
  await using emulator = await createEmulator({ log: 'silent' })
  const receiver = await startReceiver()
  const seam = SeamHttp.fromApiKey(emulator.apiKey, { endpoint: emulator.endpoint })
  const { secret = '' } = await seam.webhooks.create({ url: receiver.url })
  const { access_code_id } = await seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4711' })
  await emulator.clock.advance('1h')
  expect((await seam.accessCodes.get({ access_code_id })).status).toBe('set')
  expect(receiver.types()).toContain('access_code.set_on_device')
  receiver.verifyAll(secret)
  await emulator.clock.resume(1_000_000)
  await seam.accessCodes.delete({ access_code_id })
  await emulator.waitUntil({ access_code_id, status: 'deleted', timeout: '3d' })
  await receiver.close()
}

test.each(globals)('an emulator works where %s is a fake', async (name) => {
  vi.useFakeTimers({ toFake: [name] })
  await story()
})

test('an emulator works where queueMicrotask is a fake', async () => {
  vi.useFakeTimers({ toFake: ['queueMicrotask'] })
  await using emulator = await createEmulator({ log: 'silent' })
  expect((await emulator.clock.advance('72h')).clock.now).toBe('2025-01-04T00:00:00.000Z')
})

test('an emulator works under fake timers as vitest makes them', async () => {
  vi.useFakeTimers()
  await story()
})

test('an emulator that was there before the fakes goes on under them', async () => {
  await using emulator = await createEmulator({ log: 'silent', clock: { mode: 'realtime' } })
  const seam = SeamHttp.fromApiKey(emulator.apiKey, { endpoint: emulator.endpoint })
  const begun = (await emulator.clock.get()).now
  vi.useFakeTimers({ now: Date.UTC(2031, 0, 1) })
  await seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4711' })
  const { now } = await emulator.clock.get()
  // The wall clock that the emulator knows is the machine's.
  expect(Date.parse(now) - Date.parse(begun)).toBeLessThan(60_000)
  await emulator.clock.freeze()
  await emulator.clock.advance('1h')
})
