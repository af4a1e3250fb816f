import { isDatabaseError } from '../../db/database-error.ts'
import type { DatabaseClient } from '../../db/database.ts'
import type { Credential } from '../../db/tables/credentials.ts'
import { clockNow } from './clock.ts'
import { jobHandlers } from '../job-handlers.ts'
import { reactions } from '../reactions.ts'
import { notFound } from './errors.ts'
import type { RecordedEvent } from './world.ts'
import { isNextJobAtHand, nextJob, takeJob } from './jobs.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

/** More jobs than this at one instant, of one kind and subject, and time is not moving any more. */
const ENDLESS = 10_000

/**
 * Jobs per transaction. Nothing can look at the world between two of them, so this is the same as
 * one transaction each (docs/decisions/0021), for a third of the time.
 */
const BATCH = 500

/** Is told of the workspace and of the events that the commit made known, in their order. */
export type CommitListener = (workspace_id: string, events: readonly RecordedEvent[]) => void

export interface Universe {
  readonly db: DatabaseClient
  /** Runs `fn` in one transaction on the workspace at its present instant; what is due runs first. */
  write<T>(workspace_id: string, fn: (world: World) => T): T
  /**
   * The same without a transaction; `fn` changes nothing. Where what is due cannot be kept, on a
   * full disk for example, it reads the world as it was last kept.
   */
  read<T>(workspace_id: string, fn: (world: World) => T): T
  findCredential(token: string): Credential | undefined
  /** Runs jobs due up to `until`, each in its own transaction, at most `limit` of them. Returns how many ran. */
  runDue(workspace_id: string, until: number, limit: number): number
  /** How many jobs of the workspace have run in this process, whoever let them run. */
  jobsRun(workspace_id: string): number
  /** The instant of the workspace's next job; null when nothing will ever happen. */
  nextJobAt(workspace_id: string): number | null
  /** The workspace's present instant by its clock. */
  now(workspace_id: string): number
  /** The world without catching up; for the driver. */
  world(workspace_id: string): World
  /** Is called after every commit that may have changed when something is next due. */
  onCommit(listener: CommitListener): () => void
  exists(workspace_id: string): boolean
  /**
   * Runs `fn` in one transaction that makes, replaces or deletes whole workspaces. It names those
   * that it touches: when it fails, nothing of them stays at hand.
   */
  overhaul<T>(fn: (touch: (workspace_id: string) => void) => T): T
  /** Forgets a workspace's cached state, after a delete or restore. */
  forget(workspace_id: string): void
}

/**
 * All workspaces of one database. Time passes here: whoever opens a world finds
 * everything done that was due.
 *
 * @param wall the wall clock, ms; injected so that the simulation never reads one itself.
 */
export const createUniverse = (
  db: DatabaseClient,
  wall: () => number,
  findCredential: (universe: Universe, token: string) => Credential | undefined,
): Universe => {
  const worlds = new Map<string, World>()
  const listeners = new Set<CommitListener>()
  const repetitions = { at: -1, counts: new Map<string, number>(), total: 0 }

  const announce = (workspace_id: string): void => {
    const events = worlds.get(workspace_id)?.recorded.splice(0) ?? []
    for (const listener of listeners) listener(workspace_id, events)
  }

  const world = (workspace_id: string): World => {
    const known = worlds.get(workspace_id)
    if (known !== undefined) return known
    const opened = openWorld(db, workspace_id, reactions)
    if (opened === null) throw notFound('workspace', { workspace_id })
    worlds.set(workspace_id, opened)
    return opened
  }

  const nextJobAt = (workspace_id: string): number | null =>
    nextJob(world(workspace_id))?.due_at ?? null

  const commit = <T>(target: World, fn: () => T): T => {
    const before = target.now
    const inOne = (): T => {
      try {
        return db.transaction(() => {
          const value = fn()
          target.flush()
          return value
        })
      } catch (error) {
        target.now = before
        target.recorded.length = 0
        target.invalidate()
        throw error
      }
    }
    const result = inOne()
    announce(target.workspace_id)
    return result
  }

  const guardAgainstEndlessLoop = (at: number, kind: string, subject: string): void => {
    if (repetitions.at !== at) {
      repetitions.at = at
      repetitions.counts.clear()
      repetitions.total = 0
    }
    // Counting costs memory, so it begins only where an instant is suspiciously busy.
    if (++repetitions.total < ENDLESS) return
    const key = `${kind} ${subject}`
    const count = (repetitions.counts.get(key) ?? 0) + 1
    repetitions.counts.set(key, count)
    if (count > ENDLESS)
      throw new Error(`The job ${kind} of ${subject} runs over and over at one instant (${at}).`)
  }

  /** Runs the next job if it is due by then. */
  const runNext = (target: World, until: number): boolean => {
    const job = nextJob(target)
    if (job === null || job.due_at > until) return false
    guardAgainstEndlessLoop(job.due_at, job.kind, job.subject)
    if (job.due_at > target.now) target.now = job.due_at
    takeJob(target, job)
    jobHandlers[job.kind](target, job.subject)
    return true
  }

  /** Up to `most` jobs that are due by then; fewer where more of them must be read from the table. */
  const runSome = (target: World, until: number, most: number): number => {
    let ran = 0
    while (ran < most && (ran === 0 || isNextJobAtHand(target)) && runNext(target, until)) ran++
    return ran
  }

  const ranOf = new Map<string, number>()
  const counted = (workspace_id: string, ran: number): number => {
    ranOf.set(workspace_id, (ranOf.get(workspace_id) ?? 0) + ran)
    return ran
  }

  const runDue = (workspace_id: string, until: number, limit: number): number => {
    const target = world(workspace_id)
    let ran = 0
    for (;;) {
      const next = nextJob(target)
      if (next === null || next.due_at > until || ran >= limit) return ran
      const most = Math.min(BATCH, limit - ran)
      try {
        ran += counted(
          workspace_id,
          commit(target, () => runSome(target, until, most)),
        )
      } catch {
        // One of them cannot be done. As if each had had its own transaction: those before it
        // stay, it alone is undone, and its error is told.
        const runOne = () =>
          counted(
            workspace_id,
            commit(target, () => runSome(target, until, 1)),
          )
        while (runOne() > 0 && ++ran < limit);
      }
    }
  }

  const now = (workspace_id: string): number => {
    const target = world(workspace_id)
    return Math.max(clockNow(target.workspace, wall()), target.now)
  }

  const enter = (workspace_id: string): World => {
    const target = world(workspace_id)
    const present = now(workspace_id)
    const due = nextJob(target)
    if (due !== null && due.due_at <= present)
      runDue(workspace_id, present, Number.POSITIVE_INFINITY)
    target.now = present
    return target
  }

  const universe: Universe = {
    db,
    world,
    now,
    nextJobAt,
    runDue,
    jobsRun: (workspace_id) => ranOf.get(workspace_id) ?? 0,
    write: (workspace_id, fn) => {
      const target = enter(workspace_id)
      return commit(target, () => fn(target))
    },
    read: (workspace_id, fn) => {
      try {
        enter(workspace_id)
      } catch (error) {
        if (!isDatabaseError(error)) throw error
      }
      return fn(world(workspace_id))
    },
    findCredential: (token) => findCredential(universe, token),
    onCommit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    exists: (workspace_id) =>
      worlds.has(workspace_id) || db.workspaceRow(workspace_id).get(workspace_id) !== undefined,
    overhaul: (fn) => {
      const touched = new Set<string>()
      const inOne = () => {
        try {
          return db.transaction(() => fn((workspace_id) => void touched.add(workspace_id)))
        } catch (error) {
          for (const workspace_id of touched) worlds.delete(workspace_id)
          throw error
        }
      }
      const result = inOne()
      for (const workspace_id of touched) announce(workspace_id)
      return result
    },
    forget: (workspace_id) => {
      worlds.delete(workspace_id)
      announce(workspace_id)
    },
  }
  return universe
}
