/** An experiment with grants over several locks, people, spaces and pushed stays, whose links, codes and doors are meddled with. */
import * as fc from 'fast-check'
import { createAccessCode, deleteAccessCode } from '../../src/sim/access-codes/operations.ts'
import {
  createAccessGrant,
  deleteAccessGrant,
  deleteMethods,
  requestAccessMethods,
  updateAccessGrant,
} from '../../src/sim/access-grants/operations.ts'
import { disconnectAccount, reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { setRules } from '../../src/sim/customers/automations.ts'
import { deleteData } from '../../src/sim/customers/delete.ts'
import { createPortal } from '../../src/sim/customers/portals.ts'
import { pushData } from '../../src/sim/customers/push.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { updateDevice, updateUnmanagedDevice } from '../../src/sim/devices/management.ts'
import { clearFaults, createFault } from '../../src/sim/faults/operations.ts'
import { createInstantKey, deleteInstantKey } from '../../src/sim/instant-keys/operations.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { setKeypad } from '../../src/sim/locks/battery/use.ts'
import { factoryReset } from '../../src/sim/locks/factory-reset.ts'
import {
  createSlotByHand,
  deleteSlotByHand,
  updateSlotByHand,
} from '../../src/sim/locks/manufacturer-app.ts'
import { enterCode } from '../../src/sim/locks/at-the-door.ts'
import { createSandboxPhone, deactivatePhone } from '../../src/sim/phones/operations.ts'
import {
  addDevices,
  createSpace,
  deleteSpace,
  removeDevices,
  updateSpace,
} from '../../src/sim/spaces/operations.ts'
import { giveDevice, takeDeviceBack } from '../../src/sim/user-identities/device-access.ts'
import {
  createUserIdentity,
  deleteUserIdentity,
  updateUserIdentity,
} from '../../src/sim/user-identities/operations.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import type { Experiment } from './experiment.ts'
import { hour, minute } from './place.ts'

const account = (model: string) => ({ connected_account_id: model, model })
const bridge = (bridge_id: string, connected_account_id: string) => ({
  bridge_id,
  connected_account_id,
  name: bridge_id,
})
const lock = (device_id: string, model: string, more: object = {}) => ({
  device_id,
  connected_account_id: model,
  model,
  name: device_id,
  ...more,
})

/** Small memories, and locks of every sort that matters to a grant. */
const fixture = fixtureSchema().parse({
  name: 'estate',
  loose_ids: true,
  workspace: { name: 'Estate', workspace_id: 'laboratory' },
  connected_accounts: [
    account('schlage'),
    account('august'),
    account('smartthings'),
    account('salto_ks'),
    account('dormakaba_oracode'),
  ],
  bridges: [
    bridge('bridge', 'august'),
    bridge('cellar-bridge', 'august'),
    bridge('hub', 'smartthings'),
    bridge('iq', 'salto_ks'),
  ],
  devices: [
    lock('gate', 'schlage', { profile: { memory_slots: 3 } }),
    lock('flat', 'august', { bridge_id: 'bridge', profile: { memory_slots: 5 } }),
    lock('cellar', 'august', { bridge_id: 'cellar-bridge' }),
    lock('late', 'smartthings', { bridge_id: 'hub', profile: { memory_slots: 3 } }),
    lock('left', 'salto_ks', { bridge_id: 'iq' }),
    lock('right', 'salto_ks', { bridge_id: 'iq' }),
    lock('shed', 'dormakaba_oracode', { location: { time_zone: 'Europe/Amsterdam' } }),
  ],
  spaces: [
    { space_id: 'first', space_key: 's1', name: 'First floor', device_ids: ['gate', 'flat'] },
    { space_id: 'second', space_key: 's2', name: 'Second floor', device_ids: ['late', 'left'] },
  ],
  user_identities: [{ user_identity_id: 'person', user_identity_key: 'p1', full_name: 'Ada' }],
})

export const doors = ['gate', 'flat', 'cellar', 'late', 'left', 'right', 'shed'] as const
export const bridges = ['bridge', 'cellar-bridge', 'hub', 'iq'] as const
export const accounts = ['schlage', 'august', 'smartthings', 'salto_ks'] as const
/** Few, so that duplicates are met often. */
export const pins = ['4711', '5820', '1379'] as const

/** Something that is done; told by its name and what it was done with. */
export interface Deed {
  readonly run: (world: World) => unknown
  readonly [fc.toStringMethod]: () => string
}

const deed = <Args>(
  weight: number,
  name: string,
  args: fc.Arbitrary<Args>,
  perform: (world: World, args: Args) => unknown,
) => ({
  weight,
  arbitrary: args.map((given): Deed => ({
    run: (world) => perform(world, given),
    [fc.toStringMethod]: () => `${name} ${JSON.stringify(given)}`,
  })),
})

const door = fc.constantFrom(...doors)
const someDoors = fc.uniqueArray(door, { minLength: 1, maxLength: 4 })
const which = fc.nat({ max: 5 })
const pin = fc.constantFrom(...pins)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const space_keys = fc.uniqueArray(fc.constantFrom('s1', 's2', 's3'), { maxLength: 2 })
/** Hours from now, and how long; without a length the end is open. */
const frame = fc.record({
  from: fc.oneof(
    fc.integer({ min: -2, max: 4 }),
    fc.integer({ min: 60, max: 80 }),
    fc.integer({ min: 0, max: 300 }),
  ),
  lasts: fc.option(fc.integer({ min: 1, max: 100 }), { freq: 8 }),
})
type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never

const windowOf = (world: World, { from, lasts }: Frame) => ({
  starts_at: world.now + from * hour,
  ends_at: lasts === null ? null : world.now + (from + lasts) * hour,
})

const nth = <T>(rows: readonly T[], place: number): T | undefined =>
  rows[place % Math.max(1, rows.length)]

/** Does something with one of these; nothing where there is none. */
const withNth = <T>(rows: readonly T[], place: number, use: (row: T) => unknown): unknown => {
  const row = nth(rows, place)
  return row === undefined ? 'there is none' : use(row)
}

const personOf = (world: World, place: number | undefined) => {
  const person =
    place === undefined ? undefined : nth(world.user_identities.all(), place)?.user_identity_id
  return person === undefined
    ? { user_identity: { full_name: 'Ada' } }
    : { user_identity_id: person }
}

const ofGrants = [
  deed(
    8,
    'create grant',
    fc.record({
      device_ids: someDoors,
      space: maybe(which),
      person: maybe(which),
      code: maybe(pin),
      frame,
      requests: fc.constantFrom(1, 1, 1, 2),
      name: maybe(fc.constantFrom('Ada', 'Bob')),
    }),
    (world, { device_ids, space, person, code, frame: given, requests, name }) => {
      const chosen = space === undefined ? undefined : nth(world.spaces.all(), space)
      return createAccessGrant(world, {
        ...personOf(world, person),
        device_ids,
        space_ids: chosen === undefined ? [] : [chosen.space_id],
        ...windowOf(world, given),
        name,
        requested_access_methods: Array.from({ length: requests }, () => ({ mode: 'code', code })),
      }).access_grant_id
    },
  ),
  deed(3, 'move grant in time', fc.record({ which, frame }), (world, it) =>
    withNth(world.access_grants.all(), it.which, ({ access_grant_id }) => {
      updateAccessGrant(world, access_grant_id, windowOf(world, it.frame))
    }),
  ),
  deed(2, 'prolong grant', fc.record({ which, by: fc.integer({ min: 1, max: 60 }) }), (world, it) =>
    withNth(world.access_grants.all(), it.which, ({ access_grant_id }) => {
      updateAccessGrant(world, access_grant_id, { ends_at: world.now + it.by * hour })
    }),
  ),
  deed(
    3,
    'move grant',
    fc.record({ which, device_ids: someDoors, space_keys: maybe(space_keys) }),
    (world, { which: place, ...places }) =>
      withNth(world.access_grants.all(), place, ({ access_grant_id }) => {
        updateAccessGrant(world, access_grant_id, places)
      }),
  ),
  deed(1, 'rename grant', fc.record({ which, name: fc.constantFrom('Eve', null) }), (world, it) =>
    withNth(world.access_grants.all(), it.which, ({ access_grant_id }) => {
      updateAccessGrant(world, access_grant_id, { name: it.name })
    }),
  ),
  deed(3, 'delete grant', fc.record({ which }), (world, it) =>
    withNth(world.access_grants.all(), it.which, ({ access_grant_id }) => {
      deleteAccessGrant(world, access_grant_id)
    }),
  ),
  deed(2, 'delete method', fc.record({ which }), (world, it) =>
    withNth(world.access_methods.all(), it.which, ({ access_grant_id, access_method_id }) => {
      deleteMethods(world, access_grant_id, [access_method_id])
    }),
  ),
  deed(1, 'request method', fc.record({ which, code: maybe(pin) }), (world, it) =>
    withNth(world.access_grants.all(), it.which, ({ access_grant_id }) => {
      requestAccessMethods(world, access_grant_id, [{ mode: 'code', code: it.code }])
    }),
  ),
]

const person = fc.record({
  full_name: maybe(fc.constantFrom('Ada', 'Bob')),
  email_address: maybe(fc.constantFrom('ada@example.com', 'bob@example.com')),
  user_identity_key: maybe(fc.constantFrom('p1', 'p2')),
})

const ofPeople = [
  deed(1, 'create person', person, (world, it) => createUserIdentity(world, it).user_identity_id),
  deed(1, 'change person', fc.record({ which, person }), (world, it) =>
    withNth(world.user_identities.all(), it.which, ({ user_identity_id }) => {
      updateUserIdentity(world, user_identity_id, it.person)
    }),
  ),
  deed(1, 'delete person', fc.record({ which }), (world, it) =>
    withNth(world.user_identities.all(), it.which, ({ user_identity_id }) => {
      deleteUserIdentity(world, user_identity_id)
    }),
  ),
  deed(1, 'give device', fc.record({ which, door, on: fc.boolean() }), (world, it) =>
    withNth(world.user_identities.all(), it.which, ({ user_identity_id }) => {
      ;(it.on ? giveDevice : takeDeviceBack)(world, user_identity_id, it.door)
    }),
  ),
  deed(1, 'instant key', fc.record({ which, on: fc.boolean() }), (world, it) => {
    if (!it.on) {
      return withNth(world.instant_keys.all(), it.which, ({ instant_key_id }) => {
        deleteInstantKey(world, instant_key_id)
      })
    }
    return withNth(
      world.user_identities.all(),
      it.which,
      ({ user_identity_id }) =>
        createInstantKey(world, { user_identity_id, max_use_count: 1 }).instant_key_id,
    )
  }),
  deed(1, 'phone', fc.record({ which, on: fc.boolean() }), (world, it) => {
    if (!it.on) {
      return withNth(world.phones.all(), it.which, ({ device_id }) => {
        deactivatePhone(world, device_id)
      })
    }
    return withNth(
      world.user_identities.all(),
      it.which,
      ({ user_identity_id }) =>
        createSandboxPhone(world, {
          user_identity_id,
          operating_system: 'ios',
          device_model: 'Phone',
          made_with: {},
        }).device_id,
    )
  }),
]

const space_key = fc.constantFrom('s1', 's2', 's3')

const ofSpaces = [
  deed(
    2,
    'create space',
    fc.record({ space_key: maybe(space_key), device_ids: fc.uniqueArray(door, { maxLength: 3 }) }),
    (world, it) => createSpace(world, { name: 'Space', ...it }).space_id,
  ),
  deed(
    3,
    'move devices',
    fc.record({ which, isIn: fc.boolean(), device_ids: someDoors }),
    (world, it) =>
      withNth(world.spaces.all(), it.which, ({ space_id }) => {
        ;(it.isIn ? addDevices : removeDevices)(world, space_id, it.device_ids)
      }),
  ),
  deed(
    2,
    'update space',
    fc.record({
      which,
      name: maybe(fc.constantFrom('Attic', 'Yard')),
      device_ids: maybe(fc.uniqueArray(door, { maxLength: 3 })),
    }),
    (world, { which: place, ...change }) =>
      withNth(world.spaces.all(), place, ({ space_id }) => {
        updateSpace(world, space_id, change)
      }),
  ),
  deed(1, 'delete space', fc.record({ which }), (world, it) =>
    withNth(world.spaces.all(), it.which, ({ space_id }) => {
      deleteSpace(world, space_id)
    }),
  ),
]

const stay = fc.record({
  kind: fc.constantFrom('reservation' as const, 'booking' as const),
  stay_key: fc.constantFrom('r1', 'r2'),
  person_keys: fc.oneof(
    { weight: 4, arbitrary: fc.constant(['p1']) },
    maybe(fc.uniqueArray(fc.constantFrom('p1', 'p2', 'p3'), { maxLength: 2 })),
  ),
  space_keys: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(['s1'], ['s2'], ['s1', 's2']) },
    maybe(space_keys),
  ),
  preferred_code: maybe(pin),
  frame: fc.option(frame, { nil: undefined, freq: 8 }),
})

const ofCustomers = [
  deed(
    5,
    'push',
    fc.record({
      people: fc.array(
        fc.record({
          user_identity_key: fc.constantFrom('p1', 'p2', 'p3'),
          name: fc.constantFrom('Ada', 'Bob'),
          email_address: maybe(fc.constantFrom('ada@example.com', 'bob@example.com')),
        }),
        { maxLength: 2 },
      ),
      places: fc.array(fc.record({ space_key, name: fc.constantFrom('Attic', 'Yard') }), {
        maxLength: 2,
      }),
      stays: fc.array(stay, { maxLength: 2 }),
    }),
    (world, { people, places, stays }) => {
      pushData(world, {
        customer_key: 'c1',
        people,
        places,
        stays: stays.map(({ frame: given, ...rest }) => {
          const { starts_at, ends_at = null } = given === undefined ? {} : windowOf(world, given)
          return { ...rest, starts_at, ends_at: ends_at ?? undefined }
        }),
      })
    },
  ),
  deed(
    2,
    'delete data',
    fc.record({
      stays: fc.array(stay, { maxLength: 1 }),
      person_keys: fc.array(fc.constantFrom('p1', 'p2'), { maxLength: 1 }),
      space_keys: fc.array(space_key, { maxLength: 1 }),
      customer_keys: fc.constantFrom([], [], [], ['c1']),
    }),
    deleteData,
  ),
  deed(1, 'portal', fc.boolean(), (world, is_read_only) => {
    createPortal(world, 'c1', {
      is_read_only,
      excluded: [],
      filters: [],
    })
  }),
  deed(1, 'rules', fc.boolean(), (world, last4) => {
    setRules(world, 'c1', {
      access_rules: {
        reservation_created: {
          rule: 'reservation_created',
          config: {
            access_methods: ['card', 'code'],
            method_issuance_strategy: 'all_available',
            prefer_guest_phone_last4_as_code: last4,
          },
        },
        reservation_deleted: { rule: 'reservation_deleted', config: {} },
      },
    })
  }),
]

const on = fc.boolean()

const ofTheWorld = [
  deed(4, 'bridge', fc.record({ id: fc.constantFrom(...bridges), on }), (world, it) =>
    (it.on ? plugBridge : unplugBridge)(world, it.id),
  ),
  deed(1, 'radio', fc.record({ door, on }), (world, it) => setRadio(world, it.door, it.on)),
  deed(1, 'account', fc.record({ id: fc.constantFrom(...accounts), on }), (world, it) =>
    (it.on ? reconnectAccount : disconnectAccount)(world, it.id),
  ),
  deed(2, 'manage', fc.record({ device_id: door, is_managed: fc.boolean() }), (world, it) => {
    ;(it.is_managed ? updateUnmanagedDevice : updateDevice)(world, it)
  }),
  deed(2, 'plain code', fc.record({ door, pin, spare: fc.boolean() }), (world, it) => {
    const starts_at = world.now
    return createAccessCode(world, {
      device_id: it.door,
      code: it.pin,
      ...(it.spare && {
        use_backup_access_code_pool: true,
        starts_at,
        ends_at: starts_at + 20 * hour,
      }),
    }).access_code.access_code_id
  }),
  deed(1, 'delete plain code', fc.record({ which }), (world, it) =>
    withNth(
      world.access_codes.all().filter((code) => code.access_method_id === null && code.is_managed),
      it.which,
      ({ access_code_id }) => deleteAccessCode(world, access_code_id).action_attempt_id,
    ),
  ),
  deed(
    2,
    'fault',
    fc.record({
      on: fc.constantFrom(
        'access_code.set' as const,
        'access_code.update' as const,
        'access_code.remove' as const,
      ),
      times: fc.integer({ min: 1, max: 6 }),
    }),
    (world, it) => createFault(world, { ...it, effect: { kind: 'fail' } }).fault_id,
  ),
  deed(
    1,
    'link fault',
    fc.record({ minutes: fc.integer({ min: 1, max: 300 }) }),
    (world, it) =>
      createFault(world, {
        on: 'bridge.link',
        match: { bridge_id: 'hub' },
        effect: { kind: 'down', for: it.minutes * minute },
      }).fault_id,
  ),
  deed(1, 'no more faults', fc.constant(null), (world) => clearFaults(world).length),
]

/** What happens at the locks themselves, and which Seam learns of later. */
const atTheLocks = [
  deed(1, 'keypad', fc.record({ on }), (world, it) => setKeypad(world, 'cellar', it.on)),
  deed(1, 'factory reset', fc.record({ door }), (world, it) => factoryReset(world, it.door)),
  deed(3, 'enter', fc.record({ door, which }), (world, it) =>
    withNth(world.access_methods.all(), it.which, ({ code }) =>
      enterCode(world, it.door, code ?? '0000'),
    ),
  ),
  deed(
    1,
    'by hand',
    fc.record({ door, pin }),
    (world, it) => createSlotByHand(world, { device_id: it.door, code: it.pin }).slot,
  ),
  deed(
    1,
    'change by hand',
    fc.record({ door, slot: fc.integer({ min: 1, max: 4 }), code: pin }),
    (world, { door: device_id, slot, code }) =>
      updateSlotByHand(world, { device_id, slot }, { code }).slot,
  ),
  deed(
    1,
    'erase by hand',
    fc.record({ door, slot: fc.integer({ min: 1, max: 4 }) }),
    (world, it) => deleteSlotByHand(world, { device_id: it.door, slot: it.slot }).slot,
  ),
]

const ofSeam = [...ofGrants, ...ofPeople, ...ofSpaces, ...ofCustomers, ...ofTheWorld]

const perform = (world: World, { run }: Deed): unknown => run(world)

export const estate: Experiment<Deed> = {
  fixture,
  deed: fc.oneof(...ofSeam, ...atTheLocks),
  perform,
}

/** The same, in which nobody touches a lock behind Seam's back. */
export const untouchedEstate: Experiment<Deed> = { fixture, deed: fc.oneof(...ofSeam), perform }
