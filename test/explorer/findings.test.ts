/** What is compared with what. */
import { expect, test } from 'vitest'
import { findingsOf } from '../../src/explorer/judge/findings.ts'
import type { DoorVerdict, Verdict } from '../../src/explorer/judge/judge.ts'

const HOUR = 3_600_000

const atDoor = (shut: number, stayed_on: number): DoorVerdict => ({
  stay: 'stay-1',
  guest: 'Frances',
  device_id: 'door',
  planned: [{ from: 0, to: 9 * HOUR }],
  open: [],
  shut: [{ from: 0, to: shut }],
  stayed_on: [{ from: 0, to: stayed_on }],
})

const verdict = (doors: DoorVerdict[]): Verdict => ({
  doors,
  false_promises: [],
  alerts: [],
  left: [],
  calls: 3,
  reached: [],
  ends_at: 9 * HOUR,
})

const tolerance = { minutes: 5, grace: 0 }

test('somebody who comes in place of another guest twice is compared with the same time of it', () => {
  const all = [atDoor(0, 0), atDoor(2 * HOUR, HOUR)]
  expect(findingsOf(verdict(all), verdict(all), tolerance, true)).toEqual([])
  const better = [atDoor(0, 0), atDoor(HOUR, HOUR)]
  expect(findingsOf(verdict(all), verdict(better), tolerance, true)).toEqual([
    expect.objectContaining({ kind: 'locked_out', amount: 120, reference: 60 }),
  ])
})
