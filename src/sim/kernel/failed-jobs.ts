/** Jobs that could not be done. They are kept, to be told of; the clock goes on without them. */
import { beginningOf } from '../../lib/text.ts'
import { asc, is, orderBy } from '../../db/conditions.ts'
import { failed_jobs } from '../../db/tables/failed-jobs.ts'
import type { FailedJob } from '../../db/tables/failed-jobs.ts'
import type { Job } from '../../db/tables/jobs.ts'
import type { World } from './world.ts'

const about = is(failed_jobs.subject)
// By its index: what is read whole is small, and put in its order here.
const byIndex = orderBy(failed_jobs, (c) => [asc(c.subject), asc(c.kind)])
const oldestFirst = orderBy(failed_jobs, (c) => [asc(c.seq)])

/** The oldest failures make room for newer ones. */
const KEPT = 1_000

/** Characters of a reason that are kept. */
const LONGEST_REASON = 1_000

/** What an error says; its first lines, where it says much. */
export const reasonOf = (error: unknown): string =>
  beginningOf(error instanceof Error ? error.message : String(error), LONGEST_REASON)

/** Notes that a job failed, in place of an earlier failure of the same kind and subject. */
export const setAside = (world: World, { kind, subject, due_at }: Job, error: unknown): void => {
  world.failed_jobs.replace({ kind, subject, due_at, reason: reasonOf(error) })
  if (world.failed_jobs.count([]) <= KEPT) return
  const oldest = world.failed_jobs.first([], { order: oldestFirst })
  if (oldest !== undefined) world.failed_jobs.delete([oldest.subject, oldest.kind])
}

/** What failed, the oldest first; of one subject where it is given. */
export const failedJobs = (world: World, subject?: string): FailedJob[] =>
  subject === undefined
    ? world.failed_jobs
        .all([], { order: byIndex, limit: 2 * KEPT })
        .toSorted((a, b) => a.seq - b.seq)
    : world.failed_jobs.all(about(subject), { order: oldestFirst })
