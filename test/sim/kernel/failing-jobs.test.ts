/** Nothing that happens in one workspace can stop time, or another workspace. */
import { describe, expect, test } from 'vitest'
import { exportWorkspace } from '../../../src/db/snapshot.ts'
import { parseSnapshot } from '../../../src/db/snapshot-format.ts'
import type { JobKind } from '../../../src/db/tables/jobs.ts'
import { createAccessCode } from '../../../src/sim/access-codes/operations.ts'
import { explainAccessCode } from '../../../src/sim/access-codes/explain.ts'
import { deleteAccount } from '../../../src/sim/connected-accounts/operations.ts'
import { createFault } from '../../../src/sim/faults/operations.ts'
import { jobHandlers } from '../../../src/sim/job-handlers.ts'
import { failedJobs } from '../../../src/sim/kernel/failed-jobs.ts'
import { scheduleJob } from '../../../src/sim/kernel/jobs.ts'
import { createWorkspace, restoreWorkspace } from '../../../src/sim/workspaces/operations.ts'
import { openFrozenWorld, parseFixture, start, twoLocks } from '../../support/frozen-world.ts'

const minute = 60_000
const day = 1_440 * minute

const isKind = (kind: string): kind is JobKind => kind in jobHandlers
const kinds = Object.keys(jobHandlers).filter(isKind)

describe.each(kinds)('a job %s that throws', (kind) => {
  test('is undone and set aside, is told, and stops neither its clock nor another', () => {
    const place = openFrozenWorld(twoLocks, 'failing', {
      [kind]: (world: Parameters<(typeof jobHandlers)[JobKind]>[0]) => {
        world.devices.update('wifi-lock', { radio_offline_at: 1 })
        throw new Error('made to throw')
      },
    })
    const { universe, workspace_id, read, write } = place
    const other = createWorkspace(
      universe,
      {
        api_key: 'seam_test_other',
        fixture: parseFixture(twoLocks),
        clock: { mode: 'frozen', at: start },
      },
      start,
    )
    const told: unknown[] = []
    universe.onFailure((...failure) => told.push(failure))
    write((world) => {
      for (let n = 0; n < 3; n++) scheduleJob(world, kind, `thing-${n}`, start + n * minute)
    })
    universe.write(other, (world) =>
      createAccessCode(world, { device_id: 'wifi-lock', code: '4711' }),
    )
    place.advance(day)
    universe.runDue(other, start + day)
    const ofThis = told.filter((failure) => JSON.stringify(failure).includes(workspace_id))

    expect(place.now()).toBe(start + day)
    const failed = read((world) => failedJobs(world))
    expect(failed.filter(({ subject }) => subject.startsWith('thing-'))).toMatchObject(
      [0, 1, 2].map((n) => ({
        kind,
        subject: `thing-${n}`,
        due_at: start + n * minute,
        reason: 'made to throw',
      })),
    )
    expect(ofThis).toHaveLength(failed.length)
    expect(read((world) => world.devices.get('wifi-lock')?.radio_offline_at)).toBeNull()
    if (kind !== 'access_code.settle') {
      expect(universe.read(other, (world) => world.lock_memory_slots.count())).toBe(1)
    }
  })

  test('about a thing that is gone is no error', () => {
    const place = openFrozenWorld()
    place.write((world) => scheduleJob(world, kind, 'nobody', start + minute))
    place.advance(day)
    expect(place.read((world) => failedJobs(world))).toEqual([])
  })
})

test('what was set aside is there after a snapshot, and explain tells of it', () => {
  const place = openFrozenWorld(twoLocks, 'told', {
    'access_code.settle': () => {
      throw new Error('made to throw')
    },
  })
  const { universe, workspace_id, read, write, advance } = place
  const { access_code } = write((world) =>
    createAccessCode(world, { device_id: 'wifi-lock', code: '4711' }),
  )
  advance(day)
  const sentence = 'failed inside the emulator and was set aside: made to throw'
  const summary = () =>
    read((world) => explainAccessCode(world, access_code.access_code_id)).summary
  expect(summary().join(' ')).toContain(sentence)
  const copy = JSON.stringify(exportWorkspace(universe.db, workspace_id, place.now()))
  restoreWorkspace(universe, workspace_id, parseSnapshot(universe.db, JSON.parse(copy)), start)
  expect(summary().join(' ')).toContain(sentence)
})

test('what is due of an account that is deleted meanwhile stops nothing', () => {
  const place = openFrozenWorld()
  place.write((world) => {
    createFault(world, {
      on: 'device.link',
      match: { device_id: 'wifi-lock' },
      effect: { kind: 'down', for: 60 * minute },
    })
    deleteAccount(world, 'schlage-account')
  })
  place.advance(2 * 60 * minute)
  expect(place.read((world) => failedJobs(world))).toEqual([])
  // The lock is still on its door, and can be reached again by whoever connects it.
  const abandoned = place.read((world) => world.locks.get('wifi-lock')?.abandoned)
  expect(abandoned).toMatchObject({ name: 'Gate', radio_offline_at: null })
})

test('a job that calls itself over and over at one instant is set aside', () => {
  const place = openFrozenWorld(twoLocks, 'endless', {
    'device.sync': (world, id) => scheduleJob(world, 'device.sync', id, world.now),
  })
  place.write((world) => scheduleJob(world, 'device.sync', 'wifi-lock', start))
  place.advance(minute)
  expect(place.now()).toBe(start + minute)
  expect(place.read((world) => failedJobs(world))).toMatchObject([
    { kind: 'device.sync', subject: 'wifi-lock', reason: 'It runs over and over at one instant.' },
  ])
})

test('what is asked for over and over at one instant is no loop', () => {
  const place = openFrozenWorld()
  for (let n = 0; n < 25_000; n++) {
    place.write((world) => scheduleJob(world, 'device.sync', 'wifi-lock', world.now))
  }
  expect(place.universe.jobsRun(place.workspace_id)).toBeGreaterThan(20_000)
  expect(place.read((world) => failedJobs(world))).toEqual([])
})
