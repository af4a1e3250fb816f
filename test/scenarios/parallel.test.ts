/** Two hundred workspaces at once on one emulator: nobody notices anybody, and nobody loses anything. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

const WORKSPACES = 200

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator({ check_responses: false })
})
afterAll(() => emulator.close())

/**
 * One test of an app, told apart from all others by its number: another PIN, other trouble, another
 * pace. Answers everything that it saw.
 */
const story = async (running: TestEmulator, api_key: string, n: number) => {
  const { clock, faults, inbox, locks } = running.as(api_key)
  const seam = sdkOf(running, api_key)
  const pin = String(4300 + n)
  await seam.webhooks.create({
    url: `${running.endpoint}/_emulator/inbox/receive/app`,
    event_types: ['access_code.created', 'access_code.set_on_device', 'access_code.deleted'],
  })
  const refusals = n % 4
  if (refusals > 0) {
    const effect = { kind: 'fail' as const, message: `refusal of ${n}` }
    await faults.create({ on: 'access_code.set', times: refusals, effect })
  }
  if (n % 3 === 0) {
    await faults.create({ on: 'webhook', times: 1, effect: { kind: 'duplicate' } })
  }
  if (n % 5 === 0) {
    const effect = { kind: 'status' as const, status: 503, retry_after: 0 }
    const match = { path: '/access_codes/get' }
    await faults.create({ on: 'http', match, times: 1, effect })
  }
  const { access_code_id } = await seam.accessCodes.create({
    device_id: FRONT_DOOR,
    code: pin,
    name: `Guest ${n}`,
  })
  await clock.advance(`${40 + n}m`)
  const set = await seam.accessCodes.get({ access_code_id })
  const lock = await locks.get({ device_id: FRONT_DOOR })
  await seam.accessCodes.delete({ access_code_id })
  await clock.advance('1h')
  const messages = await inbox.list()
  const now = await clock.get()
  const made = await faults.list()
  const events = await seam.events.list({ since: '2020-01-01T00:00:00Z' })
  return { set, lock, messages, now, faults: made, events }
}

const keyOf = (n: number): string => `seam_test_parallel_${n}`

/** Headers of deliveries carry real time and signatures of it; all else must repeat. */
const comparable = (result: Awaited<ReturnType<typeof story>>) => ({
  ...result,
  messages: result.messages.map((message) => ({ ...message, headers: null })),
})

it('two hundred workspaces at once see what each would see alone', async () => {
  const numbers = Array.from({ length: WORKSPACES }, (_, n) => n)
  const together = await Promise.all(numbers.map((n) => story(emulator, keyOf(n), n)))

  for (const [n, result] of together.entries()) {
    const workspace_id = emulator.workspaceOf(keyOf(n))
    expect(result.set).toMatchObject({ code: String(4300 + n), status: 'set' })
    expect(result.lock.memory_bank.slots.map(({ code }) => code)).toEqual([String(4300 + n)])
    expect(new Set(result.messages.map(({ body }) => body.workspace_id))).toEqual(
      new Set([workspace_id]),
    )
    expect(result.messages.every(({ is_verified }) => is_verified)).toBe(true)
    expect(result.messages.map(({ event_type }) => event_type?.split('.')[1])).toEqual([
      'created',
      ...(n % 3 === 0 ? ['created'] : []),
      'set_on_device',
      'deleted',
    ])
    expect(result.now.now).toBe(new Date(Date.UTC(2025, 0, 1) + (100 + n) * 60_000).toISOString())
    expect(result.faults.every(({ state }) => state === 'exhausted')).toBe(true)
  }

  // Alone, on an emulator of its own: every twentieth of them.
  for (const n of numbers.filter((it) => it % 20 === 0)) {
    const lonely = await startTestEmulator({ check_responses: false, port: 0 })
    try {
      const alone = await story(lonely, keyOf(n), n)
      const there = together[n]
      if (there === undefined) throw new Error(`no result of ${n}`)
      expect(comparable(alone)).toEqual(comparable(there))
      expect(JSON.stringify(comparable(alone))).toBe(JSON.stringify(comparable(there)))
    } finally {
      await lonely.close()
    }
  }
})
