/** What was clicked, as a vitest file: vitest itself runs what was written. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { testOf } from '../../src/as-code/recording.ts'
import type { Deed } from '../../src/as-code/deeds.ts'
import { isEmulatorError } from '../../src/client/transport.ts'
import { FRONT_DOOR, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'
import { openRecordedTests } from '../support/run-recorded.ts'
import type { RecordedTests } from '../support/run-recorded.ts'

const BRIDGE = 'b0000000-0000-4000-8000-000000000001'

let emulator: TestEmulator
let recorded: RecordedTests
beforeAll(async () => {
  emulator = await startTestEmulator()
  recorded = await openRecordedTests()
})
afterAll(async () => {
  await emulator.close()
  await recorded.remove()
})

/** Does things as the console does them, and keeps what was done. */
const recorder = (apiKey: string) => {
  const client = emulator.as(apiKey)
  const deeds: Deed[] = []
  const act = async (
    path: string,
    body: Record<string, unknown> = {},
    says?: string,
  ): Promise<Record<string, unknown>> => {
    const { now } = await client.clock.get()
    const deed = { path, body, at: now, ...(says !== undefined && { says }) }
    try {
      const answer = await client.call(path, body)
      deeds.push({ ...deed, answer })
      return answer
    } catch (error) {
      if (!isEmulatorError(error)) throw error
      deeds.push({ ...deed, answer: null, refused: error.type })
      return {}
    }
  }
  return { client, deeds, act }
}

const evening = async (apiKey: string): Promise<Deed[]> => {
  const { deeds, act } = recorder(apiKey)
  const stay = {
    device_id: FRONT_DOOR,
    starts_at: '2025-01-02T15:00:00Z',
    ends_at: '2025-01-03T10:00:00Z',
  }
  const made = await act('/access_codes/create', {
    ...stay,
    name: "O'Brien's \u202E'); process.exit(0); ('",
  })
  const { code, access_code_id } = z
    .object({ access_code: z.object({ code: z.string(), access_code_id: z.string() }) })
    .parse(made).access_code
  await act(
    '/_emulator/locks/enter_code',
    { device_id: FRONT_DOOR, code },
    'too early\nfor the guest',
  )
  await act('/_emulator/bridges/unplug', { bridge_id: BRIDGE })
  await act('/_emulator/clock/advance', { to_next: 'check_in' })
  await act('/_emulator/locks/enter_code', { device_id: FRONT_DOOR, code })
  await act('/_emulator/disagreements')
  await act('/_emulator/bridges/plug', { bridge_id: BRIDGE })
  await act('/_emulator/clock/advance', { by: '1h' })
  await act('/_emulator/locks/enter_code', { device_id: FRONT_DOOR, code })
  await act('/_emulator/access_codes/explain', { access_code_id })
  await act('/_emulator/locks/get', { device_id: 'no such device' })
  await act('/_emulator/locks/jam', { device_id: 'no such device' })
  await act('/access_codes/delete', { access_code_id })
  await act('/_emulator/disagreements')
  return deeds
}

test('a recording of a fresh world runs as it was written', async () => {
  const deeds = await evening('seam_test_default')
  const name = "a guest of O'Brien's\n*/ gets in"
  const text = testOf({
    name,
    beginning: { fixture: 'default', at: '2025-01-01T00:00:00.000Z' },
    deeds,
  })
  expect(text.match(/toMatchObject\(\{ opened: false, reason/g)).toHaveLength(2)
  expect(text).toContain('// too early\\nfor the guest')
  expect(text).toContain('emulator.bridges.unplug(')
  expect(text).toContain("{ to: '2025-01-02T15:00:00.000Z' }")
  expect(text).toContain("rejects.toMatchObject({ type: 'invalid_input' })")
  expect(text).toContain("kind: 'locked_out'")
  expect(text).not.toContain('explain')
  expect(await recorded.outcomeOf('fresh', text)).toMatch(/Tests\s+1 passed/)
  // It would notice if a door answered otherwise.
  const other = text.replace('opened: true', 'opened: false')
  expect(await recorded.outcomeOf('other', other)).toMatch(/Tests\s+1 failed/)
})

test('a recording of a world as it was goes on from a file', async () => {
  const apiKey = 'seam_test_lived_in'
  const { client, deeds, act } = recorder(apiKey)
  const { access_code } = z.object({ access_code: z.object({ access_code_id: z.string() }) }).parse(
    await client.call('/access_codes/create', {
      device_id: FRONT_DOOR,
      code: '4821',
      starts_at: '2025-01-02T15:00:00Z',
      ends_at: '2025-01-03T10:00:00Z',
    }),
  )
  await client.clock.advance('1d 20h')
  const snapshot = await client.snapshots.export()
  const at = (await client.clock.get()).now
  await act('/_emulator/locks/enter_code', { device_id: FRONT_DOOR, code: '4821' })
  await act('/_emulator/manufacturer_app/delete_code', {
    device_id: FRONT_DOOR,
    ...access_code,
    slot: undefined,
    access_code_id: access_code.access_code_id,
  })
  await act('/_emulator/locks/enter_code', { device_id: FRONT_DOOR, code: '4821' })
  // Somebody else moved the clock meanwhile.
  await client.clock.advance('10m')
  await act('/_emulator/disagreements')
  await recorded.write('lived in.world.json', JSON.stringify(snapshot))
  const text = testOf({
    name: 'a code that the manufacturer took away',
    beginning: { world_file: 'lived in.world.json', at },
    deeds,
  })
  expect(text).toContain("advance({ to: '2025-01-02T20:10:00.000Z' })")
  expect(await recorded.outcomeOf('lived', text)).toMatch(/Tests\s+1 passed/)
})
