/** Marks on a row of the timeline, and what somebody types to leap. */
import { describe, expect, test } from 'vitest'
import { instantTyped } from '../../src/console/clock/typed.ts'
import { marksOf } from '../../src/console/timeline/marks.ts'
import type { ChronicleEntry } from '../../src/contract/chronicle.ts'
import type { CodeTimeline } from '../../src/contract/timeline.ts'
import { T0, day, hour, iso, minute } from '../support/place.ts'

const code: CodeTimeline = {
  access_code_id: 'ada',
  device_id: 'front',
  name: 'Ada',
  code: '4821',
  is_managed: true,
  is_gone: false,
  declared: [],
  held: [{ from: iso(T0 + 3), to: null, slot: 1, code: '4821' }],
  on_lock: [],
  status: [],
  locked_out: [],
  overstay: [],
}

const entry = (at: number, more: Partial<ChronicleEntry>): ChronicleEntry => ({
  seq: at,
  at: iso(T0 + at),
  kind: 'keypad_entry',
  device_id: 'front',
  access_code_id: null,
  ...more,
})

test('marks are of the code, in the order in which they came', () => {
  const chronicle = [
    entry(5, { code: '4821', opened: true, access_code_id: 'ada' }),
    entry(4, { code: '4821', opened: false }),
    entry(4, { code: '0000', opened: false }),
    entry(2, { kind: 'command_answered', access_code_id: 'ada', command: 'set', outcome: 'lost' }),
    entry(2, { kind: 'command_answered', access_code_id: 'bob', command: 'set', outcome: 'lost' }),
  ]
  const heard = ['ada', 'bob'].map((access_code_id) => ({
    kind: 'command_sent' as const,
    at: iso(T0 + 1),
    device_id: 'front',
    access_code_id,
  }))
  expect(marksOf(code, chronicle, heard)).toEqual([
    { at: T0 + 1, look: 'sent', words: [] },
    { at: T0 + 2, look: 'failed', words: ['set', 'lost'] },
    { at: T0 + 3, look: 'answered', words: [] },
    { at: T0 + 4, look: 'refused', words: ['4821'] },
    { at: T0 + 5, look: 'opened', words: ['4821'] },
  ])
})

describe('what is typed to leap', () => {
  test.each([
    ['72h', 72 * hour],
    ['+30m', 30 * minute],
    ['1d 12h', 36 * hour],
    ['1.5 h', 90 * minute],
    ['2 w', 14 * day],
    ['2025-01-03T00:00:00Z', 2 * day],
    ['2024-12-31T00:00:00Z', -day],
  ])('%s is so far away', (text, away) => {
    expect(instantTyped(text, T0)).toBe(T0 + away)
  })

  test('a time of day is the next one, and a day is its beginning where the browser is', () => {
    const at = instantTyped('15:00', T0) ?? 0
    expect(new Date(at).getHours()).toBe(15)
    expect(at).toBeGreaterThan(T0)
    expect(at).toBeLessThanOrEqual(T0 + day)
    expect(instantTyped('2025-03-04', T0)).toBe(new Date(2025, 2, 4).getTime())
  })

  test.each(['', 'soon', '5 parsecs', '25:00', '2025-99-99', '12'])('%j is nothing', (text) => {
    expect(instantTyped(text, T0)).toBeNull()
  })
})
