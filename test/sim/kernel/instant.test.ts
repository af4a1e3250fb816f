import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { END_OF_TIME, toIso } from '../../../src/sim/kernel/instant.ts'

test('an instant is written as JavaScript writes it, in any order of days', () => {
  const instants = fc.array(fc.integer({ min: -END_OF_TIME, max: END_OF_TIME }), { minLength: 1 })
  fc.assert(
    fc.property(instants, (list) => {
      for (const instant of list) expect(toIso(instant)).toBe(new Date(instant).toISOString())
    }),
    { numRuns: 1_000 },
  )
})

test('the first and the last millisecond of a day belong to it', () => {
  const midnight = Date.UTC(2025, 1, 28)
  expect(toIso(midnight)).toBe('2025-02-28T00:00:00.000Z')
  expect(toIso(midnight - 1)).toBe('2025-02-27T23:59:59.999Z')
})
