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
import { methodMutations } from '../../src/sim/access-grants/mutations.ts'
import { clearFaults, createFault } from '../../src/sim/faults/operations.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { isDomainError } from '../../src/sim/kernel/errors.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { askKeypad } from '../../src/sim/locks/at-the-door.ts'
import { addDevices, createSpace, removeDevices } from '../../src/sim/spaces/operations.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'
import { day, hour } from '../support/place.ts'

const locks = ['wifi-lock', 'bridge-lock', 'keypad-lock'] as const
const bridges = ['bridge', 'cellar-bridge'] as const

const lock = fc.constantFrom(...locks)
const refusals = ['access_code.set', 'access_code.remove', 'access_code.update'] as const

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
  fc.record({ do: fc.constant('radio' as const), device_id: lock, on: fc.boolean() }),
  fc.record({ do: fc.constant('refuse' as const), on: fc.constantFrom(...refusals) }),
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
    case 'radio':
      setRadio(world, doing.device_id, doing.on)
      return
    case 'refuse':
      createFault(world, { on: doing.on, effect: { kind: 'fail' } })
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

/** What a grant still waits for that is not its own time. */
const complaintsOf = (world: World): string[] =>
  world.access_grants.all().flatMap((grant) => {
    if (grant.deletion_requested_at !== null) return ['a grant is still being deleted']
    const isOpen = grant.starts_at <= world.now && world.now < (grant.ends_at ?? Infinity)
    return methodsOf(world, grant).flatMap((method) => [
      ...(isOpen && method.doors.length > 0 && method.issued_at === null ? ['is not issued'] : []),
      // Before its start it waits for its own time.
      ...(grant.starts_at > world.now
        ? []
        : methodMutations(world, grant, method).map((it) => `waits for ${it.mutation_code}`)),
      ...(method.deletion_requested_at === null ? [] : ['a method is still being deleted']),
    ])
  })

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
      for (const device_id of locks) perform(place, space_id, { do: 'radio', device_id, on: true })
      place.write(clearFaults)
      place.advance(day)
      note()
      expect(place.read(complaintsOf)).toEqual([])
      judged += place.read((world) => expectTrueDoors(world, everHad))
    }),
    { numRuns: 60 },
  )
  expect(judged).toBeGreaterThan(20)
})
