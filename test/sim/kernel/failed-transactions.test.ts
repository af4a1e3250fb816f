/** What failed never was: nothing that is kept at hand may tell of it. */
import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/db/database.ts'
import { asc, orderBy } from '../../../src/db/conditions.ts'
import { jobs as allJobs } from '../../../src/db/tables/jobs.ts'
import { streams as allStreams } from '../../../src/db/tables/streams.ts'
import { createAccessCode } from '../../../src/sim/access-codes/operations.ts'
import { failedJobs } from '../../../src/sim/kernel/failed-jobs.ts'
import { fixtureSchema } from '../../../src/sim/workspaces/fixture.ts'
import {
  createWorkspace,
  deleteWorkspace,
  resetWorkspace,
} from '../../../src/sim/workspaces/operations.ts'
import { RESET_JOB } from '../../../src/sim/workspaces/reset-sandbox.ts'
import { openUniverse } from '../../support/frozen-world.ts'
import { T0 } from '../../support/place.ts'

const wall = (): number => T0

const openHeard = () => {
  const db = openDatabase(':memory:')
  const universe = openUniverse({ db, wall })
  const announced: string[] = []
  universe.onCommit((_, events) => announced.push(...events.map((event) => event.event_type)))
  return { db, universe, announced }
}

const lock = (...pins: string[]) => ({
  name: 'one lock',
  loose_ids: true,
  connected_accounts: [{ connected_account_id: 'account', model: 'august' }],
  devices: [{ device_id: 'door', connected_account_id: 'account', model: 'august', name: 'Door' }],
  access_codes: pins.map((code) => ({ device_id: 'door', name: `Guest ${code}`, code })),
})
const good = fixtureSchema().parse(lock('4711'))
/** Its second code is refused when everything else is there already. */
const bad = fixtureSchema().parse(lock('4711', 'not a PIN'))

const create = (
  { universe }: ReturnType<typeof openHeard>,
  api_key: string,
  fixture: typeof good,
  seed?: string,
) =>
  createWorkspace(universe, { api_key, fixture, seed, clock: { mode: 'frozen', at: T0 } }, wall())

const byDue = orderBy(allJobs, (job) => [asc(job.due_at), asc(job.seq)])
const byName = orderBy(allStreams, (stream) => [asc(stream.name)])

const rowsOf = ({ universe }: ReturnType<typeof openHeard>, workspace_id: string) => {
  const { access_codes, devices, events, jobs, streams } = universe.world(workspace_id)
  return [
    access_codes.all().map((row) => ({ ...row, seq: 0 })),
    devices.all().map((row) => ({ ...row, seq: 0 })),
    events.all().map((row) => row.body),
    jobs.all([], { order: byDue }).map(({ kind, subject }) => [kind, subject]),
    streams.all([], { order: byName }).map(({ name, position }) => [name, position]),
  ]
}

test('a workspace that could not be made leaves nothing to the next one of its key', () => {
  const untouched = openHeard()
  create(untouched, 'seam_test_other', good)
  const expected = rowsOf(untouched, create(untouched, 'seam_test_key', good))

  const tried = openHeard()
  expect(() => create(tried, 'seam_test_key', bad, 'another seed')).toThrow('access_codes.1')
  // It gets the number in the rows that the failed one had.
  const other = create(tried, 'seam_test_other', good)
  const made = create(tried, 'seam_test_key', good)
  expect(rowsOf(tried, made)).toEqual(expected)
  expect(tried.universe.world(made).workspace.seed).toBe('key')
  expect(rowsOf(tried, other)).toHaveLength(5)
  expect(tried.universe.world(other).access_codes.count()).toBe(1)
})

test('nor do companions that were made before it failed', () => {
  const place = openHeard()
  const companion = (name: string, ...pins: string[]) => ({
    ...lock(...pins),
    name,
    api_keys: [{ token: `seam_${name}` }],
    workspace: { name, workspace_id: name },
  })
  const withCompanions = fixtureSchema().parse({
    ...lock('4711'),
    companions: [companion('first', '4711'), companion('second', '4711', 'not a PIN')],
  })
  expect(() => create(place, 'seam_test_key', withCompanions)).toThrow('access_codes.1')
  expect(place.universe.exists('first')).toBe(false)
  expect(place.universe.exists('second')).toBe(false)
  const alone = fixtureSchema().parse({
    ...lock(),
    workspace: { name: 'First', workspace_id: 'first' },
  })
  expect(create(place, 'seam_test_key', alone)).toBe('first')
})

test('a workspace that is made again in place of a deleted one is as the first one was', () => {
  const place = openHeard()
  const first = create(place, 'seam_test_key', good)
  const expected = rowsOf(place, first)
  place.universe.write(first, (world) => {
    createAccessCode(world, { device_id: 'door', code: '2222' })
  })
  deleteWorkspace(place.universe, first)
  const again = create(place, 'seam_test_key', good)
  expect(again).toBe(first)
  expect(rowsOf(place, again)).toEqual(expected)
  place.universe.write(again, (world) => {
    createAccessCode(world, { device_id: 'door', code: '2222' })
  })
  resetWorkspace(place.universe, again, {}, wall())
  expect(rowsOf(place, again)).toEqual(expected)
})

test('a reset that fails tells of no events', () => {
  const place = openHeard()
  const workspace_id = create(place, 'seam_test_key', good)
  place.universe.write(workspace_id, (world) => {
    createAccessCode(world, { device_id: 'door', code: '2222' })
    world.updateWorkspace({ fixture_data: bad })
  })
  place.announced.length = 0
  expect(() => resetWorkspace(place.universe, workspace_id, {}, wall())).toThrow('access_codes.1')
  expect(place.announced).toEqual([])
  expect(place.universe.world(workspace_id).access_codes.count()).toBe(2)
})

test('a job that fails is undone alone, and time goes on', () => {
  const place = openHeard()
  const workspace_id = create(place, 'seam_test_key', good)
  const { universe } = place
  universe.write(workspace_id, (world) => {
    world.updateWorkspace({ fixture_data: bad })
    world.jobs.replace({ kind: RESET_JOB, subject: 'nobody', due_at: T0 + 60_000 })
  })
  place.announced.length = 0
  expect(universe.runDue(workspace_id, T0 + 3_600_000)).toBe(true)
  // The code was set before that, and the reset left nothing of itself.
  expect(place.announced).toEqual(['access_code.set_on_device'])
  expect(universe.world(workspace_id).access_codes.count()).toBe(1)
  expect(universe.now(workspace_id)).toBe(T0 + 60_000)
  const failed = failedJobs(universe.world(workspace_id))
  expect(failed).toMatchObject([{ kind: RESET_JOB, subject: 'nobody', due_at: T0 + 60_000 }])
  expect(failed[0]?.reason).toContain('access_codes.1')
})

test('what happened just before a sandbox was reset is told of as well', () => {
  const place = openHeard()
  const workspace_id = create(place, 'seam_test_key', good)
  place.universe.write(workspace_id, (world) => {
    world.jobs.replace({ kind: RESET_JOB, subject: 'nobody', due_at: T0 + 60_000 })
  })
  place.announced.length = 0
  place.universe.runDue(workspace_id, T0 + 60_000)
  expect(place.announced).toContain('access_code.set_on_device')
})

test('whoever listens and throws takes nothing back', () => {
  const place = openHeard()
  const workspace_id = create(place, 'seam_test_key', good)
  const stop = place.universe.onCommit(() => {
    throw new Error('listener')
  })
  const world = place.universe.world(workspace_id)
  const { generation } = world
  expect(() =>
    place.universe.write(workspace_id, (open) =>
      createAccessCode(open, { device_id: 'door', code: '2222' }),
    ),
  ).toThrow('listener')
  stop()
  expect(world.generation).toBe(generation)
  expect(world.access_codes.count()).toBe(2)
})
