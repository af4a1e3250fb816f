/** Jobs at hand are the table's, in its order, however many there are and whatever becomes of them. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { asc, orderBy } from '../../../src/db/conditions.ts'
import type { Job, JobKind } from '../../../src/db/tables/jobs.ts'
import { jobs as allJobs } from '../../../src/db/tables/jobs.ts'
import {
  createJobQueue,
  firstOf,
  insertJob,
  isWhole,
  kindsAbout,
  takeFirst,
  withdrawJob,
} from '../../../src/sim/kernel/job-queue.ts'
import {
  cancelJob,
  cancelJobsAbout,
  nextJob,
  scheduleJob,
  takeJob,
} from '../../../src/sim/kernel/jobs.ts'
import type { World } from '../../../src/sim/kernel/world.ts'
import { runs } from '../../support/experiment.ts'
import { openFrozenWorld, start } from '../../support/frozen-world.ts'

const kinds = ['access_code.settle', 'device.sync', 'lock.auto_lock'] as const
const byDue = orderBy(allJobs, (job) => [asc(job.due_at), asc(job.seq)])

const subjects = fc.nat({ max: 8 }).map((n) => `thing-${n}`)
const deed = fc.oneof(
  fc.record({
    do: fc.constant('schedule' as const),
    kind: fc.constantFrom(...kinds),
    subject: subjects,
    at: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    do: fc.constant('cancel' as const),
    kind: fc.constantFrom(...kinds),
    subject: subjects,
  }),
  fc.record({ do: fc.constant('cancel all' as const), subject: subjects }),
  fc.record({ do: fc.constant('take' as const) }),
  fc.record({ do: fc.constant('fail' as const) }),
  fc.record({ do: fc.constant('rest' as const) }),
  fc.record({ do: fc.constant('look' as const) }),
)

/** What a world's jobs ought to be, in the order in which they were set. */
type Model = Map<string, { kind: JobKind; subject: string; due_at: number }>

const soonest = (model: Model) =>
  [...model.values()].reduce<{ due_at: number } | undefined>(
    (first, job) => (first === undefined || job.due_at < first.due_at ? job : first),
    undefined,
  )

const takeNext = (world: World, model: Model): void => {
  const job = nextJob(world)
  if (job === null) return
  takeJob(world, job)
  model.delete(`${job.kind} ${job.subject}`)
}

test('the next job is the soonest of all, and the first of the table, whatever was done to jobs', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 80 }), (deeds) => {
      const { universe, write, read } = openFrozenWorld()
      const model: Model = new Map()
      const perform = (world: World, it: (typeof deeds)[number]): void => {
        if (it.do === 'schedule') {
          const due_at = start + 1_000 * it.at
          scheduleJob(world, it.kind, it.subject, due_at)
          model.delete(`${it.kind} ${it.subject}`)
          model.set(`${it.kind} ${it.subject}`, { kind: it.kind, subject: it.subject, due_at })
        } else if (it.do === 'cancel') {
          cancelJob(world, it.kind, it.subject)
          model.delete(`${it.kind} ${it.subject}`)
        } else if (it.do === 'cancel all') {
          cancelJobsAbout(world, it.subject)
          for (const kind of kinds) model.delete(`${kind} ${it.subject}`)
        } else if (it.do === 'take') takeNext(world, model)
      }
      const failing = () =>
        write((world) => {
          takeNext(world, new Map())
          scheduleJob(world, 'device.sync', 'thing-1', start + 1)
          throw new Error('taken back')
        })
      write((world) => world.jobs.clear())
      for (const it of deeds) {
        if (it.do === 'fail') expect(failing).toThrow('taken back')
        else if (it.do === 'rest') universe.db.flush(5)
        else write((world) => perform(world, it))
        const next = read((world) => nextJob(world))
        const expected = soonest(model)
        if (expected === undefined) expect(next).toBeNull()
        else expect(next).toMatchObject(expected)
        if (it.do !== 'look') continue
        const first = read((world) => world.jobs.first([], { order: byDue, limit: 1 }))
        expect(first?.seq).toBe(read((world) => nextJob(world))?.seq)
      }
    }),
    { numRuns: runs(60) },
  )
})

/** Jobs in no order, three to an instant. */
const shuffled = (count: number): Job[] =>
  Array.from({ length: count }, (_, n) => ({
    seq: n + 1,
    due_at: Math.floor(((n * 7_919) % count) / 3),
    kind: 'device.sync',
    subject: `thing-${n}`,
  }))

test('of more jobs than there is room for the soonest are at hand, in their order', () => {
  const jobs = shuffled(70_000)
  const queue = createJobQueue([], 256, 0)
  for (const job of jobs) insertJob(queue, job)
  expect(isWhole(queue)).toBe(false)
  const expected = jobs.toSorted((a, b) => a.due_at - b.due_at || a.seq - b.seq)
  let taken = 0
  for (let next = firstOf(queue); next !== null; next = firstOf(queue)) {
    if (next.seq !== expected[taken]?.seq) expect(next).toMatchObject({ ...expected[taken] })
    takeFirst(queue)
    taken++
  }
  expect(taken).toBeGreaterThan(10_000)
  expect(taken).toBeLessThan(70_000)
})

test('jobs that are put off again and again do not pile up', () => {
  const queue = createJobQueue([], 256, 0)
  for (let n = 0; n < 5_000; n++) {
    const subject = `thing-${n % 50}`
    withdrawJob(queue, 'device.sync', subject)
    insertJob(queue, { seq: n + 1, due_at: 10_000 + n, kind: 'device.sync', subject })
  }
  expect(queue.heap.length).toBeLessThan(200)
  expect(kindsAbout(queue, 'thing-7')).toEqual(['device.sync'])
  expect(firstOf(queue)).toMatchObject({ seq: 4_951 })
})

test('a job that is not there is cancelled without a word to the table, once all are at hand', () => {
  const { write } = openFrozenWorld()
  write((world) => {
    scheduleJob(world, 'device.sync', 'thing', start + 5)
    expect(nextJob(world)).not.toBeNull()
    const before = world.jobs.version
    cancelJob(world, 'device.sync', 'another')
    cancelJob(world, 'lock.auto_lock', 'thing')
    expect(world.jobs.version).toBe(before)
    cancelJob(world, 'device.sync', 'thing')
    expect(world.jobs.get(['thing', 'device.sync'])).toBeUndefined()
  })
})
