/** What no history of grants, people, spaces and bridges may lead to, judged at the doors. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createAccessGrant,
  deleteAccessGrant,
  updateAccessGrant,
} from '../../src/sim/access-grants/operations.ts'
import { doorsOf } from '../../src/sim/access-grants/doors.ts'
import { methodsOf } from '../../src/sim/access-grants/rows.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { isDomainError } from '../../src/sim/kernel/errors.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { askKeypad } from '../../src/sim/locks/operations.ts'
import { addDevices, createSpace, removeDevices } from '../../src/sim/spaces/operations.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'
import { day, hour } from '../support/place.ts'

const locks = ['wifi-lock', 'bridge-lock', 'keypad-lock'] as const
const bridges = ['bridge', 'cellar-bridge'] as const

const lock = fc.constantFrom(...locks)
const step = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    device_ids: fc.uniqueArray(lock, { minLength: 1 }),
    space: fc.boolean(),
    code: fc.option(fc.constantFrom('4711', '5820'), { nil: undefined }),
    starts_in: fc.integer({ min: 0, max: 96 }),
    lasts: fc.integer({ min: 1, max: 96 }),
  }),
  fc.record({ do: fc.constant('delete' as const), nth: fc.nat(5) }),
  fc.record({
    do: fc.constant('extend' as const),
    nth: fc.nat(5),
    by: fc.integer({ min: 1, max: 96 }),
  }),
  fc.record({
    do: fc.constant('bridge' as const),
    bridge: fc.constantFrom(...bridges),
    on: fc.boolean(),
  }),
  fc.record({ do: fc.constant('space' as const), device_id: lock, isIn: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 72 }) }),
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const nthGrant = (world: World, nth: number) => {
  const grants = world.access_grants.all()
  return grants[nth % Math.max(1, grants.length)]
}

const changeWorld = (
  world: World,
  space_id: string,
  doing: Exclude<Step, { do: 'wait' }>,
): void => {
  switch (doing.do) {
    case 'create': {
      const starts_at = world.now + doing.starts_in * hour
      createAccessGrant(world, {
        user_identity: {},
        device_ids: doing.device_ids,
        space_ids: doing.space ? [space_id] : [],
        starts_at,
        ends_at: starts_at + doing.lasts * hour,
        requested_access_methods: [{ mode: 'code', code: doing.code }],
      })
      return
    }
    case 'delete': {
      const grant = nthGrant(world, doing.nth)
      if (grant !== undefined) deleteAccessGrant(world, grant.access_grant_id)
      return
    }
    case 'extend': {
      const grant = nthGrant(world, doing.nth)
      if (grant === undefined) return
      const ends_at = Math.max(world.now, grant.starts_at) + doing.by * hour
      updateAccessGrant(world, grant.access_grant_id, { ends_at })
      return
    }
    case 'bridge':
      ;(doing.on ? plugBridge : unplugBridge)(world, doing.bridge)
      return
    case 'space':
    default:
      ;(doing.isIn ? addDevices : removeDevices)(world, space_id, [doing.device_id])
  }
}

/** Does it, or nothing where the world refuses it. */
const perform = (place: FrozenWorld, space_id: string, doing: Step): void => {
  if (doing.do === 'wait') {
    place.advance(doing.hours * hour)
    return
  }
  try {
    place.write((world) => {
      changeWorld(world, space_id, doing)
    })
  } catch (error) {
    if (!isDomainError(error)) throw error
  }
}

/** Every door opens for the PINs of the grants that stand now, and for no other PIN that a grant ever had. */
const expectTrueDoors = (world: World, everHad: ReadonlySet<string>): number => {
  const meant = new Set<string>()
  for (const grant of world.access_grants.all()) {
    const isOpen = grant.starts_at <= world.now && world.now < (grant.ends_at ?? Infinity)
    if (!isOpen || grant.deletion_requested_at !== null) continue
    const reached = methodsOf(world, grant).flatMap(({ doors, code }) =>
      doors.map(({ device_id }) => `${device_id} ${code}`),
    )
    for (const pair of reached) meant.add(pair)
    const doors = reached.map((pair) => pair.split(' ')[0])
    expect(new Set(doors)).toEqual(new Set(doorsOf(world, grant).map((door) => door.device_id)))
    expect(doors).toHaveLength(new Set(doors).size)
  }
  for (const code of everHad) {
    for (const device_id of locks) {
      expect([device_id, code, askKeypad(world, device_id, code).opened]).toEqual([
        device_id,
        code,
        meant.has(`${device_id} ${code}`),
      ])
    }
  }
  return meant.size
}

test('a day after everything is mended, exactly the doors of the grants that stand open for their PINs', () => {
  let judged = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 25 }), (steps) => {
      const place = openFrozenWorld()
      const space_id = place.write(
        (world) => createSpace(world, { name: 'Flat', device_ids: ['wifi-lock'] }).space_id,
      )
      const everHad = new Set<string>()
      const note = (): void => {
        for (const { code } of place.read((world) => world.access_methods.all()))
          if (code !== null) everHad.add(code)
      }
      for (const doing of steps) {
        perform(place, space_id, doing)
        note()
      }
      for (const bridge of bridges) perform(place, space_id, { do: 'bridge', bridge, on: true })
      place.advance(day)
      note()
      judged += place.read((world) => expectTrueDoors(world, everHad))
    }),
    { numRuns: 60, seed: 15 },
  )
  expect(judged).toBeGreaterThan(20)
})
