/** A world is emptied at once, whatever its size and whoever lives beside it. */
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { exportWorkspace } from '../../../src/db/snapshot.ts'
import { recordEvent } from '../../../src/sim/events/record.ts'
import type { Universe } from '../../../src/sim/kernel/universe.ts'
import {
  createWorkspace,
  deleteWorkspace,
  resetWorkspace,
  restoreWorkspace,
} from '../../../src/sim/workspaces/operations.ts'
import { startTestEmulator } from '../../support/emulator.ts'
import { openFrozenWorld, parseFixture, start, twoLocks } from '../../support/frozen-world.ts'

const MANY = 3_000

const open = (universe: Universe, label: string): string =>
  createWorkspace(
    universe,
    {
      api_key: `seam_test_${label}`,
      fixture: parseFixture(twoLocks),
      clock: { mode: 'frozen', at: start },
    },
    start,
  )

/** Adds events, and brings them into their tables: what only waits for that is dropped in any case. */
const fill = (universe: Universe, workspace_id: string, count = MANY): void => {
  universe.write(workspace_id, (world) => {
    for (let n = 0; n < count; n++) {
      recordEvent(world, 'device.connected', { device_id: 'wifi-lock' })
    }
    world.snapshots.replace({ name: 'kept', created_at: world.now, data: '{}' })
  })
  universe.db.flush(Number.POSITIVE_INFINITY)
}

const eventsOf = (universe: Universe, workspace_id: string): number =>
  universe.read(workspace_id, (world) => world.events.count())

const sweepAll = ({ db }: Universe): number => {
  let steps = 0
  while (db.sweep(500)) steps++
  return steps
}

/** A world like any other of its fixture, but for its own id and those that derive from its label. */
const exported = (universe: Universe, workspace_id: string) =>
  exportWorkspace(universe.db, workspace_id, start)

describe('a large world beside another', () => {
  const place = () => {
    const { universe, workspace_id: neighbour } = openFrozenWorld(twoLocks, 'neighbour')
    fill(universe, neighbour)
    const large = open(universe, 'large')
    return { universe, neighbour, large, fresh: exported(universe, large) }
  }

  test('is at its first instant again after a reset, and its rows go later', () => {
    const { universe, neighbour, large, fresh } = place()
    fill(universe, large)
    resetWorkspace(universe, large, {}, start)
    expect(exported(universe, large)).toEqual(fresh)
    expect(universe.read(large, (world) => world.snapshots.get('kept'))).toBeDefined()
    fill(universe, large, 10)
    expect(sweepAll(universe)).toBeGreaterThan(3)
    expect(eventsOf(universe, large)).toBe(10 + fresh.tables.events.length)
    expect(eventsOf(universe, neighbour)).toBeGreaterThanOrEqual(MANY)
    expect(sweepAll(universe)).toBe(0)
  })

  test('can be reset over and over before its rows are gone', () => {
    const { universe, large, fresh } = place()
    for (let n = 0; n < 3; n++) {
      fill(universe, large)
      resetWorkspace(universe, large, {}, start)
    }
    expect(exported(universe, large)).toEqual(fresh)
    sweepAll(universe)
    expect(exported(universe, large)).toEqual(fresh)
  })

  test('is what a snapshot says after it was put in its place', () => {
    const { universe, large, fresh } = place()
    fill(universe, large)
    restoreWorkspace(universe, large, fresh, start)
    sweepAll(universe)
    expect(exported(universe, large)).toEqual(fresh)
  })

  test('is as it was when its reset fails', () => {
    const { universe, large } = place()
    fill(universe, large)
    const before = exported(universe, large)
    expect(() =>
      universe.overhaul((touch) => {
        touch(large)
        resetWorkspace(universe, large, {}, start)
        throw new Error('in the middle')
      }),
    ).toThrow('in the middle')
    expect(sweepAll(universe)).toBe(0)
    expect(exported(universe, large)).toEqual(before)
  })

  test('leaves nothing to a workspace that comes after its deletion', () => {
    const { universe, large } = place()
    fill(universe, large)
    deleteWorkspace(universe, large)
    const next = open(universe, 'next')
    const fresh = exported(universe, next)
    expect(fresh.tables.events).toEqual([])
    expect(universe.read(next, (world) => world.snapshots.all())).toEqual([])
    sweepAll(universe)
    expect(exported(universe, next)).toEqual(fresh)
    fill(universe, next)
    resetWorkspace(universe, next, {}, start)
    sweepAll(universe)
    expect(exported(universe, next)).toEqual(fresh)
  })
})

describe('in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-large-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('what was left behind by a process is swept by the next one, and no row is mixed up', async () => {
    const db = join(folder, 'large.db')
    const first = await startTestEmulator({ db })
    const { universe } = first
    const large = open(universe, 'large')
    fill(universe, large)
    resetWorkspace(universe, large, {}, start)
    fill(universe, large, 5)
    await first.close()
    const second = await startTestEmulator({ db })
    expect(eventsOf(second.universe, large)).toBe(5)
    sweepAll(second.universe)
    expect(eventsOf(second.universe, large)).toBe(5)
    await second.close()
    const file = new Database(db, { readonly: true })
    const count = file.prepare('select count(*) from abandoned_scopes').pluck().get()
    const owners = file.prepare('select count(distinct workspace_id) from devices').pluck().get()
    file.close()
    expect(count).toBe(0)
    expect(owners).toBe(2)
  })
})
