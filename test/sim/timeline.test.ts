/** The timeline tells the past as it was: it is compared with what was so, instant by instant. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { statusOf } from '../../src/sim/access-codes/lifecycle.ts'
import { reconciledLock } from '../../src/sim/access-codes/reconciled-lock.ts'
import { findDisagreements } from '../../src/sim/disagreements/find.ts'
import { findPastDisagreements } from '../../src/sim/disagreements/past.ts'
import { normalize } from '../../src/sim/kernel/intervals.ts'
import { slotOfCode } from '../../src/sim/locks/memory-bank.ts'
import { requireLock } from '../../src/sim/locks/lock-view.ts'
import { keypadNow } from '../../src/sim/locks/at-the-door.ts'
import { buildTimeline } from '../../src/sim/timeline/build.ts'
import type { OpenSpan } from '../../src/sim/timeline/code-spans.ts'
import { runs } from '../support/experiment.ts'
import { doors, hubGoneInBetween, openLaboratory, story } from '../support/laboratory.ts'
import type { Laboratory } from '../support/laboratory.ts'

/** What was so of a code at an instant. */
interface Seen {
  at: number
  id: string
  status: string
  isHeld: boolean
  opens: boolean
  isLockedOut: boolean
  isOverstay: boolean
  /** A command to the lock is on its way. */
  isUnderWay: boolean
}

const look = (laboratory: Laboratory): Seen[] =>
  laboratory.read((world) => {
    const found = findDisagreements(world)
    return doors.flatMap((device_id) => {
      const view = requireLock(world, device_id)
      const keypad = keypadNow(world, device_id)
      return world.access_codes
        .all()
        .filter((code) => code.device_id === device_id)
        .map((code) => {
          const slot = slotOfCode(world, code)
          const verdict = slot === undefined ? null : keypad(slot.code)
          const kind = found.find((it) => it.access_code_id === code.access_code_id)?.kind
          return {
            at: world.now,
            id: code.access_code_id,
            status: statusOf(code, reconciledLock(view), world.settings, world.now),
            isHeld: slot !== undefined,
            opens: verdict?.opened === true && verdict.access_code_id === code.access_code_id,
            isLockedOut: kind === 'locked_out',
            isOverstay: kind === 'overstay',
            isUnderWay: (code.effort?.in_flight ?? null) !== null,
          }
        })
    })
  })

const has = (spans: readonly OpenSpan[], at: number): boolean =>
  spans.some(({ from, to }) => from <= at && (to === null || at < to))

const counts = { held: 0, opens: 0, locked_out: 0, overstay: 0 }

const compare = (laboratory: Laboratory, seen: readonly Seen[]): void => {
  const { codes } = laboratory.read((world) =>
    buildTimeline(world, { from: 0, to: world.now + 1, limit: 1_000_000 }),
  )
  const byId = new Map(codes.map((code) => [code.access_code_id, code]))
  for (const it of seen) {
    const code = byId.get(it.id)
    if (code === undefined) {
      // It is gone, and was never on the lock.
      expect(it.isHeld).toBe(false)
      continue
    }
    const where = `${JSON.stringify(it)} in ${JSON.stringify(code)}`
    expect(has(code.held, it.at), where).toBe(it.isHeld)
    expect(has(code.on_lock, it.at), where).toBe(it.opens)
    // Of an unmanaged code that is gone only the lock's memory tells.
    if (code.is_gone && !code.is_managed) continue
    if (it.isLockedOut) expect(has(code.locked_out, it.at), where).toBe(true)
    if (it.isOverstay) expect(has(code.overstay, it.at), where).toBe(true)
    const status = code.status.find(({ from, to }) => from <= it.at && (to ?? Infinity) > it.at)
    expect(status?.status, where).toBe(it.status)
    counts.held += Number(it.isHeld)
    counts.opens += Number(it.opens)
    counts.locked_out += Number(it.isLockedOut)
    counts.overstay += Number(it.isOverstay)
  }
}

/** So long a lock takes at most for a command, ms: what lasted no longer is not told of the past. */
const SHORT = 60_000

const lasted = (laboratory: Laboratory, { id, at, isLockedOut }: Seen): number => {
  const { codes } = laboratory.read((world) =>
    buildTimeline(world, { from: 0, to: world.now, access_code_id: id, limit: 1_000_000 }),
  )
  const spans = codes.flatMap((code) => (isLockedOut ? code.locked_out : code.overstay))
  const span = normalize(spans).find(({ from, to }) => from <= at && at < to)
  return span === undefined ? 0 : span.to - span.from
}

/** What is told of an instant afterwards is what was told at that instant, but while a command was on its way. */
const compareDisagreements = (laboratory: Laboratory, seen: readonly Seen[]): void => {
  for (const [at, those] of Map.groupBy(seen, (it) => it.at)) {
    const found = laboratory.read((world) => findPastDisagreements(world, at))
    for (const it of those.filter(({ isUnderWay }) => !isUnderWay)) {
      const told = found.find(({ access_code_id }) => access_code_id === it.id)?.kind
      const was = it.isLockedOut ? 'locked_out' : it.isOverstay ? 'overstay' : undefined
      if (told === undefined && was !== undefined) {
        expect(lasted(laboratory, it), JSON.stringify(it)).toBeLessThanOrEqual(SHORT)
      } else expect(told, JSON.stringify(it)).toBe(was)
    }
  }
}

test('the timeline tells what was held, what opened the door and what the API said', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openLaboratory()
      const seen: Seen[] = []
      for (const chapter of chapters) {
        await laboratory.advance(chapter.after)
        laboratory.perform(chapter)
        // A millisecond later: what was done at an instant is told of that instant.
        await laboratory.advance(1)
        seen.push(...look(laboratory))
        await laboratory.advance(1)
      }
      compare(laboratory, seen)
      compareDisagreements(laboratory, seen)
      laboratory.close()
    }),
    { numRuns: runs(30), examples: [[hubGoneInBetween]] },
  )
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
}, 120_000)
