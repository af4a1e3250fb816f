import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  batteryLevel,
  batteryStatus,
  nextBatteryCrossing,
  type BatteryState,
} from '../../../src/sim/devices/battery-level.ts'
import { END_OF_TIME } from '../../../src/lib/instant.ts'
import type { BatteryProfile } from '../../../src/sim/locks/profile.ts'

const day = 86_400_000
const profile: BatteryProfile = {
  chemistry: 'alkaline',
  cells: 4,
  idle_days: 200,
  per_use: 0.001,
}
const start = Date.UTC(2025, 0, 1)
const fresh: BatteryState = { installed_at: start, level_at_install: 1, uses: 0 }

test('an idle battery is half empty after half its idle life, and empty after all of it', () => {
  expect(batteryLevel(profile, fresh, start)).toBe(1)
  expect(batteryLevel(profile, fresh, start + 100 * day)).toBeCloseTo(0.5, 12)
  expect(batteryLevel(profile, fresh, start + 200 * day)).toBe(0)
  expect(batteryLevel(profile, fresh, start + 2_000 * day)).toBe(0)
})

test('every use takes its step at once', () => {
  expect(batteryLevel(profile, { ...fresh, uses: 100 }, start)).toBeCloseTo(0.9, 12)
})

test('a clock that stands before the installation does not charge the battery', () => {
  expect(batteryLevel(profile, { ...fresh, level_at_install: 0.4 }, start - 50 * day)).toBe(0.4)
})

test.each([
  [0, 'critical'],
  [0.0999, 'critical'],
  [0.1, 'low'],
  [0.2999, 'low'],
  [0.3, 'good'],
  [0.48, 'good'],
  [0.65, 'good'],
  [0.7499, 'good'],
  [0.75, 'full'],
  [0.86, 'full'],
  [1, 'full'],
] as const)('a level of %d is %s', (level, status) => {
  expect(batteryStatus(level)).toBe(status)
})

test('an idle lock crosses good, low, critical and empty, and then nothing more', () => {
  const story: [string, number, boolean][] = []
  let now = start
  for (;;) {
    const next = nextBatteryCrossing(profile, fresh, now)
    if (next === null) break
    story.push([next.status, Math.round((next.at - start) / day), next.empty])
    now = next.at
  }
  expect(story).toEqual([
    ['good', 50, false],
    ['low', 140, false],
    ['critical', 180, false],
    ['critical', 200, true],
  ])
})

const batteries = fc.record({
  profile: fc.record({
    chemistry: fc.constant('alkaline' as const),
    cells: fc.constant(4),
    idle_days: fc.integer({ min: 1, max: 2_000 }),
    per_use: fc.double({ min: 0, max: 0.01, noNaN: true }),
  }),
  state: fc.record({
    installed_at: fc.integer({ min: start, max: start + 400 * day }),
    level_at_install: fc.double({ min: 0, max: 1, noNaN: true }),
    uses: fc.nat(300),
  }),
  wait: fc.integer({ min: 0, max: 400 * day }),
})

test('a crossing is the first millisecond of the next status, and nothing happens before it', () => {
  fc.assert(
    fc.property(batteries, ({ profile, state, wait }) => {
      const now = state.installed_at + wait
      const before = batteryLevel(profile, state, now)
      const next = nextBatteryCrossing(profile, state, now)
      if (next === null) {
        expect(before).toBe(0)
        return
      }
      expect(next.at).toBeGreaterThan(now)
      expect(next.level).toBe(batteryLevel(profile, state, next.at))
      expect(next.empty || next.status !== batteryStatus(before)).toBe(true)
      const eve = batteryLevel(profile, state, next.at - 1)
      expect(batteryStatus(eve)).toBe(batteryStatus(before))
      expect(eve).toBeGreaterThan(0)
    }),
  )
})

test.each([1e5, 1e9, 1e100, 1e308])(
  'a battery that lasts %d days is asked about at once',
  (idle_days) => {
    const next = nextBatteryCrossing({ ...profile, idle_days }, fresh, start)
    if (next === null) return
    expect(next.at).toBeLessThanOrEqual(END_OF_TIME)
    expect(batteryStatus(batteryLevel({ ...profile, idle_days }, fresh, next.at - 1))).toBe('full')
    expect(next.status).toBe('good')
  },
)

test('a battery that lasts until the end of time crosses nothing', () => {
  expect(nextBatteryCrossing({ ...profile, idle_days: 1e9 }, fresh, start)).toBeNull()
  expect(nextBatteryCrossing({ ...profile, idle_days: 1e5 }, fresh, start)).not.toBeNull()
})

test('the level never rises with time or use', () => {
  fc.assert(
    fc.property(batteries, fc.nat(100 * day), fc.nat(50), (battery, later, more) => {
      const { profile, state } = battery
      const now = state.installed_at + battery.wait
      const level = batteryLevel(profile, state, now)
      expect(batteryLevel(profile, state, now + later)).toBeLessThanOrEqual(level)
      const used = { ...state, uses: state.uses + more }
      expect(batteryLevel(profile, used, now)).toBeLessThanOrEqual(level)
    }),
  )
})
