import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { duration, formatDuration, parseDuration } from '../../src/lib/duration.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe('a duration', () => {
  test.each([
    ['72h', 72 * hour],
    ['3d 12h', 3 * day + 12 * hour],
    ['3d12h', 3 * day + 12 * hour],
    ['90s', 90 * second],
    ['1.5h', 90 * minute],
    ['250ms', 250],
    ['1m 1ms', minute + 1],
    ['2W', 14 * day],
    [' 10m ', 10 * minute],
    ['PT72H', 72 * hour],
    ['P3DT12H', 3 * day + 12 * hour],
    ['P1W', 7 * day],
    ['PT0.5S', 500],
    ['pt1m', minute],
    ['86400000', day],
    ['3 days', 3 * day],
    ['1 week', 7 * day],
    ['2 Hours and 5 min', 2 * hour + 5 * minute],
    ['1 day, 2 hrs, 30 seconds', day + 2 * hour + 30 * second],
    ['90 secs', 90 * second],
    ['250 milliseconds', 250],
    [1500, 1500],
    [0, 0],
    ['0s', 0],
  ])('%j is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  test.each([
    '',
    'soon',
    '72',
    '-1h',
    '1y',
    'P1Y',
    'P',
    'PT',
    '10 m',
    'h',
    '1h and',
    '3 months',
    '1 year',
    'days',
    '3 daysx',
    '1 day '.repeat(100),
    -1,
    NaN,
    Infinity,
  ])('%j is refused unless it is plain milliseconds', (text) => {
    expect(parseDuration(text)).toBe(text === '72' ? 72 : undefined)
  })

  test('is read back as it is written', () => {
    assert(
      property(integer({ min: 0, max: 400 * day }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
    expect(formatDuration(90 * minute)).toBe('1h 30m')
    expect(formatDuration(0)).toBe('0s')
  })

  test('in a body becomes milliseconds, and a wrong one says what to write', () => {
    expect(duration().parse('40m')).toBe(40 * minute)
    const wrong = duration().safeParse('soon')
    expect(wrong.error?.issues[0]?.message).toContain('"soon" is no duration: give "72h"')
  })
})
