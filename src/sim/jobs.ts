import type { World } from './world.ts'

/** What a job does when its time has come. The subject says about whom. */
export type JobHandler = (world: World, subject: string) => void

/**
 * Sets the one job of this kind about this subject: a job is the next instant at
 * which something changes, so a new instant takes the place of the old one.
 * Nothing is scheduled in the past.
 */
export const scheduleJob = (world: World, kind: string, subject: string, due_at: number): void => {
  world.jobs.replace({ kind, subject, due_at: Math.max(due_at, world.now) })
}

export const cancelJob = (world: World, kind: string, subject: string): void => {
  world.jobs.deleteWhere('kind = ? and subject = ?', [kind, subject])
}
