import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClimateSetting, Room } from '../../../src/db/tables/thermostats.ts'
import { bandsOf, decide } from '../../../src/sim/thermostats/control.ts'
import { nextReading, roomAt, roomFrom } from '../../../src/sim/thermostats/room-course.ts'
import { inCelsius, leastOf, readingOf } from '../../../src/sim/thermostats/temperature.ts'

const hour = 3_600_000
const year = 365 * 24 * hour

const setting = (heating: number, cooling: number, mode: 'heat' | 'cool' | 'heat_cool' | 'off') =>
  ({
    hvac_mode_setting: mode,
    heating: inCelsius(heating),
    cooling: inCelsius(cooling),
    fan_mode_setting: 'auto',
    climate_preset_key: null,
    held_until: null,
  }) satisfies ClimateSetting

const roomOf = (temperature: number, outdoor: number, held: ClimateSetting): Room => ({
  at: 0,
  temperature,
  outdoor,
  outdoor_steps: [],
  tau: 4 * hour,
  heating_gain: 25,
  cooling_gain: 18,
  state: decide('idle', temperature, bandsOf(held)),
})

const anyRoom = fc
  .record({
    temperature: fc.double({ min: -5, max: 40, noNaN: true }),
    outdoor: fc.integer({ min: -20, max: 45 }),
    heating: fc.integer({ min: 10, max: 22 }),
    mode: fc.constantFrom('heat', 'cool', 'heat_cool', 'off'),
  })
  .map(({ temperature, outdoor, heating, mode }) => {
    const held = setting(heating, heating + 4, mode)
    return { room: roomOf(temperature, outdoor, held), setting: held }
  })

test('a room that is looked at on its way ends up where the formula says', () => {
  fc.assert(
    fc.property(
      anyRoom,
      fc.array(fc.integer({ min: 1, max: 40 * hour }), { maxLength: 8 }),
      ({ room, setting: held }, steps) => {
        let walked = room
        let at = 0
        for (const step of steps) {
          at += step
          walked = roomFrom({ room: walked, setting: held }, at)
        }
        const whole = roomAt(room, held, at)
        expect(walked.temperature).toBeCloseTo(whole.temperature, 6)
      },
    ),
  )
})

test('the next reading that is wanted is the first millisecond of it', () => {
  fc.assert(
    fc.property(anyRoom, fc.integer({ min: 0, max: 400 }), ({ room, setting: held }, reading) => {
      const isWanted = (it: number): boolean => it === reading
      const edges = [leastOf(reading), leastOf(reading + 1)]
      const readingAt = (at: number) => readingOf(roomAt(room, held, at).temperature)
      const at = nextReading({ room, setting: held }, 0, edges, isWanted)
      if (at === null) {
        // It is there from the beginning, or nobody ever sees it.
        for (let minute = 1; minute < 1_500 && !isWanted(readingAt(0)); minute += 7) {
          expect(readingAt(minute * 60_000)).not.toBe(reading)
        }
        return
      }
      expect(readingAt(at)).toBe(reading)
      if (at > 1 && !isWanted(readingAt(0))) expect(readingAt(at - 1)).not.toBe(reading)
    }),
  )
})

test('the cycle is the same after a year as after a day, within the play around the set point', () => {
  const held = setting(21, 25, 'heat')
  const room = roomOf(16, 5, held)
  for (let at = year; at < year + hour; at += 61_111) {
    const { temperature } = roomAt(room, held, at)
    expect(temperature).toBeGreaterThan(20.7 - 1e-9)
    expect(temperature).toBeLessThan(21.3 + 1e-9)
  }
})

test('a furnace that is too weak heats for ever', () => {
  const held = setting(21, 25, 'heat')
  const room = { ...roomOf(16, -10, held), heating_gain: 20 }
  expect(roomAt(room, held, year)).toMatchObject({ state: 'heating' })
  expect(roomAt(room, held, year).temperature).toBeCloseTo(10, 6)
})
