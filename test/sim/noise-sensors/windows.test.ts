import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  hoursOf,
  isOpenAt,
  liesInside,
  nextWindowEdge,
  parseDailyTime,
} from '../../../src/sim/noise-sensors/windows.ts'

const minute = 60_000
const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Australia/Lord_Howe', 'UTC']

const second = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((it) => it * 60)
const window = fc.record({ start: second, end: second, zone: fc.constantFrom(...zones) })
/** Nights in which clocks change are likely. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2025, 2, 8) / minute, max: Date.UTC(2025, 3, 7) / minute }),
  fc.integer({ min: Date.UTC(2025, 9, 4) / minute, max: Date.UTC(2025, 10, 4) / minute }),
)

test('the next edge is the first minute at which the window is otherwise, in every zone', () => {
  fc.assert(
    fc.property(window, instant, (it, from) => {
      const at = from * minute
      const edge = nextWindowEdge(it, at)
      if (it.start === it.end) {
        expect(edge).toBeNull()
        return
      }
      const isOpen = isOpenAt(it, at)
      let expected = at
      do expected += minute
      while (isOpenAt(it, expected) === isOpen)
      expect(edge).toBe(expected)
    }),
    { numRuns: 60 },
  )
})

describe('a time of day', () => {
  test.each([
    ['22:00:00', { seconds: 79_200, zone: null }],
    ['07:30:15[Europe/Berlin]', { seconds: 27_015, zone: 'Europe/Berlin' }],
    ['00:00:00.000', { seconds: 0, zone: null }],
  ])('%s', (text, expected) => {
    expect(parseDailyTime(text)).toEqual(expected)
  })

  test.each(['24:00:00', '22:00', '2025-01-01T22:00:00Z', '22:00:00[Mars/Base]', '', '22:00:00Z'])(
    '%s is none',
    (text) => {
      expect(parseDailyTime(text)).toBeNull()
    },
  )
})

const hours = (start: number, end: number) => ({
  start: start * 3_600,
  end: end * 3_600,
  zone: 'UTC',
})

test.each([
  [22, 7, 0, 24, true],
  [22, 7, 21, 8, true],
  [22, 7, 22, 7, true],
  [21, 7, 22, 7, false],
  [8, 9, 22, 7, false],
  [7, 22, 22, 7, false],
])('%d to %d lies inside %d to %d: %s', (start, end, from, until, expected) => {
  expect(liesInside(hours(start, end), hours(from, until))).toBe(expected)
})

test('a window touches the hours that it has a part of', () => {
  expect([...hoursOf({ start: 81_000, end: 3_600, zone: 'UTC' })]).toEqual([22, 23, 0])
  expect(hoursOf({ start: 0, end: 86_400, zone: 'UTC' }).size).toBe(24)
})
