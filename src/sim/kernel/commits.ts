/** Transactions of worlds, and the commits that they share. */
import type { Commit, DatabaseClient } from '../../db/database.ts'
import type { MovableWorld } from './world.ts'

export interface Commits {
  /** Runs `fn` in one transaction whose commit is left to `keep`; in memory there is none. */
  readonly share: <T>(world: MovableWorld, fn: () => T) => T
  /** Runs `fn` in one transaction: all of it is kept, or nothing of it ever was. */
  readonly commit: <T>(world: MovableWorld, fn: () => T) => T
  /** Commits what is shared. @throws DatabaseError */
  readonly keep: () => void
  /** Runs `fn` and takes back all that it did; nobody is told of any of it. */
  readonly rehearse: <T>(world: MovableWorld, fn: () => T) => T
}

interface Hooks {
  /** Puts a world's present back to where it was. */
  readonly moveBack: (world: MovableWorld, instant: number) => void
  /** Is told of a world of which something was kept. */
  readonly onKept: (world: MovableWorld) => void
}

/** Runs `fn` in a transaction that is taken back in any case. */
const undone = <T>(db: DatabaseClient, fn: () => T): T => {
  const over = new Error('It is over')
  let result: { value: T } | undefined
  try {
    return db.transaction(() => {
      result = { value: fn() }
      throw over
    })
  } catch (error) {
    if (error !== over || result === undefined) throw error
    return result.value
  }
}

/** Nobody watches or listens until the answer is called. */
const lookAway = (world: MovableWorld): (() => void) => {
  const lookAgain = world.pauseWatch?.()
  const { overheard } = world
  world.overheard = null
  return () => {
    world.overheard = overheard
    lookAgain?.()
  }
}

type TakeBack = (world: MovableWorld, now: number, told: number, heard: number) => void

const takingBack =
  (moveBack: Hooks['moveBack']): TakeBack =>
  (world, now, told, heard) => {
    moveBack(world, now)
    world.recorded.length = told
    if (world.overheard !== null) world.overheard.length = Math.min(world.overheard.length, heard)
    world.invalidate()
  }

const rehearsing =
  (db: DatabaseClient, keep: () => void, takeBack: TakeBack): Commits['rehearse'] =>
  (world, fn) => {
    keep()
    const { now } = world
    const told = world.recorded.length
    const lookAgain = lookAway(world)
    try {
      return undone(db, fn)
    } finally {
      takeBack(world, now, told, 0)
      lookAgain()
    }
  }

export const createCommits = (db: DatabaseClient, { moveBack, onKept }: Hooks): Commits => {
  /** The worlds whose last writes share a commit that is still to come, and their instants before. */
  let shared: { commit: Commit; before: Map<MovableWorld, number> } | null = null
  const takeBack = takingBack(moveBack)

  /** Tells of what was kept, and takes back what was not. */
  const settle = (): void => {
    if (shared?.commit.isOver !== true) return
    const { commit, before } = shared
    shared = null
    for (const [world, now] of before) {
      if (commit.failure === null) onKept(world)
      else takeBack(world, now, 0, 0)
    }
  }
  const keep = (): void => {
    if (shared === null) return
    try {
      db.keep()
    } finally {
      settle()
    }
  }
  const share = <T>(world: MovableWorld, fn: () => T): T => {
    const { now } = world
    const [told, heard] = [world.recorded.length, world.overheard?.length ?? 0]
    const inOne = (): T => {
      try {
        return db.share(() => {
          const value = fn()
          world.flush()
          return value
        })
      } catch (error) {
        takeBack(world, now, told, heard)
        // With all that it shared its commit with, where SQLite gave up.
        settle()
        throw error
      }
    }
    const result = inOne()
    const { pending } = db
    if (pending === null) onKept(world)
    else {
      shared ??= { commit: pending, before: new Map() }
      if (!shared.before.has(world)) shared.before.set(world, now)
    }
    return result
  }
  return {
    share,
    keep,
    rehearse: rehearsing(db, keep, takeBack),
    commit: (world, fn) => {
      const result = share(world, fn)
      keep()
      return result
    },
  }
}
