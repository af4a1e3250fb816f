import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { intersect, lengthOf, normalize, subtract } from '../../../src/sim/kernel/intervals.ts'
import type { Interval } from '../../../src/sim/kernel/intervals.ts'

const list = fc.array(
  fc.record({ from: fc.integer({ min: 0, max: 30 }), to: fc.integer({ min: 0, max: 30 }) }),
  { maxLength: 6 },
)

const has = (intervals: readonly Interval[], at: number): boolean =>
  intervals.some(({ from, to }) => from <= at && at < to)

const instants = Array.from({ length: 31 }, (_, at) => at)

it('sets of intervals behave as sets of their instants', () => {
  fc.assert(
    fc.property(list, list, (one, two) => {
      const [a, b] = [normalize(one), normalize(two)]
      for (const at of instants) {
        expect(has(a, at)).toBe(has(one, at))
        expect(has(intersect(a, b), at)).toBe(has(a, at) && has(b, at))
        expect(has(subtract(a, b), at)).toBe(has(a, at) && !has(b, at))
      }
      expect(lengthOf(subtract(a, b)) + lengthOf(intersect(a, b))).toBe(lengthOf(a))
      expect(lengthOf(a)).toBe(instants.filter((at) => has(one, at)).length)
    }),
  )
})
