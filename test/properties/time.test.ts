/** Time is one: however it is cut, repeated or interrupted, the same things happen. */
import { expect, test } from 'vitest'
import { codes, openLaboratory } from '../support/laboratory.ts'
import type { Chapter } from '../support/laboratory.ts'
import { holdTimeLaws, inOneLeap, tell } from '../support/time-laws.ts'

holdTimeLaws(codes)

test('another seed gives another history', async () => {
  const opening: Chapter = {
    after: 0,
    deed: { do: 'create', door: 'native', pin: '1111', frame: null },
  }
  const here = openLaboratory()
  const there = openLaboratory({ seed: 'another' })
  expect(await tell(here, [opening], inOneLeap)).not.toEqual(
    await tell(there, [opening], inOneLeap),
  )
})
