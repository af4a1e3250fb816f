/** What the console makes of a door: its words, what it offers, and trouble that is aimed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from '../../src/console/code/compare.ts'
import { doorSentence } from '../../src/console/model/door-words.ts'
import { lengthText, lockCan } from '../../src/console/model/lock-can.ts'
import { fromField, toField } from '../../src/console/model/local-time.ts'
import { callFor, palette } from '../../src/console/model/palette.ts'
import type { Aim, Trouble } from '../../src/console/model/palette.ts'
import type { Lock } from '../../src/console/model/types.ts'
import { faultInput } from '../../src/contract/faults.ts'
import { refusals } from '../../src/contract/locks.ts'
import { FRONT_DOOR, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

const slot = {
  slot: 2,
  code: '4821',
  name: 'Ada',
  starts_at: '2025-01-02T15:00:00.000Z',
  ends_at: '2025-01-05T11:00:00.000Z',
  access_code_id: 'c1',
}
const facts = {
  code: '4821',
  slots: [slot],
  now: Date.parse('2025-01-02T14:58:00Z'),
  deafUntil: '2025-01-02T15:05:00.000Z',
  write: (at: number) => new Date(at).toISOString().slice(11, 16),
}

test('the door says who comes in, and in which slot the code stands', () => {
  expect(doorSentence({ opened: true, reason: null }, facts)).toBe('Opens: Ada’s code, slot 2.')
  expect(doorSentence({ opened: true, reason: null }, { ...facts, slots: [] })).toBe('Opens.')
})

test('there is a sentence for each reason of a refusal, and no two are alike', () => {
  const said = refusals.map((reason) => doorSentence({ opened: false, reason }, facts))
  expect(new Set(said).size).toBe(refusals.length)
  expect(said).toContain('Refused: valid from 15:00, it is 14:58 at the lock.')
  expect(said).toContain('Refused: too many wrong codes, the keypad is deaf until 15:05.')
  expect(said).toContain('Refused: the lock does not hold 4821.')
})

test.each([
  [[4, 5, 6, 7, 8], '4 to 8 digits'],
  [[6], '6 digits'],
  [[4, 6], '4 or 6 digits'],
  [[], ''],
])('the lengths %j are said as %s', (lengths, said) => {
  expect(lengthText(lengths)).toBe(said)
})

test('an instant goes into a field and comes out the same, to the minute', () => {
  const at = Date.parse('2025-03-30T01:30:00Z')
  expect(fromField(toField(at))).toBe('2025-03-30T01:30:00.000Z')
  expect(fromField('')).toBeNull()
})

describe('trouble', () => {
  const all = palette.flatMap(({ troubles }) => troubles)
  const limits = { times: 2, until: '2025-01-03T00:00:00.000Z' }
  const now = '2025-01-02T00:00:00.000Z'
  let emulator: TestEmulator
  let lock: Lock
  beforeAll(async () => {
    emulator = await startTestEmulator()
    const { locks = [] } = await emulator.as('seam_test_default').world({ parts: ['locks'] })
    const [first] = locks.filter(({ device_id }) => device_id === FRONT_DOOR)
    if (first === undefined) throw new Error('The default world has no front door')
    lock = first
  })
  afterAll(() => emulator.close())

  const aimAt = (kind: Aim['kind']): Aim => {
    if (kind === 'world') return { kind }
    return kind === 'door' ? { kind, lock } : { kind, access_code_id: 'c1', lock }
  }
  const bodyOf = (trouble: Trouble, kind: Aim['kind']) => callFor(trouble, aimAt(kind), limits, now)

  test.each(all.map((trouble) => [trouble.name, trouble] as const))(
    '%s is a fault that the emulator takes, wherever it is aimed',
    (_name, trouble) => {
      for (const aim of ['world', 'door', 'code'] as const) {
        const call = bodyOf(trouble, aim)
        if (trouble.fault === null) {
          expect(call?.path ?? null).toBe(aim === 'world' ? null : '/_emulator/locks/set_battery')
          continue
        }
        const { effect, on } = faultInput().parse(call?.body)
        expect([on, effect.kind]).toEqual([trouble.fault.on, trouble.fault.effect.kind])
        expect(call?.body['match']).toEqual(
          aim === 'world'
            ? undefined
            : aim === 'code' && on !== 'device.link'
              ? { access_code_id: 'c1' }
              : { device_id: FRONT_DOOR },
        )
        expect(call?.body).toMatchObject({ times: 2, between: [now, limits.until] })
      }
    },
  )
})

test('what the lock holds otherwise than declared is marked, its name apart', () => {
  const declared = {
    name: 'Ada',
    code: '4821',
    starts_at: '2025-01-02T15:00:00.000Z',
    ends_at: '2025-01-05T11:00:00Z',
    is_managed: true,
    deletion_requested_at: null,
  }
  const on_lock = { ...slot, name: 'ada', code: '1111', written_at: '2025-01-01T00:00:00Z' }
  const told = {
    access_code_id: 'c1',
    status: 'set' as const,
    summary: [],
    declared,
    on_lock,
    last_attempt: null,
    waits_for: null,
    faults: [],
  }
  const differing = rowsOf(told, declared).filter(({ differs }) => differs)
  expect(differing.map(({ field }) => field)).toEqual(['code'])
  expect(rowsOf({ ...told, on_lock: null }, null).some(({ differs }) => differs)).toBe(false)
})

test('nothing is offered that a lock cannot do, nor before its model is known', async () => {
  const emulator = await startTestEmulator()
  try {
    const client = emulator.as('seam_test_default')
    const models = await client.lockModels.list()
    const { device_id } = await client.locks.create({ model: 'dormakaba_oracode' })
    const { locks = [] } = await client.world({ parts: ['locks'] })
    for (const lock of locks) {
      const model = models.find((it) => it.model === lock.model) ?? null
      const can = lockCan(lock, model)
      expect(can.changeKeypadBattery).toBe(lock.keypad_battery !== null)
      expect(can.takeKeypadOff).toBe(model?.keypad === 'accessory')
      expect(can.holdCodes).toBe(lock.device_id !== device_id)
      expect(lockCan(lock, null)).toMatchObject({ takeKeypadOff: false, haveStays: false })
    }
  } finally {
    await emulator.close()
  }
})
