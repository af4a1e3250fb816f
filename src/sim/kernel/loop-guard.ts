import type { Job } from '../../db/tables/jobs.ts'

/** A job that runs more often than this at one instant keeps time from moving. */
const ENDLESS = 10_000

/** Counts how often the jobs of one leap run at one instant. */
export interface LoopGuard {
  /** @throws Error that names a job which runs over and over */
  note(job: Job): void
}

/**
 * A guard for one leap, or for one visit of a world: what many requests ask for at one instant is no
 * loop, however often.
 */
export const createLoopGuard = (): LoopGuard => {
  let instant: number | null = null
  let total = 0
  const counts = new Map<string, number>()
  return {
    note: ({ due_at, kind, subject }) => {
      if (instant !== due_at) {
        instant = due_at
        total = 0
        counts.clear()
      }
      // Counting costs memory, so it begins only where an instant is suspiciously busy.
      if (++total < ENDLESS) return
      const key = `${kind} ${subject}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count > ENDLESS) throw new Error(`It runs over and over at one instant.`)
    },
  }
}
