import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BEGIN_OF_TIME, END_OF_TIME, toIso } from '../../src/lib/instant.ts'
import { parseClockSetting } from '../../src/lib/clock-setting.ts'
import { parseInstant, readInstant } from '../../src/lib/parse-instant.ts'

describe('an instant', () => {
  test.each([
    ['3001-01-01', Date.UTC(3001, 0, 1)],
    ['2025-01-01T16:00:00Z', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01 16:00+02', Date.UTC(2025, 0, 1, 14)],
    ['2025-01-01T16:00:00.1234-0530', Date.UTC(2025, 0, 1, 21, 30, 0, 123)],
    ['2025-01-01t16:00:00,5z', Date.UTC(2025, 0, 1, 16, 0, 0, 500)],
    ['2025-01-01 16:00:00 +0530', Date.UTC(2025, 0, 1, 10, 30)],
    ['2025-01-01 16:00:00 -0800', Date.UTC(2025, 0, 2)],
    ['2025-01-01 16:00:00 UTC', Date.UTC(2025, 0, 1, 16)],
    ['0050-06-01T00:00:00+00:00', Date.parse('0050-06-01T00:00:00.000Z')],
    ['0000-01-01T00:00:00Z', BEGIN_OF_TIME],
    ['9999-12-31T23:59:59.999Z', END_OF_TIME],
  ])('%s is read', (text, ms) => {
    expect(parseInstant(text)).toBe(ms)
  })

  test.each([
    '2025-02-30',
    '2025-13-01',
    '2025-01-01T24:00:00Z',
    '2025-01-01T00:00:00+24:00',
    '2025-01-01 16:00:00 CET',
    '2025-01-01 +0100',
    'soon',
    '',
  ])('%j is none', (text) => {
    expect(readInstant(text)).toEqual({ problem: 'shape' })
  })

  test('is refused where another machine would read another one', () => {
    expect(readInstant('2025-01-01T16:00:00')).toEqual({ problem: 'no_offset' })
  })

  test.each([
    '9999-12-31T23:59:59-12:00',
    '9999-12-31T23:59:59.999-00:01',
    '0000-01-01T00:00:00+00:01',
  ])('%s is beyond what UTC writes with four digits', (text) => {
    expect(readInstant(text)).toEqual({ problem: 'out_of_range' })
  })

  test('that is read can be written, whatever the text', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'))
    const text = fc
      .tuple(fc.integer({ min: 0, max: 9_999 }), part(13), part(32), part(24), part(60), part(25))
      .map(([year, month, day, hour, minute, offset]) => {
        const date = `${String(year).padStart(4, '0')}-${month}-${day}`
        return `${date}T${hour}:${minute}:00${year % 2 === 0 ? '+' : '-'}${offset}:30`
      })
    fc.assert(
      fc.property(text, (it) => {
        const read = parseInstant(it)
        const known = Date.parse(it)
        if (read === undefined) return
        expect(read).toBe(known)
        expect(toIso(read)).toMatch(/^\d{4}-/)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('a clock begins at instants that can be written only', () => {
  expect(parseClockSetting('frozen@2025-01-01')).toEqual({
    mode: 'frozen',
    at: Date.UTC(2025, 0, 1),
  })
  expect(() => parseClockSetting('frozen@2025-01-01T12:00')).toThrow('add Z')
  expect(() => parseClockSetting('frozen@9999-12-31T23:59:59-12:00')).toThrow('0000 to 9999')
})
