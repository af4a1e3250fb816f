import type { Job, JobKind } from '../../db/tables/jobs.ts'
import type { JobQueue, World } from './world.ts'
import { asc, is, orderBy } from '../../db/conditions.ts'
import { jobs } from '../../db/tables/jobs.ts'

const soonestFirst = orderBy(jobs, (c) => [asc(c.due_at), asc(c.seq)])
const about = is(jobs.subject)

/** What a job does when its time has come. The subject says about whom. */
export type JobHandler = (world: World, subject: string) => void

/** How many of the next jobs are read at once. */
const AHEAD = 256

/** The queue, if nobody wrote to the table behind its back. */
const currentQueue = (world: World): JobQueue | null => {
  const known = world.jobQueue
  return known?.version === world.jobs.version ? known : null
}

const isUsable = (queue: JobQueue | null): queue is JobQueue =>
  queue !== null && (queue.jobs.length > 0 || queue.is_whole)

/** Whether the next job is known without asking the table, which would have to be brought up to date. */
export const isNextJobAtHand = (world: World): boolean => isUsable(currentQueue(world))

const queueOf = (world: World): JobQueue => {
  const known = currentQueue(world)
  if (isUsable(known)) return known
  const next = world.jobs.all([], { order: soonestFirst, limit: AHEAD })
  const names = new Set(next.map(nameOf))
  const queue = { jobs: next, names, is_whole: next.length < AHEAD, version: world.jobs.version }
  world.jobQueue = queue
  return queue
}

/** There is one job of a kind about a subject. */
const nameOf = ({ kind, subject }: Pick<Job, 'kind' | 'subject'>): string => `${subject} ${kind}`

const withdraw = ({ jobs, names }: JobQueue, job: Pick<Job, 'kind' | 'subject'>): void => {
  if (!names.delete(nameOf(job))) return
  const { kind, subject } = job
  const at = jobs.findIndex((other) => other.subject === subject && other.kind === kind)
  if (at !== -1) jobs.splice(at, 1)
}

/** The newest job comes after all others of its instant. */
const insert = (queue: JobQueue, job: Job): void => {
  const { jobs, names } = queue
  let at = jobs.length
  while (at > 0 && (jobs[at - 1]?.due_at ?? 0) > job.due_at) at--
  if (at === jobs.length && !queue.is_whole) return
  jobs.splice(at, 0, job)
  names.add(nameOf(job))
  if (jobs.length > 2 * AHEAD) {
    for (const dropped of jobs.splice(AHEAD)) names.delete(nameOf(dropped))
    queue.is_whole = false
  }
}

/**
 * Sets the one job of this kind about this subject: a job is the next instant at
 * which something changes, so a new instant takes the place of the old one.
 * Nothing is scheduled in the past.
 */
export const scheduleJob = (world: World, kind: JobKind, subject: string, due_at: number): void => {
  const row = { kind, subject, due_at: Math.max(due_at, world.now) }
  const queue = currentQueue(world)
  const seq = world.jobs.replace(row)
  if (queue === null) return
  withdraw(queue, row)
  insert(queue, { ...row, seq })
  queue.version = world.jobs.version
}

export const cancelJob = (world: World, kind: JobKind, subject: string): void => {
  const queue = currentQueue(world)
  world.jobs.delete([subject, kind])
  if (queue === null) return
  withdraw(queue, { kind, subject })
  queue.version = world.jobs.version
}

/** Cancels whatever was to happen to the subject. */
export const cancelJobsAbout = (world: World, subject: string): void => {
  const queue = currentQueue(world)
  if (queue?.is_whole !== true) {
    world.jobs.deleteWhere(about(subject))
    return
  }
  // All jobs are at hand: the table need not be brought up to date to be asked.
  for (const job of queue.jobs.filter((it) => it.subject === subject)) {
    cancelJob(world, job.kind, subject)
  }
}

/** The job that is due next; null when nothing will ever happen. */
export const nextJob = (world: World): Job | null => queueOf(world).jobs[0] ?? null

/** Takes the next job off the list, to be run. */
export const takeJob = (world: World, job: Job): void => {
  const queue = queueOf(world)
  world.jobs.delete([job.subject, job.kind])
  queue.jobs.shift()
  queue.names.delete(nameOf(job))
  queue.version = world.jobs.version
}
