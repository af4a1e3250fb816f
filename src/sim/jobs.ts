import type { Job, World } from './world.ts'

/** What a job does when its time has come. The subject says about whom. */
export type JobHandler = (world: World, subject: string) => void

/**
 * Sets the one job of this kind about this subject: a job is the next instant at
 * which something changes, so a new instant takes the place of the old one.
 * Nothing is scheduled in the past.
 */
export const scheduleJob = (world: World, kind: string, subject: string, due_at: number): void => {
  const due = Math.max(due_at, world.now)
  const next = world.nextJob
  if (next !== undefined && (next === null || due < next.due_at || isAbout(next, kind, subject))) {
    world.nextJob = undefined
  }
  world.jobs.replace({ kind, subject, due_at: due })
}

export const cancelJob = (world: World, kind: string, subject: string): void => {
  if (isAbout(world.nextJob, kind, subject)) world.nextJob = undefined
  world.jobs.deleteWhere('kind = ? and subject = ?', [kind, subject])
}

/** The job that is due next; null when nothing will ever happen. */
export const nextJob = (world: World): Job | null => {
  const known = world.nextJob
  if (known !== undefined) return known
  const found = world.jobs.first('true', [], 'order by due_at, seq limit 1') ?? null
  world.nextJob = found
  return found
}

/** Takes a job off the list, to be run. */
export const takeJob = (world: World, job: Job): void => {
  world.nextJob = undefined
  world.jobs.delete(String(job.seq))
}

const isAbout = (job: Job | null | undefined, kind: string, subject: string): boolean =>
  job?.kind === kind && job.subject === subject
