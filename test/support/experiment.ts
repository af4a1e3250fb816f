/** A world without HTTP, for properties: deeds at odd instants, and all rows to compare. */
import * as fc from 'fast-check'
import { z } from 'zod'
import { exportWorkspace } from '../../src/db/snapshot.ts'
import { parseSnapshot } from '../../src/db/snapshot-format.ts'
import { openDatabase } from '../../src/db/database.ts'
import { registry, worldTables } from '../../src/db/tables/index.ts'
import type { WorldTable } from '../../src/db/tables/index.ts'
import { createDispatcher } from '../../src/driver/dispatcher.ts'
import { createTimeTravel } from '../../src/driver/time-travel.ts'
import type { TranscriptEntry } from '../../src/driver/transcript.ts'
import { insertWebhook } from '../../src/sim/webhooks/operations.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import type { Fixture } from '../../src/sim/workspaces/fixture.ts'
import { createWorkspace, restoreWorkspace } from '../../src/sim/workspaces/operations.ts'
import { openUniverse } from './frozen-world.ts'
import { T0, hour, minute } from './place.ts'

/** A world, and what can be done in it. */
export interface Experiment<Deed> {
  /** Its workspace has the id `laboratory`. */
  readonly fixture: Fixture
  readonly deed: fc.Arbitrary<Deed>
  readonly perform: (world: World, deed: Deed) => unknown
}

/** One of a list by whatever number a story has drawn. */
export const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list[at % Math.max(1, list.length)]

/** Time passes, then somebody does something. */
export interface Chapter<Deed> {
  /** ms */
  after: number
  deed: Deed
}

/** How many stories a property is told; PROPERTY_RUNS multiplies it for a long look. */
export const runs = (count: number): number => count * Number(process.env['PROPERTY_RUNS'] ?? 1)

const chapterOf = <Deed>(deed: fc.Arbitrary<Deed>): fc.Arbitrary<Chapter<Deed>> =>
  fc.record({
    after: fc.oneof(
      fc.nat({ max: 5_000 }),
      fc.nat({ max: 90 * minute }),
      fc.nat({ max: 100 * hour }),
    ),
    deed,
  })

/** Long, so that fates cross; shrinking makes a failing one short again. */
export const storyOf = <Deed>({ deed }: Experiment<Deed>): fc.Arbitrary<Chapter<Deed>[]> =>
  fc.array(chapterOf(deed), { minLength: 1, maxLength: 40, size: 'max' })

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

export type Laboratory<Deed> = ReturnType<typeof openExperiment<Deed>>

/**
 * Opens the experiment's world, new or as it stands in a file. With `receivers`, two webhooks
 * listen; the first one refuses every fourth message.
 */
export const openExperiment = <Deed>(
  { fixture, perform }: Experiment<Deed>,
  options: { db?: string; seed?: string; receivers?: boolean } = {},
) => {
  const db = openDatabase(options.db ?? ':memory:')
  const universe = openUniverse({ db, wall })
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
    perform: ({ deed }: Chapter<Deed>): unknown => {
      try {
        return universe.write(workspace_id, (open) => perform(open, deed))
      } catch (error) {
        if (error instanceof Error && 'type' in error) return error.message
        throw error
      }
    },
    /** Does it all the same, and something else beside it fails; `looks` makes rows reach their tables first. */
    performInVain: ({ deed }: Chapter<Deed>, looks: boolean): void => {
      const failure = new Error('on purpose')
      try {
        universe.write(workspace_id, (open) => {
          try {
            perform(open, deed)
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
    /** Everything, as text that another laboratory can take in. */
    snapshot: (): string =>
      JSON.stringify(exportWorkspace(db, workspace_id, universe.now(workspace_id))),
    restore: (json: string): void => {
      const snapshot = parseSnapshot(db, JSON.parse(json))
      restoreWorkspace(universe, workspace_id, snapshot, wall())
    },
    read: <T>(fn: (open: World) => T): T => universe.read(workspace_id, fn),
    close: () => db.close(),
  }
}

/** What a transcript says, without what is the same in every line. */
export const lines = (entries: readonly TranscriptEntry[]): string[] =>
  entries.map((entry) => `${entry.at} ${entry.kind} ${entry.event_type} ${entry.event_id}`)
