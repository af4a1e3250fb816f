import { expect, test } from 'vitest'
import { createSteadyClock } from '../../src/driver/real-time.ts'

const HOUR = 3_600_000

/** A machine whose calendar can be set, and which can sleep. */
const machine = () => {
  const state = { calendar: Date.UTC(2025, 0, 1), passed: 5 }
  return {
    clock: createSteadyClock({ calendar: () => state.calendar, passed: () => state.passed }),
    begun: state.calendar,
    run: (ms: number) => {
      state.calendar += ms
      state.passed += ms
    },
    set: (by: number) => {
      state.calendar += by
    },
  }
}

test('a clock that is set back neither runs back nor stands still', () => {
  const { clock, run, set, begun } = machine()
  run(60_000)
  expect(clock() - begun).toBe(60_000)
  set(-HOUR)
  expect(clock() - begun).toBe(60_000)
  run(1_000)
  expect(clock() - begun).toBe(61_000)
  run(2 * HOUR)
  expect(clock() - begun).toBe(2 * HOUR + 61_000)
})

test('a clock set forward, and back again, goes on from where it got', () => {
  const { clock, run, set, begun } = machine()
  set(90 * 24 * HOUR)
  const ahead = clock()
  expect(ahead - begun).toBe(90 * 24 * HOUR)
  set(-90 * 24 * HOUR)
  run(500)
  expect(clock() - ahead).toBe(500)
})

test('after a sleep the clock is where the calendar is', () => {
  const { clock, set, begun } = machine()
  set(8 * HOUR)
  expect(clock() - begun).toBe(8 * HOUR)
})
