/** Whatever waits is woken, and what changes with time alone is looked at when it does. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bringForward } from '../../src/sim/access-codes/carry-out.ts'
import { statusOf } from '../../src/sim/access-codes/lifecycle.ts'
import { NO_ROOM, reconcile } from '../../src/sim/access-codes/reconcile.ts'
import { reconciledLock } from '../../src/sim/access-codes/reconciled-lock.ts'
import {
  settleDevice,
  wakeDevice,
  wakeForPin,
  wakeForSpace,
  wakeRefused,
  wokenBy,
} from '../../src/sim/access-codes/wake.ts'
import { reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { plugBridge } from '../../src/sim/devices/bridges.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { jobHandlers } from '../../src/sim/job-handlers.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { setBattery, setKeypad } from '../../src/sim/locks/battery/use.ts'
import { requireLock } from '../../src/sim/locks/lock-view.ts'
import { reservedSlots, slotWithPin } from '../../src/sim/locks/memory-bank.ts'
import { askKeypad } from '../../src/sim/locks/at-the-door.ts'
import { reactions } from '../../src/sim/reactions.ts'
import { runs } from '../support/experiment.ts'
import { doors, openLaboratory, story } from '../support/laboratory.ts'
import { day, hour } from '../support/place.ts'

const mendEverything = (world: World): void => {
  for (const account of ['august', 'smartthings']) reconnectAccount(world, account)
  for (const bridge of ['bridge', 'hub']) plugBridge(world, bridge)
  for (const door of doors) {
    setRadio(world, door, true)
    setBattery(world, door, 'battery', 1)
  }
  setKeypad(world, 'native', true)
  setBattery(world, 'native', 'keypad_battery', 1)
}

/** What a code waits for that is not its own time; null when it waits for nothing else. */
const complaintOf = (world: World, access_code_id: string): string | null => {
  const code = world.access_codes.get(access_code_id)
  if (code === undefined) return null
  const view = requireLock(world, code.device_id)
  const step = reconcile(code, reconciledLock(view), world.settings, world.now)
  const status = statusOf(code, reconciledLock(view), world.settings, world.now)
  if (step.do !== 'wait') return `is not carried out: ${step.do}`
  const error = code.effort?.error?.error_code
  if (error === NO_ROOM) {
    const isFull = reservedSlots(world, code.device_id) >= view.profile.memory_slots
    return isFull ? null : 'waits beside a free slot'
  }
  if (error === 'duplicate_code_on_device') {
    const clash = code.code === null ? undefined : slotWithPin(world, code.device_id, code.code)
    return clash === undefined ? 'waits for a PIN that is free' : null
  }
  if (code.effort !== null) return `waits: ${step.reason}`
  if (!wokenBy[step.reason].some((waker) => waker === 'time' || waker === 'somebody'))
    return `waits for ${step.reason}`
  if (status !== 'set' || code.code === null) return null
  const { opened, reason } = askKeypad(world, code.device_id, code.code)
  return opened || reason === 'too_many_attempts' ? null : `is set, and the door says ${reason}`
}

test('where nothing is broken any more, after a day nothing waits for anything but its own time', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openLaboratory()
      for (const chapter of chapters) {
        await laboratory.advance(chapter.after)
        laboratory.perform(chapter)
      }
      laboratory.universe.write('laboratory', mendEverything)
      await laboratory.advance(day + hour)
      const complaints = laboratory.read((world) =>
        world.access_codes
          .all()
          .map(({ access_code_id }) => complaintOf(world, access_code_id))
          .filter((complaint) => complaint !== null),
      )
      expect(complaints).toEqual([])
      laboratory.close()
    }),
    { numRuns: runs(60) },
  )
}, 240_000)

const statuses = (world: World): Record<string, string> =>
  Object.fromEntries(
    world.access_codes.all().map((code) => {
      const lock = reconciledLock(requireLock(world, code.device_id))
      return [code.access_code_id, statusOf(code, lock, world.settings, world.now)]
    }),
  )

test('no status changes between two instants at which something happens', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openLaboratory()
      for (const chapter of chapters) {
        const until = laboratory.world().now + chapter.after
        for (;;) {
          const before = laboratory.read(statuses)
          const next = Math.min(laboratory.next() ?? until, until)
          const { now } = laboratory.world()
          if (next - 1 > now) {
            await laboratory.advance(next - 1 - now)
            expect(laboratory.read(statuses)).toEqual(before)
          }
          if (next >= until) break
          await laboratory.toNext()
        }
        await laboratory.advance(Math.max(0, until - laboratory.world().now))
        laboratory.perform(chapter)
      }
      laboratory.close()
    }),
    { numRuns: runs(20) },
  )
}, 240_000)

test('every occasion that ends a wait is answered by somebody who wakes codes', () => {
  const wakers = new Set<unknown>([wakeDevice, settleDevice, wakeForPin, wakeRefused])
  for (const [reason, names] of Object.entries(wokenBy)) {
    expect(names.length, reason).toBeGreaterThan(0)
    for (const name of names) {
      if (name === 'time' || name === 'somebody') continue
      // Room is given out by a job of the same instant, when all that frees slots is done.
      const answers = name === 'slot_free' ? [wakeDevice] : reactions[name]
      expect(
        answers.some((answer) => wakers.has(answer)),
        `${reason}: ${name}`,
      ).toBe(true)
    }
  }
  expect(reactions.slot_free).toHaveLength(1)
  expect(jobHandlers['device.space']).toBe(wakeForSpace)
  expect(jobHandlers['access_code.settle']).toBe(bringForward)
})
