/** The engine without HTTP: the one place where tests make a universe, and a workspace on a frozen clock. */
import { openDatabase } from '../../src/db/database.ts'
import type { DatabaseClient } from '../../src/db/database.ts'
import type { Universe } from '../../src/sim/kernel/universe.ts'
import { jobHandlers } from '../../src/sim/job-handlers.ts'
import { reactions } from '../../src/sim/reactions.ts'
import { frozenClock } from '../../src/sim/kernel/clock.ts'
import type { JobHandlers } from '../../src/sim/kernel/run-due.ts'
import { createUniverse } from '../../src/sim/kernel/universe.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import type { Fixture } from '../../src/sim/workspaces/fixture.ts'
import { createWorkspace } from '../../src/sim/workspaces/operations.ts'

export const start = Date.UTC(2025, 0, 1, 12)

type Input = Parameters<ReturnType<typeof fixtureSchema>['parse']>[0]

export interface FrozenWorld {
  universe: Universe
  workspace_id: string
  readonly write: <T>(fn: (world: World) => T) => T
  readonly read: <T>(fn: (world: World) => T) => T
  /** Runs all jobs due until `ms` from now, and moves the clock there. */
  readonly advance: (ms: number) => void
  readonly now: () => number
}

/** A lock on its own Wi-Fi, two behind a bridge of which one has its keypad apart, and one for offline codes. */
export const twoLocks = {
  name: 'two-locks',
  loose_ids: true,
  connected_accounts: [
    { connected_account_id: 'schlage-account', model: 'schlage' },
    { connected_account_id: 'august-account', model: 'august' },
    { connected_account_id: 'igloohome-account', model: 'igloohome' },
  ],
  bridges: [
    { bridge_id: 'bridge', connected_account_id: 'august-account', name: 'Bridge' },
    { bridge_id: 'cellar-bridge', connected_account_id: 'august-account', name: 'Cellar bridge' },
  ],
  devices: [
    {
      device_id: 'wifi-lock',
      connected_account_id: 'schlage-account',
      model: 'schlage',
      name: 'Gate',
    },
    {
      device_id: 'bridge-lock',
      connected_account_id: 'august-account',
      model: 'august',
      name: 'Door',
      bridge_id: 'bridge',
    },
    {
      device_id: 'keypad-lock',
      connected_account_id: 'august-account',
      model: 'august',
      name: 'Cellar',
      bridge_id: 'cellar-bridge',
    },
    {
      device_id: 'offline-lock',
      connected_account_id: 'igloohome-account',
      model: 'igloohome',
      name: 'Shed',
      location: { time_zone: 'Europe/Amsterdam' },
    },
  ],
}

export const parseFixture = (input: Input): Fixture => fixtureSchema().parse(input)

interface UniverseOptions {
  /** One in memory when not given. */
  db?: DatabaseClient
  /** `start` when not given. */
  wall?: () => number
  /** What is to happen in place of what jobs do otherwise. */
  handlers?: Partial<JobHandlers>
}

/** All of the simulation, over a database. */
export const openUniverse = ({
  db = openDatabase(':memory:'),
  wall = () => start,
  handlers = {},
}: UniverseOptions = {}): Universe =>
  createUniverse(db, {
    wall,
    handlers: { ...jobHandlers, ...handlers },
    reactions,
    findCredential: (_, token) => db.credentials.find(token),
  })

/** @param handlers what is to happen in place of what jobs do otherwise */
export const openFrozenWorld = (
  fixture: Input = twoLocks,
  seed = 'frozen',
  handlers: Partial<JobHandlers> = {},
  db: DatabaseClient = openDatabase(':memory:'),
): FrozenWorld => {
  const universe = openUniverse({ handlers, db })
  const workspace_id = createWorkspace(
    universe,
    {
      api_key: `seam_test_${seed}`,
      seed,
      fixture: parseFixture(fixture),
      clock: { mode: 'frozen', at: start },
    },
    start,
  )
  const read: FrozenWorld['read'] = (fn) => universe.read(workspace_id, fn)
  const write: FrozenWorld['write'] = (fn) => universe.write(workspace_id, fn)
  return {
    universe,
    workspace_id,
    read,
    write,
    now: () => universe.now(workspace_id),
    advance: (ms) => {
      const to = universe.now(workspace_id) + ms
      universe.runDue(workspace_id, to)
      universe.setClock(workspace_id, frozenClock(to, start))
    },
  }
}
