import type { Job, JobKind } from '../../db/tables/jobs.ts'
import type { World } from './world.ts'
import {
  createJobQueue,
  firstOf,
  hasJob,
  insertJob,
  isWhole,
  kindsAbout,
  takeFirst,
  withdrawJob,
} from './job-queue.ts'
import type { JobQueue } from './job-queue.ts'
import { asc, is, orderBy } from '../../db/conditions.ts'
import { jobs } from '../../db/tables/jobs.ts'

const soonestFirst = orderBy(jobs, (c) => [asc(c.due_at), asc(c.seq)])
const about = is(jobs.subject)

/** What a job does when its time has come. The subject says about whom. */
export type JobHandler = (world: World, subject: string) => void

/** How many of the next jobs are read at once: more each time when all of them have run. */
const AHEAD = { least: 256, most: 2_048 }

/** The queue, if nobody wrote to the table behind its back. */
const currentQueue = (world: World): JobQueue | null => {
  const known = world.jobQueue
  return known?.version === world.jobs.version ? known : null
}

/** Whether the next job is known without asking the table, which would have to be brought up to date. */
export const isNextJobAtHand = (world: World): boolean => {
  const queue = currentQueue(world)
  return queue !== null && (isWhole(queue) || firstOf(queue) !== null)
}

const queueOf = (world: World): JobQueue => {
  const known = currentQueue(world)
  if (known !== null && (isWhole(known) || firstOf(known) !== null)) return known
  const limit = Math.min(known === null ? AHEAD.least : 2 * known.ahead, AHEAD.most)
  const next = world.jobs.all([], { order: soonestFirst, limit })
  const queue = createJobQueue(next, limit, world.jobs.version)
  world.jobQueue = queue
  return queue
}

/**
 * Sets the one job of this kind about this subject: a job is the next instant at
 * which something changes, so a new instant takes the place of the old one.
 * Nothing is scheduled in the past.
 *
 * @param due_at the instant, ms; null where nothing will change: then there is no job
 */
export const scheduleJob = (
  world: World,
  kind: JobKind,
  subject: string,
  due_at: number | null,
): void => {
  if (due_at === null) return cancelJob(world, kind, subject)
  const row = { kind, subject, due_at: Math.max(due_at, world.now) }
  const queue = currentQueue(world)
  const seq = world.jobs.replace(row)
  if (queue === null) return
  withdrawJob(queue, kind, subject)
  insertJob(queue, { ...row, seq })
  queue.version = world.jobs.version
}

export const cancelJob = (world: World, kind: JobKind, subject: string): void => {
  const queue = currentQueue(world)
  // Where all jobs are at hand, the table need not hear of one that is not there.
  if (queue !== null && isWhole(queue) && !hasJob(queue, kind, subject)) return
  world.jobs.delete([subject, kind])
  if (queue === null) return
  withdrawJob(queue, kind, subject)
  queue.version = world.jobs.version
}

/** Cancels whatever was to happen to the subject. */
export const cancelJobsAbout = (world: World, subject: string): void => {
  const queue = currentQueue(world)
  if (queue === null || !isWhole(queue)) {
    world.jobs.deleteWhere(about(subject))
    return
  }
  // All jobs are at hand: the table need not be brought up to date to be asked.
  for (const kind of kindsAbout(queue, subject)) cancelJob(world, kind, subject)
}

/** When the job of this kind about this subject is due, ms; null where there is none. */
export const dueAt = (world: World, kind: JobKind, subject: string): number | null =>
  world.jobs.get([subject, kind])?.due_at ?? null

/** The job that is due next; null when nothing will ever happen. */
export const nextJob = (world: World): Job | null => firstOf(queueOf(world))

/** Takes the next job off the list, to be run. */
export const takeJob = (world: World, job: Job): void => {
  const queue = queueOf(world)
  world.jobs.delete([job.subject, job.kind], job)
  takeFirst(queue)
  queue.version = world.jobs.version
}
