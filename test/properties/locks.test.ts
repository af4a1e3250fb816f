/** What no history, however odd, may do to a lock. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lockView } from '../../src/sim/locks/lock-view.ts'
import { askKeypad } from '../../src/sim/locks/at-the-door.ts'
import { slotsOf } from '../../src/sim/locks/memory-bank.ts'
import type { Slot } from '../../src/db/tables/locks.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { runs } from '../support/experiment.ts'
import { doors, openLaboratory, pins, story } from '../support/laboratory.ts'
import type { Laboratory } from '../support/laboratory.ts'
import { day } from '../support/place.ts'

let fullBanks = 0

const expectSoundBanks = (world: World): void => {
  for (const device_id of doors) {
    const slots = slotsOf(world, device_id)
    const capacity = lockView(world, device_id)?.profile.memory_slots ?? 0
    expect(slots.length).toBeLessThanOrEqual(capacity)
    if (slots.length === capacity) fullBanks++
    expect(new Set(slots.map((it) => it.code)).size).toBe(slots.length)
    expect(new Set(slots.map((it) => it.slot)).size).toBe(slots.length)
    for (const { slot } of slots) {
      expect(slot).toBeGreaterThanOrEqual(1)
      expect(slot).toBeLessThanOrEqual(capacity)
    }
  }
}

/** Goes from job to job, up to so many ms ahead, and looks at every instant. */
const watch = async (
  laboratory: Laboratory,
  by: number,
  look: (world: World) => void,
): Promise<void> => {
  const to = laboratory.world().now + by
  for (;;) {
    const next = laboratory.next()
    if (next === null || next > to) break
    await laboratory.toNext()
    laboratory.read(look)
  }
  await laboratory.advance(to - laboratory.world().now)
  laboratory.read(look)
}

test('the memory bank never holds more than its slots, and never two equal PINs', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openLaboratory()
      for (const chapter of chapters) {
        await watch(laboratory, chapter.after, expectSoundBanks)
        laboratory.perform(chapter)
        laboratory.read(expectSoundBanks)
      }
      laboratory.close()
    }),
    { numRuns: runs(40) },
  )
  // The property would hold for banks that never fill.
  expect(fullBanks).toBeGreaterThan(0)
}, 120_000)

const isOpenAt = (slot: Slot, now: number): boolean =>
  (slot.starts_at === null || now >= slot.starts_at) &&
  (slot.ends_at === null || now < slot.ends_at)

/** Who may come in, told from the bank, the keypad and the batteries alone. */
const opensByItself = (world: World, device_id: string, pin: string): boolean => {
  const lock = world.locks.get(device_id)
  const profile = lockView(world, device_id)?.profile ?? null
  if (lock === undefined || profile === null) return false
  const { battery, locked_out_until } = lock
  if (battery !== null && profile.battery !== null) {
    const age = (world.now - battery.installed_at) / day / profile.battery.idle_days
    if (age + battery.uses * profile.battery.per_use >= battery.level_at_install) return false
  }
  if (lock.keypad_disconnected_at !== null) return false
  if (lock.keypad_battery !== null && profile.keypad_battery !== null) {
    const { installed_at, level_at_install, uses } = lock.keypad_battery
    const age = (world.now - installed_at) / day / profile.keypad_battery.idle_days
    if (age + uses * profile.keypad_battery.per_use >= level_at_install) return false
  }
  if (locked_out_until !== null && world.now < locked_out_until) return false
  return slotsOf(world, device_id).some((slot) => slot.code === pin && isOpenAt(slot, world.now))
}

const tryAll = (
  world: World,
  answer: (world: World, device_id: string, pin: string) => boolean,
): string[] =>
  doors.flatMap((device_id) =>
    [...pins, '9999']
      .filter((pin) => answer(world, device_id, pin))
      .map((pin) => `${device_id} ${pin}`),
  )

/** Makes everything that the API believes untrue. */
const deceiveTheApi = (world: World): void => {
  world.access_codes.updateWhere([], {
    code: '9999',
    starts_at: null,
    ends_at: world.now - 1,
    programmed: null,
    presence: null,
    deletion_requested_at: world.now,
  })
  world.bridges.updateWhere([], { offline_at: world.now })
  world.connected_accounts.updateWhere([], { disconnected_at: world.now })
  world.devices.updateWhere([], { offline_cause: 'hub_disconnected', offline_since: 0 })
  world.jobs.deleteWhere([])
  world.events.deleteWhere([])
}

test('whether the door opens depends on its bank and keypad alone, whatever the API believes', async () => {
  let opened = 0
  const asked = (world: World, device_id: string, pin: string) =>
    askKeypad(world, device_id, pin).opened
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openLaboratory()
      for (const chapter of chapters) {
        await laboratory.advance(chapter.after)
        laboratory.perform(chapter)
      }
      const expected = laboratory.read((world) => tryAll(world, opensByItself))
      expect(laboratory.read((world) => tryAll(world, asked))).toEqual(expected)
      opened += expected.length
      laboratory.universe.write('laboratory', deceiveTheApi)
      expect(tryAll(laboratory.world(), asked)).toEqual(expected)
      laboratory.close()
    }),
    { numRuns: runs(40) },
  )
  // The property would hold for doors that never open.
  expect(opened).toBeGreaterThan(0)
}, 120_000)
