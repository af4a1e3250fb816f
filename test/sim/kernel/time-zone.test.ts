import { isValidTimeZone } from '../../../src/lib/time-zone-name.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { instantOf, offsetAt, wallTimeAt } from '../../../src/sim/kernel/time-zone.ts'

const hour = 3_600_000
const wall = (year: number, month: number, day: number, hours: number, minute = 0) => ({
  year,
  month,
  day,
  hour: hours,
  minute,
  second: 0,
})

describe('a time zone name', () => {
  test.each(['America/New_York', 'Europe/Paris', 'Asia/Kolkata', 'Etc/GMT+5', 'UTC'])(
    '%s is valid',
    (name) => {
      expect(isValidTimeZone(name)).toBe(true)
    },
  )
  test.each(['EST', 'PST', 'GMT-5', '+05:00', 'Mars/Olympus', 'America/', '', 'America/New York'])(
    '"%s" is not',
    (name) => {
      expect(isValidTimeZone(name)).toBe(false)
    },
  )
})

describe('a wall clock', () => {
  test('goes by the offset of the day', () => {
    const winter = Date.UTC(2025, 0, 15, 20, 30)
    const summer = Date.UTC(2025, 6, 15, 20, 30)
    expect(wallTimeAt(winter, 'America/Los_Angeles')).toEqual(wall(2025, 1, 15, 12, 30))
    expect(wallTimeAt(summer, 'America/Los_Angeles')).toEqual(wall(2025, 7, 15, 13, 30))
    expect(offsetAt(winter, 'America/Los_Angeles')).toBe(-8 * hour)
    expect(offsetAt(summer, 'Asia/Kolkata')).toBe(5.5 * hour)
  })

  test('shows midnight as hour 0', () => {
    expect(wallTimeAt(Date.UTC(2025, 0, 1), 'UTC')).toEqual(wall(2025, 1, 1, 0))
  })

  test('that skips an hour reads a skipped time as one hour later', () => {
    // On 9 March 2025 New York goes from 01:59 to 03:00.
    const at = instantOf(wall(2025, 3, 9, 2, 30), 'America/New_York')
    expect(wallTimeAt(at, 'America/New_York')).toEqual(wall(2025, 3, 9, 3, 30))
    expect(at).toBe(Date.UTC(2025, 2, 9, 7, 30))
  })

  test('that repeats an hour means the first time round', () => {
    // On 2 November 2025 New York shows 01:30 at 05:30 and at 06:30 UTC.
    const at = instantOf(wall(2025, 11, 2, 1, 30), 'America/New_York')
    expect(at).toBe(Date.UTC(2025, 10, 2, 5, 30))
  })

  test('takes a day past the end of the month as one of the next', () => {
    expect(instantOf(wall(2025, 1, 32, 9), 'UTC')).toBe(Date.UTC(2025, 1, 1, 9))
  })

  test('comes back to the same time from any instant', () => {
    const zones = fc.constantFrom(
      'UTC',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    )
    const seconds = fc.integer({
      min: Date.UTC(1990, 0, 1) / 1_000,
      max: Date.UTC(2060, 0, 1) / 1_000,
    })
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const instant = second * 1_000
        const shown = wallTimeAt(instant, zone)
        const back = instantOf(shown, zone)
        expect(wallTimeAt(back, zone)).toEqual(shown)
        expect(back).toBeLessThanOrEqual(instant)
      }),
    )
  })
})
