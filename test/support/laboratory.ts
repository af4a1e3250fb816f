/** A world without HTTP, for properties: random deeds at random instants, and all rows to compare. */
import * as fc from 'fast-check'
import { z } from 'zod'
import { is } from '../../src/db/conditions.ts'
import { access_codes } from '../../src/db/tables/access-codes.ts'
import { openDatabase } from '../../src/db/database.ts'
import { registry, worldTables } from '../../src/db/tables/index.ts'
import type { WorldTable } from '../../src/db/tables/index.ts'
import { createDispatcher } from '../../src/driver/dispatcher.ts'
import { createTimeTravel } from '../../src/driver/time-travel.ts'
import type { TranscriptEntry } from '../../src/driver/transcript.ts'
import {
  createAccessCode,
  deleteAccessCode,
  updateAccessCode,
} from '../../src/sim/access-codes/operations.ts'
import { disconnectAccount, reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { setRadio } from '../../src/sim/devices/connectivity.ts'
import { configureAutoLock, unlockDoor } from '../../src/sim/locks/actions.ts'
import { enterCode } from '../../src/sim/locks/operations.ts'
import { createSlotByHand, deleteSlotByHand } from '../../src/sim/locks/manufacturer-app.ts'
import { factoryReset } from '../../src/sim/locks/factory-reset.ts'
import { setBattery, setKeypad } from '../../src/sim/locks/battery/use.ts'
import { jobHandlers } from '../../src/sim/job-handlers.ts'
import { reactions } from '../../src/sim/reactions.ts'
import { createUniverse } from '../../src/sim/kernel/universe.ts'
import type { Universe } from '../../src/sim/kernel/universe.ts'
import { insertWebhook } from '../../src/sim/webhooks/operations.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { createWorkspace } from '../../src/sim/workspaces/operations.ts'
import { T0, hour, minute } from './place.ts'

/** Small memories, so that full banks are met soon. */
const fixture = fixtureSchema.parse({
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
)

/** Time passes, then somebody does something. */
const chapter = fc.record({
  /** ms */
  after: fc.oneof(
    fc.nat({ max: 5_000 }),
    fc.nat({ max: 90 * minute }),
    fc.nat({ max: 100 * hour }),
  ),
  deed,
})

export type Chapter = typeof chapter extends fc.Arbitrary<infer T> ? T : never
/** How many stories a property is told; PROPERTY_RUNS multiplies it for a long look. */
export const runs = (count: number): number => count * Number(process.env['PROPERTY_RUNS'] ?? 1)

/** Long, so that fates cross; shrinking makes a failing one short again. */
export const story = fc.array(chapter, { minLength: 1, maxLength: 40, size: 'max' })

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

const perform = (world: World, { deed }: Chapter): unknown => {
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
    case 'erase by hand':
    default:
      return deleteSlotByHand(world, { device_id: deed.door, slot: deed.slot }).slot
  }
}

/** Rows without a number stand in the order of their identity: when they reached their table is no matter. */
const inOrder = (name: WorldTable, rows: Record<string, unknown>[]): Record<string, unknown>[] => {
  const { table, id } = registry[name]
  if ('seq' in table) return rows
  const identity = (row: Record<string, unknown>) =>
    id.map((column) => String(row[column])).join(' ')
  return rows.sort((a, b) => (identity(a) < identity(b) ? -1 : 1))
}

const workspace_id = 'laboratory'
const eventId = z.object({ event_id: z.string() })
const wall = (): number => T0

export type Laboratory = Awaited<ReturnType<typeof openLaboratory>>

/**
 * Opens the laboratory's world, new or as it stands in a file. With `receivers`, two webhooks
 * listen; the first one refuses every fourth message.
 */
export const openLaboratory = (
  options: { db?: string; seed?: string; receivers?: boolean } = {},
) => {
  const db = openDatabase(options.db ?? ':memory:')
  const universe: Universe = createUniverse(db, {
    wall,
    handlers: jobHandlers,
    reactions,
    findCredential: (_, token) => db.credentials.find(token),
  })
  if (!universe.exists(workspace_id)) {
    createWorkspace(
      universe,
      {
        api_key: 'seam_test_laboratory',
        seed: options.seed ?? 'laboratory',
        fixture,
        clock: { mode: 'frozen', at: T0 },
      },
      wall(),
    )
    if (options.receivers === true) {
      universe.write(workspace_id, (world) => {
        insertWebhook(world, 'http://one.test', ['*'])
        insertWebhook(world, 'http://two.test', [
          'access_code.set_on_device',
          'access_code.deleted',
        ])
      })
    }
  }
  const sent: string[] = []
  const dispatcher = createDispatcher(
    universe,
    {
      send: (message) => {
        const { event_id } = eventId.parse(JSON.parse(message.body))
        sent.push(`${message.url} ${event_id}`)
        // Luck that depends on the message alone, so that it is the same however time passes.
        const refuses = message.url.includes('one') && event_id.startsWith('a')
        return Promise.resolve({
          status: refuses ? 500 : 200,
          response_body: '',
          error: null,
          abort: false,
        })
      },
      close: () => undefined,
    },
    wall,
  )
  const travel = createTimeTravel(universe, dispatcher, wall)
  const world = (): World => universe.world(workspace_id)

  return {
    world,
    universe,
    sent,
    advance: (by: number) => travel.advance(workspace_id, { to: universe.now(workspace_id) + by }),
    toNext: () => travel.advance(workspace_id, { to_next: true }),
    /** Does what the chapter says; a refusal is an answer too. */
    perform: (chapter: Chapter): unknown => {
      try {
        return universe.write(workspace_id, (open) => perform(open, chapter))
      } catch (error) {
        if (error instanceof Error && 'type' in error) return error.message
        throw error
      }
    },
    /** Does it all the same, and something else beside it fails; `looks` makes rows reach their tables first. */
    performInVain: (chapter: Chapter, looks: boolean): void => {
      const failure = new Error('on purpose')
      try {
        universe.write(workspace_id, (open) => {
          try {
            perform(open, chapter)
          } finally {
            if (looks) for (const table of worldTables) db.rawTable(table).dump(workspace_id)
          }
          throw failure
        })
      } catch (error) {
        if (error !== failure && !(error instanceof Error && 'type' in error)) throw error
      }
    },
    /** Brings some of the rows that wait into their tables. */
    rest: (rows: number): boolean => db.flush(rows),
    /** The instant at which something is next due. */
    next: (): number | null => travel.nextInstant(workspace_id),
    /** Every row of the world. */
    dump: (): Record<string, unknown[]> =>
      Object.fromEntries(
        worldTables.map((table) => [table, inOrder(table, db.rawTable(table).dump(workspace_id))]),
      ),
    read: <T>(fn: (open: World) => T): T => universe.read(workspace_id, fn),
    close: () => db.close(),
  }
}

/** What a transcript says, without what is the same in every line. */
export const lines = (entries: readonly TranscriptEntry[]): string[] =>
  entries.map((entry) => `${entry.at} ${entry.kind} ${entry.event_type} ${entry.event_id}`)
