/** Hours and days of the wall clock, in every zone that the runtime knows. */
import { expect, test } from 'vitest'
import { floorTo, nextStep } from '../../../../src/sim/access-codes/offline/windows.ts'
import { offsetAt, wallTimeAt } from '../../../../src/sim/kernel/time-zone.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The instants of 2025 at which a zone's offset changes. */
const transitionsOf = (zone: string): number[] => {
  const found: number[] = []
  for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2026, 0, 1); at += 20 * day) {
    let [early, late] = [at, at + 20 * day]
    if (offsetAt(early, zone) === offsetAt(late, zone)) continue
    while (late - early > minute) {
      const middle = early + Math.floor((late - early) / 2 / minute) * minute
      if (offsetAt(middle, zone) === offsetAt(early, zone)) early = middle
      else late = middle
    }
    found.push(late)
  }
  return found
}

const isBeginning = (instant: number, step: number, zone: string): boolean =>
  (instant + offsetAt(instant, zone)) % step === 0

/** The clock went forward here, over the beginning of an hour or day. */
const skipsOne = (instant: number, step: number, zone: string): boolean => {
  const local = (at: number) => Math.floor((at + offsetAt(at, zone)) / step)
  return local(instant) > local(instant - 1) && !isBeginning(instant, step, zone)
}

test('beginnings of local hours and days are found around every change of every zone', () => {
  const wrong: string[] = []
  let changes = 0
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    for (const change of [Date.UTC(2025, 4, 1, 12), ...transitionsOf(zone)]) {
      changes++
      for (const step of [hour, day]) {
        for (const off of [-61, -1, 0, 1, 29, 61]) {
          const instant = change + off * minute
          const [before, after] = [floorTo(instant, step, zone), nextStep(instant, step, zone)]
          const good =
            before <= instant &&
            after > instant &&
            after - before <= step + 2 * hour &&
            [before, after].every(
              (it) => isBeginning(it, step, zone) || skipsOne(it, step, zone),
            ) &&
            floorTo(after - 1, step, zone) === before &&
            nextStep(before, step, zone) === after
          if (!good) wrong.push(`${zone} ${new Date(instant).toISOString()} ${step / hour} h`)
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(changes).toBeGreaterThan(600)
}, 120_000)

test('an hour that begins half an hour late begins when the clock shows it first', () => {
  // Lord Howe Island, 2025-10-05: 02:00 becomes 02:30.
  const zone = 'Australia/Lord_Howe'
  const begins = floorTo(Date.parse('2025-10-04T15:45:00Z'), hour, zone)
  expect(new Date(begins).toISOString()).toBe('2025-10-04T15:30:00.000Z')
  expect(wallTimeAt(begins, zone)).toMatchObject({ hour: 2, minute: 30 })
})
