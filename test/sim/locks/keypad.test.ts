import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  judgeEntry,
  type EntryVerdict,
  type KeypadScene,
  type LockoutState,
  type OfflineCode,
} from '../../../src/sim/locks/keypad.ts'
import type { MemorySlot } from '../../../src/sim/locks/memory-bank.ts'

const calm: LockoutState = { wrong_attempts: 0, locked_until: null }
const slot = (part: Partial<MemorySlot>): MemorySlot => ({
  slot: 1,
  code: '1234',
  name: null,
  starts_at: null,
  ends_at: null,
  access_code_id: 'code-1',
  one_time: false,
  ...part,
})
const offline = (part: Partial<OfflineCode>): OfflineCode => ({
  code: '123456789',
  access_code_id: 'offline-1',
  starts_at: 100,
  ends_at: 200,
  one_time: false,
  first_used_at: null,
  must_be_used_by: null,
  ...part,
})
const scene = (part: Partial<KeypadScene> = {}): KeypadScene => ({
  slots: [slot({})],
  offline_codes: [],
  keypad: { present: true, powered: true },
  lock_powered: true,
  privacy_mode: false,
  lockout: calm,
  rules: { attempts: 3, locked_for: 60, access_denied_after: 1 },
  ...part,
})

describe('a code in memory', () => {
  test('opens, and the verdict says whose it was', () => {
    expect(judgeEntry(scene(), '1234', 0)).toEqual({
      opened: true,
      reason: null,
      reason_code: null,
      slot: 1,
      access_code_id: 'code-1',
      is_offline_code: false,
      burns: false,
      lockout: calm,
    })
  })

  test.each([
    [99, 'not_yet_valid'],
    [100, null],
    [199, null],
    [200, 'expired_code'],
    [10_000, 'expired_code'],
  ] as const)('with a window from 100 to 200, typed at %d: %s', (now, reason) => {
    const windowed = scene({ slots: [slot({ starts_at: 100, ends_at: 200 })] })
    expect(judgeEntry(windowed, '1234', now)).toMatchObject({ opened: reason === null, reason })
  })

  test('that is too early is reported as an unknown one', () => {
    const early = scene({ slots: [slot({ starts_at: 100 })] })
    expect(judgeEntry(early, '1234', 0)).toMatchObject({
      reason: 'not_yet_valid',
      reason_code: 'unknown_code',
      access_code_id: 'code-1',
    })
  })

  test('for one use says that it is used up', () => {
    expect(judgeEntry(scene({ slots: [slot({ one_time: true })] }), '1234', 0).burns).toBe(true)
  })

  test('that a person made opens without an access code of the API', () => {
    const strange = scene({ slots: [slot({ access_code_id: null })] })
    expect(judgeEntry(strange, '1234', 0)).toMatchObject({ opened: true, access_code_id: null })
  })

  test('opens only when every digit is right', () => {
    for (const code of ['123', '12345', '1235', '']) {
      expect(judgeEntry(scene(), code, 0)).toMatchObject({ opened: false, reason: 'unknown_code' })
    }
  })
})

describe('an offline code', () => {
  test('opens inside its window without a slot', () => {
    const it = scene({ slots: [], offline_codes: [offline({})] })
    expect(judgeEntry(it, '123456789', 150)).toMatchObject({
      opened: true,
      slot: null,
      is_offline_code: true,
      access_code_id: 'offline-1',
    })
    expect(judgeEntry(it, '123456789', 200).reason).toBe('expired_code')
  })

  test('that was not used in time is dead, and one that was lives on', () => {
    const late = offline({ must_be_used_by: 124 })
    const at = (it: OfflineCode, now: number) =>
      judgeEntry(scene({ offline_codes: [it] }), it.code, now).reason
    expect(at(late, 123)).toBeNull()
    expect(at(late, 124)).toBe('expired_code')
    expect(at({ ...late, first_used_at: 110 }, 150)).toBeNull()
  })

  test('for one use opens once', () => {
    const once = offline({ one_time: true, ends_at: null })
    const first = judgeEntry(scene({ offline_codes: [once] }), once.code, 150)
    expect(first).toMatchObject({ opened: true, burns: true })
    const used = scene({ offline_codes: [{ ...once, first_used_at: 150 }] })
    expect(judgeEntry(used, once.code, 151).reason).toBe('expired_code')
  })

  test('still opens when an expired code in memory has the same digits', () => {
    const both = scene({
      slots: [slot({ code: '123456789', ends_at: 50 })],
      offline_codes: [offline({})],
    })
    expect(judgeEntry(both, '123456789', 150)).toMatchObject({
      opened: true,
      is_offline_code: true,
    })
  })
})

describe('wrong codes', () => {
  /** Types the codes one after the other, a tick apart, carrying the lockout along. */
  function type(it: KeypadScene, codes: string[], from = 0): EntryVerdict[] {
    let { lockout } = it
    return codes.map((code, index) => {
      const verdict = judgeEntry({ ...it, lockout }, code, from + index)
      lockout = verdict.lockout
      return verdict
    })
  }

  test('make the keypad deaf after too many, even to the right code', () => {
    const verdicts = type(scene(), ['0', '0', '0', '1234', '0'])
    expect(verdicts.map((it) => it.reason)).toEqual([
      'unknown_code',
      'unknown_code',
      'unknown_code',
      'too_many_attempts',
      'too_many_attempts',
    ])
    expect(verdicts[3]?.reason_code).toBe('too_many_attempts')
  })

  test('typed while it is deaf do not make it deaf for longer', () => {
    const [, , last, during] = type(scene(), ['0', '0', '0', '0'])
    expect(last?.lockout.locked_until).toBe(62)
    expect(during?.lockout.locked_until).toBe(62)
  })

  test('are forgotten when the time is over', () => {
    const lockout = { wrong_attempts: 3, locked_until: 62 }
    expect(judgeEntry(scene({ lockout }), '1234', 61).reason).toBe('too_many_attempts')
    expect(judgeEntry(scene({ lockout }), '1234', 62).opened).toBe(true)
    expect(judgeEntry(scene({ lockout }), '0', 62).lockout).toEqual({
      wrong_attempts: 1,
      locked_until: null,
    })
  })

  test('are forgotten when a right one opens', () => {
    const verdicts = type(scene(), ['0', '0', '1234', '0', '0', '1234'])
    expect(verdicts.map((it) => it.opened)).toEqual([false, false, true, false, false, true])
  })

  test('are reported only from the third in a row where the brand says so', () => {
    const kwikset = scene({ rules: { attempts: 3, locked_for: 75_000, access_denied_after: 3 } })
    const verdicts = type(kwikset, ['0', '0', '0', '0'])
    expect(verdicts.map((it) => it.reason_code)).toEqual([
      null,
      null,
      'unknown_code',
      'too_many_attempts',
    ])
  })

  test('typed at a deaf keypad are reported even by a brand that is slow to tell', () => {
    const it = scene({ rules: { attempts: 1, locked_for: 60, access_denied_after: 3 } })
    expect(type(it, ['0', '0']).map(({ reason_code }) => reason_code)).toEqual([
      null,
      'too_many_attempts',
    ])
  })

  test('count when they were right once', () => {
    const expired = scene({ slots: [slot({ ends_at: 0 })] })
    expect(type(expired, ['1234', '1234', '1234', '1234']).map((it) => it.reason_code)).toEqual([
      'expired_code',
      'expired_code',
      'expired_code',
      'too_many_attempts',
    ])
  })
})

describe('a lock that cannot listen', () => {
  test.each([
    ['no_power', { lock_powered: false }],
    ['keypad_unavailable', { keypad: { present: false, powered: true } }],
    ['keypad_unavailable', { keypad: { present: true, powered: false } }],
  ] as const)('says %s, reports nothing and counts nothing', (reason, part) => {
    const verdict = judgeEntry(scene(part), '0', 0)
    expect(verdict).toMatchObject({ opened: false, reason, reason_code: null, lockout: calm })
  })

  test('in privacy mode refuses the right code by that name, and a wrong one as unknown', () => {
    const quiet = scene({ privacy_mode: true })
    expect(judgeEntry(quiet, '1234', 0)).toMatchObject({
      reason: 'blocked_by_privacy_mode',
      reason_code: 'blocked_by_privacy_mode',
      access_code_id: 'code-1',
      lockout: calm,
    })
    expect(judgeEntry(quiet, '9', 0).reason).toBe('unknown_code')
  })
})

const instant = fc.integer({ min: 0, max: 20 })
const pins = fc.constantFrom('1111', '2222', '3333')
const memory = fc.uniqueArray(
  fc.record({ code: pins, starts_at: fc.option(instant), ends_at: fc.option(instant) }),
  { selector: (it) => it.code, maxLength: 3 },
)

test('the door opens exactly when memory holds the code, its window is open and the keypad works', () => {
  fc.assert(
    fc.property(memory, pins, instant, fc.boolean(), fc.boolean(), (held, code, now, kp, power) => {
      const slots = held.map((it, index) => slot({ ...it, slot: index + 1 }))
      const it = scene({ slots, keypad: { present: kp, powered: true }, lock_powered: power })
      const should =
        kp &&
        power &&
        held.some(
          (one) =>
            one.code === code &&
            (one.starts_at === null || one.starts_at <= now) &&
            (one.ends_at === null || now < one.ends_at),
        )
      expect(judgeEntry(it, code, now).opened).toBe(should)
      expect(judgeEntry(it, code, now).reason === null).toBe(should)
    }),
  )
})
