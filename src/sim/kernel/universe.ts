/** All workspaces of one database, and the only owner of their time. */
import { isDatabaseError } from '../../db/database-error.ts'
import type { DatabaseClient } from '../../db/database.ts'
import type { Credential } from '../../db/tables/credentials.ts'
import { createCommits } from './commits.ts'
import { clockNow, runningClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { notFound } from './errors.ts'
import { nextJob } from './jobs.ts'
import type { Job } from '../../db/tables/jobs.ts'
import { createRunner } from './run-due.ts'
import type { JobHandlers, RunLimits } from './run-due.ts'
import { createRehearse } from './rehearse.ts'
import type { Stage } from './rehearse.ts'
import { openWorld } from './world.ts'
import type { MovableWorld, Reactions, RecordedEvent, World } from './world.ts'

/** Is told of the workspace and of the events that the commit made known, in their order. */
export type CommitListener = (workspace_id: string, events: readonly RecordedEvent[]) => void

/** Is told of a job that failed and was set aside. */
export type FailureListener = (workspace_id: string, job: Job, error: unknown) => void

/**
 * How long, wall-clock ms, a running world may be brought forward before somebody else has a turn.
 * What is left is done in the next turns: until then the world lags behind its clock.
 */
const BUDGET = 8

export interface UniverseOptions {
  /** The wall clock, ms; injected so that the simulation never reads one itself. */
  wall: () => number
  /** What each kind of job does. */
  handlers: JobHandlers
  /** What follows from what. */
  reactions: Reactions
  /** The credential of a token; may make the workspace that it opens. */
  findCredential: (universe: Universe, token: string) => Credential | undefined
}

export interface Universe {
  readonly db: DatabaseClient
  /** Runs `fn` in one transaction on the workspace at its present instant; what is due runs first. */
  write<T>(workspace_id: string, fn: (world: World) => T): T
  /**
   * The same, but its commit may be shared with others: nobody may be told of it before `keep`, and
   * nothing of it has been when that fails. In memory there is nothing to be kept.
   */
  share<T>(workspace_id: string, fn: (world: World) => T): T
  /** Commits what is shared. @throws DatabaseError */
  keep(): void
  /**
   * As `write`, without a transaction; `fn` changes nothing. Where what is due cannot be kept, on a
   * full disk for example, it reads the world as it was last kept.
   */
  read<T>(workspace_id: string, fn: (world: World) => T): T
  /**
   * Runs `fn` on the workspace at its present, lets it run jobs and move time, and takes back all of
   * it: nothing is kept, and nobody is told of anything.
   */
  rehearse<T>(workspace_id: string, fn: (stage: Stage) => T): T
  findCredential(token: string): Credential | undefined
  /**
   * Brings the world to its present, or nearer to it. @throws DatabaseError when what is due cannot
   * be kept
   */
  catchUp(workspace_id: string): void
  /**
   * Runs jobs due up to `until`, each as if in a transaction of its own; one that fails is undone and
   * set aside. Answers whether nothing is left to do up to there.
   */
  runDue(workspace_id: string, until: number, limits?: RunLimits): boolean
  /** How many jobs of the workspace have run in this process, whoever let them run. */
  jobsRun(workspace_id: string): number
  /** The instant of the workspace's next job; null when nothing will ever happen. */
  nextJobAt(workspace_id: string): number | null
  /** The workspace's present instant by its clock, which a world that lags has not reached. */
  now(workspace_id: string): number
  /** Moves a world's present, forward only. What is due on the way is the caller's business. */
  moveTo(workspace_id: string, instant: number): void
  /** Sets a world's present to its first instant, whatever it was: its history is gone. */
  beginAt(workspace_id: string, instant: number): void
  /** Gives the workspace another clock, which is never behind the world's present. */
  setClock(workspace_id: string, clock: Clock): void
  /** Nothing has been written or has happened since the world was made, in this process. */
  isUntouched(workspace_id: string): boolean
  /** The world without catching up; for the driver. */
  world(workspace_id: string): World
  /** Is called after every commit that may have changed when something is next due. */
  onCommit(listener: CommitListener): () => void
  onFailure(listener: FailureListener): () => void
  exists(workspace_id: string): boolean
  /**
   * Runs `fn` in one transaction that makes, replaces or deletes whole workspaces. It names those
   * that it touches: when it fails, nothing of them stays at hand.
   */
  overhaul<T>(fn: (touch: (workspace_id: string) => void) => T): T
  /** Drops what is at hand of a world within an overhaul, so that it is read anew. */
  reopen(workspace_id: string): void
  /** Forgets a workspace's cached state, after a delete or restore. */
  forget(workspace_id: string): void
}

/** Who wants to be told, and telling them. */
const createListeners = <A extends unknown[]>() => {
  const listeners = new Set<(...args: A) => void>()
  return {
    add: (listener: (...args: A) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell: (...args: A): void => {
      for (const listener of listeners) listener(...args)
    },
  }
}

/** The worlds that are open, and the one place at which their time is written. */
const createWorlds = (db: DatabaseClient, reactions: Reactions) => {
  const open = new Map<string, MovableWorld>()
  /** Worlds in which nothing has happened yet. */
  const untouched = new Set<string>()
  const get = (workspace_id: string): MovableWorld => {
    const known = open.get(workspace_id)
    if (known !== undefined) return known
    const opened = openWorld(db, workspace_id, reactions)
    if (opened === null) throw notFound('workspace', { workspace_id })
    open.set(workspace_id, opened)
    return opened
  }
  const set = (world: MovableWorld, instant: number): void => {
    world.now = instant
  }
  return {
    get,
    has: (workspace_id: string) => open.has(workspace_id),
    drop: (workspace_id: string) => {
      open.delete(workspace_id)
      untouched.delete(workspace_id)
    },
    untouched,
    /** Back to where it was before something that failed, or to a first instant. */
    set,
    moveTo: (world: MovableWorld, instant: number): void => {
      if (instant > world.now) set(world, instant)
    },
  }
}

type Worlds = ReturnType<typeof createWorlds>

/** Makes what runs a function in one transaction that makes, replaces or deletes whole workspaces. */
const createOverhaul =
  (db: DatabaseClient, worlds: Worlds, announce: (workspace_id: string) => void) =>
  <T>(fn: (touch: (workspace_id: string) => void) => T): T => {
    const touched = new Set<string>()
    const inOne = (): T => {
      try {
        return db.transaction(() => fn((workspace_id) => void touched.add(workspace_id)))
      } catch (error) {
        for (const workspace_id of touched) worlds.drop(workspace_id)
        throw error
      }
    }
    const result = inOne()
    for (const workspace_id of touched) announce(workspace_id)
    return result
  }

/** Makes what changes a workspace's clock, beside whatever is due by the old one. */
const createSetClock =
  (db: DatabaseClient, worlds: Worlds, keep: () => void) =>
  (workspace_id: string, clock: Clock): void => {
    keep()
    const world = worlds.get(workspace_id)
    try {
      db.transaction(() => world.updateWorkspace(clock))
    } catch (error) {
      world.invalidate()
      throw error
    }
    worlds.untouched.delete(workspace_id)
    worlds.moveTo(world, clock.clock_base)
  }

/**
 * Makes what brings a world to its present. A running world is brought forward for a while only and
 * may lag; where its clock is behind what it has seen, as the machine's was set back while nobody
 * looked, it goes on from there.
 */
const createEnter = (
  wall: () => number,
  worlds: Worlds,
  runDue: Universe['runDue'],
  setClock: Universe['setClock'],
) => {
  return (workspace_id: string): MovableWorld => {
    const world = worlds.get(workspace_id)
    const isRunning = world.workspace.clock_mode !== 'frozen'
    const at = isRunning ? wall() : 0
    if (isRunning && clockNow(world.workspace, at) < world.now) {
      setClock(workspace_id, runningClock(world.now, at, world.workspace.clock_rate))
    }
    const present = Math.max(clockNow(world.workspace, at), world.now)
    const due = nextJob(world)
    const isBehind = due !== null && due.due_at <= present
    const limits = isRunning ? { deadline: at + BUDGET } : {}
    if (!isBehind || runDue(workspace_id, present, limits)) worlds.moveTo(world, present)
    return world
  }
}

type Times = Pick<Universe, 'now' | 'moveTo' | 'beginAt' | 'isUntouched' | 'nextJobAt'>

/** When it is in each world, and what comes next there. */
const timesOf = (worlds: Worlds, wall: () => number): Times => ({
  now: (workspace_id) => {
    const { workspace, now } = worlds.get(workspace_id)
    return Math.max(clockNow(workspace, wall()), now)
  },
  moveTo: (workspace_id, instant) => worlds.moveTo(worlds.get(workspace_id), instant),
  beginAt: (workspace_id, instant) => {
    worlds.set(worlds.get(workspace_id), instant)
    worlds.untouched.add(workspace_id)
  },
  isUntouched: (workspace_id) => worlds.untouched.has(workspace_id),
  nextJobAt: (workspace_id) => nextJob(worlds.get(workspace_id))?.due_at ?? null,
})

type Doors = Pick<Universe, 'write' | 'share' | 'read' | 'catchUp'>

/** The ways into a world, which is at its present then. */
const doorsOf = (
  worlds: Worlds,
  enter: (workspace_id: string) => MovableWorld,
  { commit, share }: Pick<ReturnType<typeof createCommits>, 'commit' | 'share'>,
): Doors => ({
  write: (workspace_id, fn) => {
    const world = enter(workspace_id)
    return commit(world, () => fn(world))
  },
  share: (workspace_id, fn) => {
    const world = enter(workspace_id)
    return share(world, () => fn(world))
  },
  read: (workspace_id, fn) => {
    try {
      enter(workspace_id)
    } catch (error) {
      if (!isDatabaseError(error)) throw error
    }
    return fn(worlds.get(workspace_id))
  },
  catchUp: (workspace_id) => void enter(workspace_id),
})

/** Counts the jobs of each workspace as they run. */
const counted = (worlds: Worlds, run: ReturnType<typeof createRunner>) => {
  const ranOf = new Map<string, number>()
  const runDue: Universe['runDue'] = (workspace_id, until, limits) => {
    const { ran, done } = run(worlds.get(workspace_id), until, limits)
    ranOf.set(workspace_id, (ranOf.get(workspace_id) ?? 0) + ran)
    return done
  }
  return { runDue, jobsRun: (workspace_id: string): number => ranOf.get(workspace_id) ?? 0 }
}

export const createUniverse = (
  db: DatabaseClient,
  { wall, handlers, reactions, findCredential }: UniverseOptions,
): Universe => {
  const worlds = createWorlds(db, reactions)
  const commits = createListeners<Parameters<CommitListener>>()
  const failures = createListeners<Parameters<FailureListener>>()

  const announce = (workspace_id: string): void => {
    const events = worlds.has(workspace_id) ? worlds.get(workspace_id).recorded.splice(0) : []
    commits.tell(workspace_id, events)
  }
  const { share, commit, keep, rehearse } = createCommits(db, {
    moveBack: worlds.set,
    onKept: ({ workspace_id }) => {
      worlds.untouched.delete(workspace_id)
      announce(workspace_id)
    },
  })
  const run = createRunner({
    handlers,
    wall,
    commit,
    moveTo: worlds.moveTo,
    tellFailure: ({ workspace_id }, job, error) => failures.tell(workspace_id, job, error),
  })
  const { runDue, jobsRun } = counted(worlds, run)
  const overhaul = createOverhaul(db, worlds, announce)
  const setClock = createSetClock(db, worlds, keep)
  const enter = createEnter(wall, worlds, runDue, setClock)

  const universe: Universe = {
    db,
    world: worlds.get,
    ...timesOf(worlds, wall),
    setClock: (workspace_id, clock) => {
      setClock(workspace_id, clock)
      announce(workspace_id)
    },
    runDue,
    jobsRun,
    ...doorsOf(worlds, enter, { commit, share }),
    keep,
    rehearse: createRehearse({ handlers, wall, moveTo: worlds.moveTo }, { enter, rehearse }),
    findCredential: (token) => findCredential(universe, token),
    onCommit: commits.add,
    onFailure: failures.add,
    exists: (workspace_id) =>
      worlds.has(workspace_id) || db.workspaceRow(workspace_id).get(workspace_id) !== undefined,
    overhaul: (fn) => {
      keep()
      return overhaul(fn)
    },
    reopen: worlds.drop,
    forget: (workspace_id) => {
      worlds.drop(workspace_id)
      announce(workspace_id)
    },
  }
  return universe
}
