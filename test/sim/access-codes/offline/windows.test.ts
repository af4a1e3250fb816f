import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  offlineLimitProblem,
  resolveOfflineWindow,
  type MaxTimeRounding,
  type OfflineRequest,
} from '../../../../src/sim/access-codes/offline/windows.ts'
import { offlineTimeFrameOptions } from '../../../../src/sim/access-codes/offline/time-frame-options.ts'
import { dormakaba_oracode } from '../../../../src/sim/locks/models/dormakaba_oracode.ts'
import { igloohome } from '../../../../src/sim/locks/models/igloohome.ts'
import { lockly } from '../../../../src/sim/locks/models/lockly.ts'
import type { OfflineCodes } from '../../../../src/sim/locks/profile.ts'
import { closed, problems, properties } from '../../openapi-device.ts'

const hour = 3_600_000
const day = 24 * hour
const igloo: OfflineCodes = igloohome.offline_codes
const oracode: OfflineCodes = dormakaba_oracode.offline_codes

/** `2025-05-01T16:00Z` and the like as an instant. */
const at = (iso: string) => Date.parse(iso)

function ask(
  rules: OfflineCodes,
  starts: string | null,
  ends: string | null,
  rest: Partial<OfflineRequest> = {},
): string {
  const result = resolveOfflineWindow(rules, {
    starts_at: starts === null ? null : at(starts),
    ends_at: ends === null ? null : at(ends),
    is_one_time_use: false,
    time_zone: null,
    ...rest,
  })
  if (!result.ok) return `refused: ${result.message}`
  const { kind, starts_at, ends_at, time_slot_name } = result.window
  const iso = (instant: number) => `${new Date(instant).toISOString().slice(0, 16)}Z`
  return [time_slot_name ?? kind, iso(starts_at), iso(ends_at)].join(' ')
}

describe('an igloohome offline code', () => {
  test.each<[string, string, string, MaxTimeRounding, string]>([
    [
      'of whole hours is taken as it is',
      '2025-05-01T16:00Z',
      '2025-05-03T10:00Z',
      '1hour',
      'hourly 2025-05-01T16:00Z 2025-05-03T10:00Z',
    ],
    [
      'of odd minutes grows to whole hours',
      '2025-05-01T16:20Z',
      '2025-05-03T09:40Z',
      '1hour',
      'hourly 2025-05-01T16:00Z 2025-05-03T10:00Z',
    ],
    [
      'of a few minutes grows to its hour',
      '2025-05-01T16:20Z',
      '2025-05-01T16:30Z',
      '1h',
      'hourly 2025-05-01T16:00Z 2025-05-01T17:00Z',
    ],
    [
      'of exactly 672 hours is still an hourly one',
      '2025-05-01T16:00Z',
      '2025-05-29T16:00Z',
      '1hour',
      'hourly 2025-05-01T16:00Z 2025-05-29T16:00Z',
    ],
    [
      'of 672 hours at odd minutes loses a little rather than its shape',
      '2025-05-01T16:20Z',
      '2025-05-29T16:20Z',
      '1hour',
      'hourly 2025-05-01T16:00Z 2025-05-29T16:00Z',
    ],
    [
      'of 30 days at one time of day is a daily one, without day rounding',
      '2025-05-01T16:00Z',
      '2025-05-31T16:00Z',
      '1hour',
      'daily 2025-05-01T16:00Z 2025-05-31T16:00Z',
    ],
    [
      'of 30 days keeps its end under day rounding when that fits already',
      '2025-05-01T16:00Z',
      '2025-05-31T16:00Z',
      '1day',
      'daily 2025-05-01T16:00Z 2025-05-31T16:00Z',
    ],
    [
      'of many days grows to the same time of day when a day may be added',
      '2025-05-01T16:00Z',
      '2025-06-10T10:00Z',
      '1d',
      'daily 2025-05-01T16:00Z 2025-06-10T16:00Z',
    ],
    [
      'between 28 and 29 days grows to 29 when a day may be added',
      '2025-05-01T16:00Z',
      '2025-05-29T20:00Z',
      '1day',
      'daily 2025-05-01T16:00Z 2025-05-30T16:00Z',
    ],
    [
      'that would grow beyond 367 days shrinks to them when a day may be cut',
      '2025-05-01T16:00Z',
      '2026-05-03T21:00Z',
      '1day',
      'daily 2025-05-01T16:00Z 2026-05-03T16:00Z',
    ],
    [
      'of 367 days is the longest',
      '2025-05-01T16:00Z',
      '2026-05-03T16:00Z',
      '1hour',
      'daily 2025-05-01T16:00Z 2026-05-03T16:00Z',
    ],
  ])('%s', (_, starts, ends, max_time_rounding, expected) => {
    expect(ask(igloo, starts, ends, { max_time_rounding })).toBe(expected)
  })

  test.each([
    ['2025-05-01T16:00Z', '2025-06-10T10:00Z'],
    ['2025-05-01T16:00Z', '2025-05-29T20:00Z'],
    ['2025-05-01T16:00Z', '2026-05-08T16:00Z'],
  ])('from %s to %s is refused, and the message says what would fit', (starts, ends) => {
    const answer = ask(igloo, starts, ends)
    expect(answer).toMatch(/^refused: .*fits no offline access code/)
    expect(answer).toContain('PT1H up to PT672H')
    expect(answer).toContain('P29D up to P367D')
    expect(answer).toContain('rounded by up to 1 hour (max_time_rounding)')
  })

  test('counts days by the local clock, also over a change to summer time', () => {
    // 29 days in New York that hold 9 March 2025 are an hour short of 29 times 24 hours.
    const zone = { time_zone: 'America/New_York' }
    expect(ask(igloo, '2025-02-20T15:00-05:00', '2025-03-21T15:00-04:00', zone)).toBe(
      'daily 2025-02-20T20:00Z 2025-03-21T19:00Z',
    )
  })

  test('has whole hours by the local clock', () => {
    const zone = { time_zone: 'Asia/Kolkata' }
    expect(ask(igloo, '2025-05-01T10:30Z', '2025-05-01T12:30Z', zone)).toBe(
      'hourly 2025-05-01T10:30Z 2025-05-01T12:30Z',
    )
  })

  test('needs a start and an end', () => {
    expect(ask(igloo, null, null)).toMatch(/^refused: .*needs starts_at/)
    expect(ask(igloo, '2025-05-01T16:00Z', null)).toMatch(/^refused: .*both starts_at and ends_at/)
    expect(ask(igloo, '2025-05-01T16:00Z', '2025-05-01T16:00Z')).toMatch(/^refused: .*later/)
  })

  test('for one use lasts 24 hours from the start of its hour', () => {
    const once = { is_one_time_use: true }
    expect(ask(igloo, '2025-05-01T16:20Z', null, once)).toBe(
      'one_time 2025-05-01T16:00Z 2025-05-02T16:00Z',
    )
    expect(ask(igloo, '2025-05-01T16:20Z', '2025-05-03T16:00Z', once)).toMatch(/leave ends_at out/)
    expect(ask(igloo, null, null, once)).toMatch(/^refused: .*needs starts_at/)
  })

  test('must be used on its first day only when it lasts longer than that', () => {
    const used = (ends: string) => {
      const starts_at = at('2025-05-01T16:00Z')
      const request = { starts_at, ends_at: at(ends), is_one_time_use: false, time_zone: null }
      const result = resolveOfflineWindow(igloo, request)
      return result.ok && result.window.must_be_used_by
    }
    expect(used('2025-05-02T16:00Z')).toBeNull()
    expect(used('2025-05-02T17:00Z')).toBe(at('2025-05-02T16:00Z'))
  })

  test('is one of at most three in an hour, five for one use, and 199 codes in all', () => {
    const noon = at('2025-05-01T12:00Z')
    const hourly = { kind: 'hourly' as const, starts_at: noon }
    const three = [hourly, hourly, hourly]
    const problem = (codes: typeof three, total: number) =>
      offlineLimitProblem(igloo, hourly, { codes, total }, null)
    expect(problem([hourly, hourly], 2)).toBeNull()
    expect(problem(three, 3)).toContain('same hour')
    expect(problem([hourly, hourly, { ...hourly, starts_at: noon + hour }], 3)).toBeNull()
    expect(problem([], 199)).toContain('199')
    const once = { kind: 'one_time' as const, starts_at: noon }
    expect(offlineLimitProblem(igloo, once, { codes: [...three, once], total: 4 }, null)).toBeNull()
    const five = [once, once, once, once, once]
    expect(offlineLimitProblem(igloo, once, { codes: five, total: 5 }, null)).toContain('one-time')
  })

  test('of the daily kind shares its limit with the whole local day, summer time or not', () => {
    const zone = 'America/New_York'
    const starts = ['2025-03-09T00:00-05:00', '2025-03-09T09:00-04:00', '2025-03-09T23:00-04:00']
    const codes = starts.map((start) => ({ kind: 'daily' as const, starts_at: at(start) }))
    const start = (iso: string) =>
      offlineLimitProblem(igloo, { kind: 'daily', starts_at: at(iso) }, { codes, total: 3 }, zone)
    expect(start('2025-03-09T12:00-04:00')).toContain('same day')
    expect(start('2025-03-10T00:00-04:00')).toBeNull()
  })
})

describe('an Oracode offline code', () => {
  const zone = { time_zone: 'America/Los_Angeles' }

  test('takes the times of the nearest slot', () => {
    expect(ask(oracode, '2025-06-01T15:45-07:00', '2025-06-04T10:15-07:00', zone)).toBe(
      'Guest 4pm-10am 2025-06-01T23:00Z 2025-06-04T17:00Z',
    )
    expect(ask(oracode, '2025-06-01T07:00-07:00', '2025-06-01T19:00-07:00', zone)).toBe(
      'Guest RCI D 7am-7pm 2025-06-01T14:00Z 2025-06-02T02:00Z',
    )
  })

  test('is refused more than an hour away from every slot, by name of what is set up', () => {
    const far = ask(oracode, '2025-06-01T14:00-07:00', '2025-06-04T10:00-07:00', zone)
    expect(far).toMatch(/^refused: /)
    expect(far).toContain('16:00 to 10:00')
  })

  test('may be moved further under day rounding, by as little as possible', () => {
    const day_long = { ...zone, max_time_rounding: '1day' as const }
    expect(ask(oracode, '2025-06-01T14:00-07:00', '2025-06-04T12:30-07:00', day_long)).toBe(
      '24 hours, noon 2025-06-01T19:00Z 2025-06-04T19:00Z',
    )
  })

  test('keeps its local times over a change to winter time', () => {
    expect(ask(oracode, '2025-11-01T16:00-07:00', '2025-11-03T10:00-08:00', zone)).toBe(
      'Guest 4pm-10am 2025-11-01T23:00Z 2025-11-03T18:00Z',
    )
  })

  test('lasts at most 31 days', () => {
    expect(ask(oracode, '2025-06-01T12:00-07:00', '2025-07-02T12:00-07:00', zone)).toMatch(/^24 h/)
    expect(ask(oracode, '2025-06-01T12:00-07:00', '2025-07-03T12:00-07:00', zone)).toMatch(
      /^refused: .*P31D/,
    )
  })

  test('needs to know the time zone, and is never for one use', () => {
    expect(ask(oracode, '2025-06-01T16:00Z', '2025-06-02T10:00Z')).toMatch(/time zone is not known/)
    const once = ask(oracode, '2025-06-01T16:00Z', null, { ...zone, is_one_time_use: true })
    expect(once).toMatch(/^refused: .*no one-time-use/)
  })

  test('without any slot set up is refused', () => {
    const bare = { ...oracode, predefined_time_slots: [] }
    expect(ask(bare, '2025-06-01T16:00-07:00', '2025-06-02T10:00-07:00', zone)).toContain(
      'none are set up',
    )
  })
})

test('a Lockly offline code for one use has a start and an end', () => {
  const rules: OfflineCodes = lockly.offline_codes
  const once = { is_one_time_use: true }
  expect(ask(rules, '2025-06-01T16:00Z', '2025-06-02T10:00Z', once)).toBe(
    'one_time 2025-06-01T16:00Z 2025-06-02T10:00Z',
  )
  expect(ask(rules, '2025-06-01T16:00Z', null, once)).toMatch(/^refused: .*both/)
  expect(ask(rules, '2025-06-01T16:00Z', '2025-06-02T10:00Z')).toMatch(/^time_bound/)
})

test('no window is moved by more than was allowed, and every one keeps the rules of its kind', () => {
  const start = at('2025-01-01T00:00Z')
  const request = fc.record({
    rules: fc.constantFrom(igloo, oracode, lockly.offline_codes),
    starts_at: fc.integer({ min: 0, max: 500 * 24 * 60 }).map((it) => start + it * 60_000),
    length: fc.integer({ min: 1, max: 400 * 24 * 60 }).map((it) => it * 60_000),
    time_zone: fc.constantFrom('America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'UTC'),
    max_time_rounding: fc.constantFrom('1hour' as const, '1day' as const),
  })
  fc.assert(
    fc.property(request, ({ rules, starts_at, length, time_zone, max_time_rounding }) => {
      const ends_at = starts_at + length
      const given = { starts_at, ends_at, is_one_time_use: false, time_zone, max_time_rounding }
      const result = resolveOfflineWindow(rules, given)
      if (!result.ok) return
      const { window } = result
      const limit = max_time_rounding === '1day' ? day : hour
      expect(Math.abs(window.starts_at - starts_at)).toBeLessThanOrEqual(limit)
      expect(Math.abs(window.ends_at - ends_at)).toBeLessThanOrEqual(limit)
      expect(window.ends_at).toBeGreaterThan(window.starts_at)
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: time_zone, timeStyle: 'short' })
      const [from, to] = [clock.format(window.starts_at), clock.format(window.ends_at)]
      if (window.kind === 'hourly' || window.kind === 'time_bound') {
        expect(from.slice(3)).toBe('00')
        expect(to.slice(3)).toBe('00')
      }
      if (window.kind === 'daily' && !skipped.has(from)) expect(to).toBe(from)
      if (window.kind === 'time_slot') {
        const slot = { name: window.time_slot_name, check_in_time: from, check_out_time: to }
        expect(rules.predefined_time_slots).toContainEqual(expect.objectContaining(slot))
      }
      // The rounded window asked for again is left alone.
      const again = resolveOfflineWindow(rules, {
        ...given,
        starts_at: window.starts_at,
        ends_at: window.ends_at,
      })
      expect(again).toEqual(result)
    }),
    { numRuns: 500 },
  )
})

/** Hours that a change to summer time may skip, so that a daily code cannot end at them. */
const skipped = new Set(['02:00', '03:00'])

describe('offline time frame options', () => {
  test.each([
    ['igloohome', igloo],
    ['Oracode', oracode],
    ['Lockly', lockly.offline_codes],
  ])('of %s are as the OpenAPI document describes them', (_, rules) => {
    const schema = closed(properties.get('offline_time_frame_options'))
    for (const zone of ['America/Los_Angeles', null]) {
      expect(problems(schema, offlineTimeFrameOptions(rules, zone))).toBe('No errors')
    }
  })

  test('say hours for hourly codes, days for daily ones, and the fixed times of slots', () => {
    expect(offlineTimeFrameOptions(igloo, 'UTC')).toEqual([
      { display_name: 'Hourly', min_duration: 'PT1H', max_duration: 'PT672H' },
      {
        display_name: 'Daily',
        min_duration: 'P29D',
        max_duration: 'P367D',
        matching_start_end_time: true,
      },
    ])
    expect(offlineTimeFrameOptions(oracode, 'America/Los_Angeles')).toMatchObject([
      {
        max_duration: 'P31D',
        time_zone: 'America/Los_Angeles',
        time_pairs: [{ start_time: '16:00', end_time: '10:00' }, {}, {}],
      },
    ])
  })
})
