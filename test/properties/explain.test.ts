/** What is explained and reported of grants is true at the door, whatever has happened. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import { explainAccessGrant } from '../../src/sim/access-grants/explain/grant.ts'
import type { GrantExplanation } from '../../src/sim/access-grants/explain/grant.ts'
import { grantReports } from '../../src/sim/access-grants/lock-out-report.ts'
import {
  createAccessGrant,
  deleteAccessGrant,
  updateAccessGrant,
} from '../../src/sim/access-grants/operations.ts'
import { explainSpace } from '../../src/sim/customers/explain/space.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { clearFaults, createFault } from '../../src/sim/faults/operations.ts'
import { isDomainError } from '../../src/sim/kernel/errors.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { askKeypad } from '../../src/sim/locks/at-the-door.ts'
import { addDevices, createSpace, removeDevices } from '../../src/sim/spaces/operations.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import { hour } from '../support/place.ts'

const lock = fc.constantFrom('wifi-lock', 'bridge-lock', 'keypad-lock')
const hours = fc.integer({ min: 0, max: 60 })

type Deed = (world: World, space_id: string, access_grant_id: string) => void

/** What may happen to the one grant over the space, and around it. */
const deed: fc.Arbitrary<Deed | number> = fc.oneof(
  hours,
  fc.boolean().map((isOn): Deed => (world) => {
    ;(isOn ? plugBridge : unplugBridge)(world, 'bridge')
  }),
  fc.tuple(lock, fc.boolean()).map(
    ([id, isOn]): Deed =>
      (world) =>
        setRadio(world, id, isOn),
  ),
  fc.tuple(lock, fc.boolean()).map(([id, isIn]): Deed => (world, space_id) => {
    ;(isIn ? addDevices : removeDevices)(world, space_id, [id])
  }),
  hours.map(
    (by): Deed =>
      (world, _space_id, id) =>
        updateAccessGrant(world, id, { ends_at: world.now + (by + 1) * hour }),
  ),
  lock.map(
    (device_id): Deed =>
      (world) =>
        void createAccessCode(world, { device_id }),
  ),
  fc.constant((world: World) => {
    createFault(world, { on: 'access_code.set', effect: { kind: 'fail' } })
  }),
  fc.constant((world: World) => void clearFaults(world)),
  fc.constant((world: World, _space_id: string, id: string) => {
    deleteAccessGrant(world, id)
  }),
)

/** Each door is what it is said to be. */
const judge = (
  world: World,
  { doors, state }: GrantExplanation,
  seen: Map<string, number>,
): void => {
  for (const { device_id, code, state: at, waits_for, help, phrase } of doors) {
    seen.set(at, (seen.get(at) ?? 0) + 1)
    if (at === 'ready' && code !== null && !phrase.startsWith('has the PIN'))
      expect([phrase, askKeypad(world, device_id, code).opened]).toEqual([phrase, true])
    if (at !== 'waiting') continue
    // Whoever waits is told what for, and until when or what would help.
    expect(waits_for).not.toBeNull()
    const isTold = help !== null || waits_for?.until !== null || waits_for.reason === 'old_code'
    expect([phrase, isTold]).toEqual([phrase, true])
  }
  const wanted = doors.filter((door) => door.state !== 'leaving' && door.state !== 'withdrawn')
  if (state === 'ready') expect(wanted.every((door) => door.state === 'ready')).toBe(true)
  if (state === 'impossible') expect(wanted.some((door) => door.state === 'waiting')).toBe(false)
}

/** Nobody is locked out of a door before it is promised, nor out and in at once. */
const judgeReport = (world: World): void => {
  for (const { doors } of grantReports(world, 'all', 0)) {
    for (const { promised, locked_out, overstay } of doors) {
      for (const { from, to } of locked_out) {
        expect(promised).not.toBeNull()
        expect(from).toBeGreaterThanOrEqual(promised?.from ?? Infinity)
        expect(to).toBeLessThanOrEqual(Math.min(promised?.to ?? 0, world.now))
      }
      for (const { from, to } of overstay) {
        if (promised !== null) expect(from).toBeGreaterThanOrEqual(promised.to)
        expect(to).toBeLessThanOrEqual(world.now)
      }
    }
  }
}

test('a door that is called ready opens, and one that waits says what for', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(fc.array(deed, { minLength: 2, maxLength: 16 }), hours, (deeds, starts_in) => {
      const place = openFrozenWorld()
      const [space_id, id] = place.write((world) => {
        const space = createSpace(world, { name: 'Flat', device_ids: ['wifi-lock', 'bridge-lock'] })
        const grant = createAccessGrant(world, {
          user_identity: {},
          space_ids: [space.space_id],
          starts_at: world.now + starts_in * hour,
          ends_at: world.now + (starts_in + 48) * hour,
          requested_access_methods: [{ mode: 'code' }],
        })
        return [space.space_id, grant.access_grant_id] as const
      })
      for (const doing of deeds) {
        try {
          if (typeof doing === 'number') place.advance(doing * hour)
          else place.write((world) => doing(world, space_id, id))
        } catch (error) {
          if (!isDomainError(error)) throw error
        }
        place.read((world) => {
          judge(world, explainAccessGrant(world, { access_grant_id: id }), seen)
          explainSpace(world, { space_id })
          judgeReport(world)
        })
      }
    }),
    { numRuns: 80 },
  )
  for (const state of ['ready', 'waiting', 'leaving']) expect(seen.get(state)).toBeGreaterThan(20)
})
