/** Stories that the explorer makes up are whole: every step of them can be played. */
import { expect, test } from 'vitest'
import { asBookingStep } from '../../src/explorer/story/bookings.ts'
import { makeStory } from '../../src/explorer/story/generate.ts'
import { troubleOf, troubles } from '../../src/explorer/story/steps/index.ts'
import { story } from '../../src/explorer/story/story.ts'
import type { Step } from '../../src/explorer/story/story.ts'

const door = (n: number) => ({
  device_id: `door-${n}`,
  name: `Door ${n}`,
  model: 'august',
  bridge_id: n === 1 ? 'bridge' : null,
  connected_account_id: 'account',
  time_zone: 'America/New_York',
  capacity: 10,
  has_battery: true,
})

const check = (step: Step): void => {
  if (asBookingStep(step) === undefined) troubleOf(step).check(step)
}

test.each(['first', 'second', 'third'])('four thousand of seed %s', (seed) => {
  const drawn = new Set<string>()
  for (let number = 1; number <= 4_000; number++) {
    const made = story().parse(makeStory({ seed, level: 3 }, [door(1), door(2)], number))
    for (const step of made.steps) {
      check(step)
      drawn.add(step.does)
    }
  }
  const kinds = Object.entries(troubles).filter(([, { weight }]) => weight > 0)
  expect(kinds.map(([name]) => name).filter((name) => !drawn.has(name))).toEqual([])
})
