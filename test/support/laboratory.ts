/** An experiment with plain access codes on small locks, which are used, broken and mended. */
import * as fc from 'fast-check'
import { is } from '../../src/db/conditions.ts'
import { access_codes } from '../../src/db/tables/access-codes.ts'
import {
  createAccessCode,
  deleteAccessCode,
  updateAccessCode,
} from '../../src/sim/access-codes/operations.ts'
import { disconnectAccount, reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { configureAutoLock, unlockDoor } from '../../src/sim/locks/actions.ts'
import { enterCode } from '../../src/sim/locks/at-the-door.ts'
import { createSlotByHand, deleteSlotByHand } from '../../src/sim/locks/manufacturer-app.ts'
import { factoryReset } from '../../src/sim/locks/factory-reset.ts'
import { setBattery, setKeypad } from '../../src/sim/locks/battery/use.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { updateSettings } from '../../src/sim/workspaces/operations.ts'
import { climateDeeds, climateFixture, performInClimate } from './climate-deeds.ts'
import { openExperiment, storyOf } from './experiment.ts'
import type { Chapter as ChapterOf, Experiment } from './experiment.ts'
import { minute } from './place.ts'

/** Small memories, so that full banks are met soon. */
const fixture = fixtureSchema().parse({
  name: 'laboratory',
  loose_ids: true,
  workspace: { name: 'Laboratory', workspace_id: 'laboratory' },
  connected_accounts: [
    { connected_account_id: 'august', model: 'august' },
    { connected_account_id: 'smartthings', model: 'smartthings' },
  ],
  bridges: [
    { bridge_id: 'bridge', connected_account_id: 'august', name: 'Bridge' },
    { bridge_id: 'hub', connected_account_id: 'smartthings', name: 'Hub' },
  ],
  ...climateFixture,
  devices: [
    {
      device_id: 'native',
      connected_account_id: 'august',
      model: 'august',
      name: 'Native',
      bridge_id: 'bridge',
      profile: { memory_slots: 2 },
    },
    {
      device_id: 'timely',
      connected_account_id: 'smartthings',
      model: 'smartthings',
      name: 'Just in time',
      bridge_id: 'hub',
      profile: { memory_slots: 2 },
    },
    {
      device_id: 'other',
      connected_account_id: 'smartthings',
      model: 'smartthings',
      name: 'Another one on the hub',
      bridge_id: 'hub',
    },
  ],
})

export const doors = ['native', 'timely', 'other'] as const
const bridges = ['bridge', 'hub'] as const
const accounts = ['august', 'smartthings'] as const
/** Few, so that duplicates are met often. */
export const pins = ['1111', '2222', '3333', '4444', '5555'] as const

const door = fc.constantFrom(...doors)
const pin = fc.constantFrom(...pins)
/** Minutes from now; the past, the lead times and the far future are all likely. */
const offset = fc.oneof(
  fc.integer({ min: -30, max: 180 }),
  fc.integer({ min: 60 * 70, max: 60 * 74 }),
  fc.integer({ min: 0, max: 60 * 24 * 20 }),
)
const lasts = fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 60 * 24 * 5 }))
const frame = fc.option(fc.record({ from: offset, lasts }), { freq: 1 })
const which = fc.nat({ max: 7 })

const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), door, pin, frame }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      which,
      pin: fc.option(pin),
      name: fc.option(fc.constantFrom('One', 'Two')),
      frame: fc.option(frame),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('enter' as const), door, pin }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('bridge' as const),
      bridge: fc.constantFrom(...bridges),
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('radio' as const), door, on: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('account' as const),
      account: fc.constantFrom(...accounts),
      on: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('keypad' as const), on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('battery' as const),
      door,
      level: fc.constantFrom(0, 0.0001, 0.3, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unlock' as const), door }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const), door }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('keypad battery' as const),
      level: fc.constantFrom(0, 0.0001, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('auto lock' as const), door }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('by hand' as const), door, pin }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('erase by hand' as const), door, slot: which }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('ask every' as const),
      poll_interval: fc.constantFrom(null, 7 * minute, 60 * minute),
    }),
  },
  ...climateDeeds,
)

const declaredFrame = (world: World, frame: { from: number; lasts: number } | null) =>
  frame === null
    ? {}
    : {
        starts_at: world.now + frame.from * minute,
        ends_at: world.now + (frame.from + frame.lasts) * minute,
      }

const managed = is(access_codes.is_managed)

const codeAt = (world: World, which: number): string | undefined => {
  const codes = world.access_codes.all(managed(true))
  return codes[which % Math.max(1, codes.length)]?.access_code_id
}

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

const perform = (world: World, deed: Deed): unknown => {
  switch (deed.do) {
    case 'create':
      return createAccessCode(world, {
        device_id: deed.door,
        code: deed.pin,
        ...declaredFrame(world, deed.frame),
      }).access_code.access_code_id
    case 'update': {
      const access_code_id = codeAt(world, deed.which)
      if (access_code_id === undefined) return 'nothing to update'
      return updateAccessCode(world, {
        access_code_id,
        ...(deed.pin !== null && { code: deed.pin }),
        ...(deed.name !== null && { name: deed.name }),
        ...(deed.frame !== null && declaredFrame(world, deed.frame)),
      }).action_attempt_id
    }
    case 'delete': {
      const access_code_id = codeAt(world, deed.which)
      if (access_code_id === undefined) return 'nothing to delete'
      return deleteAccessCode(world, access_code_id).action_attempt_id
    }
    case 'enter':
      return enterCode(world, deed.door, deed.pin)
    case 'bridge':
      return (deed.on ? plugBridge : unplugBridge)(world, deed.bridge)
    case 'radio':
      return setRadio(world, deed.door, deed.on)
    case 'account':
      return (deed.on ? reconnectAccount : disconnectAccount)(world, deed.account)
    case 'keypad':
      return setKeypad(world, 'native', deed.on)
    case 'battery':
      return setBattery(world, deed.door, 'battery', deed.level)
    case 'keypad battery':
      return setBattery(world, 'native', 'keypad_battery', deed.level)
    case 'reset':
      return factoryReset(world, deed.door)
    case 'unlock':
      return unlockDoor(world, deed.door).action_attempt_id
    case 'auto lock':
      return configureAutoLock(world, deed.door, { auto_lock_enabled: true }).action_attempt_id
    case 'by hand':
      return createSlotByHand(world, { device_id: deed.door, code: deed.pin }).slot
    case 'ask every':
      return updateSettings(world, { poll_interval: deed.poll_interval })
    case 'erase by hand':
      return deleteSlotByHand(world, { device_id: deed.door, slot: deed.slot }).slot
    default:
      return performInClimate(world, deed)
  }
}

export const codes: Experiment<Deed> = { fixture, deed, perform }

export type Chapter = ChapterOf<Deed>

export const story = storyOf(codes)

/**
 * A story in which a guest is locked out and another one stays too long, for properties that must have
 * seen both: by luck alone they meet them in most runs. Its hub goes away during a stay, and comes back.
 */
export const hubGoneInBetween: Chapter[] = [
  { after: 0, deed: { do: 'create', door: 'timely', pin: '1111', frame: { from: 0, lasts: 60 } } },
  { after: 10 * minute, deed: { do: 'bridge', bridge: 'hub', on: false } },
  {
    after: 10 * minute,
    deed: { do: 'create', door: 'timely', pin: '2222', frame: { from: 0, lasts: 90 } },
  },
  { after: 30 * minute, deed: { do: 'enter', door: 'timely', pin: '2222' } },
  { after: 30 * minute, deed: { do: 'enter', door: 'timely', pin: '1111' } },
  { after: minute, deed: { do: 'bridge', bridge: 'hub', on: true } },
]

/** Before a guest comes, somebody deletes the code at the lock while its bridge is away: nobody hears of it. */
export const erasedUnseen: Chapter[] = [
  {
    after: 0,
    deed: { do: 'create', door: 'native', pin: '1111', frame: { from: 600, lasts: 60 } },
  },
  { after: 10 * minute, deed: { do: 'bridge', bridge: 'bridge', on: false } },
  { after: minute, deed: { do: 'erase by hand', door: 'native', slot: 1 } },
]

export const openLaboratory = (options: Parameters<typeof openExperiment>[1] = {}) =>
  openExperiment(codes, options)

export type Laboratory = ReturnType<typeof openLaboratory>
