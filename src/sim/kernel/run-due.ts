/** Runs what is due: jobs in their order, many to a transaction. One that fails is set aside. */
import type { Job, JobKind } from '../../db/tables/jobs.ts'
import { isDatabaseError } from '../../db/database-error.ts'
import { setAside } from './failed-jobs.ts'
import { isNextJobAtHand, nextJob, takeJob } from './jobs.ts'
import type { JobHandler } from './jobs.ts'
import { createLoopGuard } from './loop-guard.ts'
import type { LoopGuard } from './loop-guard.ts'
import type { MovableWorld } from './world.ts'

export type JobHandlers = Readonly<Record<JobKind, JobHandler>>

/**
 * Jobs per transaction. Nothing can look at the world between two of them, so this is the same as
 * one transaction each (docs/decisions/0021), for a third of the time.
 */
const BATCH = 500

/** Jobs between two looks at the wall clock. */
const STRIDE = 16

/** What may end a run before everything is done that is due. */
export interface RunLimits {
  /** Wall instant, ms. At least a few jobs run in any case. */
  deadline?: number | undefined
  /** Ends with the instant at which events were recorded: there is something to send. */
  stopAtEvents?: boolean | undefined
  /** Counts over several runs of one leap; a run of its own has one of its own. */
  guard?: LoopGuard | undefined
}

/** What a run needs of the universe. */
export interface RunContext {
  handlers: JobHandlers
  wall: () => number
  moveTo: (world: MovableWorld, instant: number) => void
  commit: <T>(world: MovableWorld, fn: () => T) => T
  tellFailure: (world: MovableWorld, job: Job, error: unknown) => void
}

/** A job that threw. Its transaction is undone, with the jobs before it in the batch. */
interface JobFailure extends Error {
  name: 'JobFailure'
  job: Job
  /** How many jobs of the batch came before it. */
  before: number
}

const isJobFailure = (error: unknown): error is JobFailure =>
  error instanceof Error && error.name === 'JobFailure'

const runJob = (
  { handlers, moveTo }: RunContext,
  world: MovableWorld,
  job: Job,
  /** How many jobs of the batch came before it; who stops a loop. */
  { before, guard }: { before: number; guard: LoopGuard | undefined },
): void => {
  if (job.due_at > world.now) moveTo(world, job.due_at)
  takeJob(world, job)
  try {
    guard?.note(job)
    const handler = handlers[job.kind]
    handler(world, job.subject)
  } catch (cause) {
    // A full disk is no fault of the job's: it is done when there is room again.
    if (isDatabaseError(cause)) throw cause
    const name = 'JobFailure' as const
    throw Object.assign(new Error('A job failed', { cause }), { name, job, before })
  }
}

const setFailedAside = (
  context: RunContext,
  world: MovableWorld,
  { job, cause }: JobFailure,
): void => {
  context.commit(world, () => {
    if (job.due_at > world.now) context.moveTo(world, job.due_at)
    takeJob(world, job)
    setAside(world, job, cause)
  })
  context.tellFailure(world, job, cause)
}

/** How a run ended. */
export interface RunResult {
  /** Jobs that ran, or were set aside. */
  ran: number
  /** Nothing is left that is due by then. */
  done: boolean
}

/** Makes what runs the due jobs of worlds. */
export const createRunner = (context: RunContext) => {
  const { wall } = context

  /** Up to `most` jobs, in one transaction. */
  const runBatch = (
    world: MovableWorld,
    until: number,
    most: number,
    limits: RunLimits,
  ): number => {
    const { deadline, stopAtEvents = false } = limits
    let last = until
    let ran = 0
    while (ran < most) {
      // The next jobs are read from the table at the beginning of a transaction only.
      if (ran > 0 && !isNextJobAtHand(world)) break
      const job = nextJob(world)
      if (job === null || job.due_at > last) break
      runJob(context, world, job, { before: ran, guard: limits.guard })
      ran++
      if (stopAtEvents && world.recorded.length > 0) last = Math.min(last, world.now)
      if (deadline !== undefined && ran % STRIDE === 0 && wall() >= deadline) break
    }
    return ran
  }

  return (world: MovableWorld, until: number, limits: RunLimits = {}): RunResult => {
    const all: RunLimits = { ...limits, guard: limits.guard ?? createLoopGuard() }
    let last = until
    let ran = 0
    let most = BATCH
    for (;;) {
      const next = nextJob(world)
      if (next === null || next.due_at > last) return { ran, done: last === until }
      if (ran > 0 && limits.deadline !== undefined && wall() >= limits.deadline) {
        return { ran, done: false }
      }
      try {
        let heard = false
        ran += context.commit(world, () => {
          const count = runBatch(world, last, most, all)
          heard = world.recorded.length > 0
          return count
        })
        if (heard && limits.stopAtEvents === true) last = Math.min(last, world.now)
        most = Math.min(BATCH, most * 2)
      } catch (error) {
        if (!isJobFailure(error)) throw error
        // As if each job had a transaction of its own: those before it stay, it alone is undone.
        most = Math.max(1, error.before)
        if (error.before === 0) {
          setFailedAside(context, world, error)
          ran++
        }
      }
    }
  }
}
