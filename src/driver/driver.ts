/** The only timers: wakes each workspace when something is due there, and sends what there is to send. */
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'
import { wallInstantOf } from '../sim/kernel/clock.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import { nextDeliveryAt } from '../sim/events/outbox.ts'
import type { Dispatcher } from './dispatcher.ts'
import { LONGEST_TIMER, passed } from './real-time.ts'

export interface Driver {
  start(): void
  stop(): void
  /** Reports what went wrong in a workspace and looks there again a little later. */
  tryLater(workspace_id: string, error: unknown): void
}

/** Rows that a database in memory takes in at once when nothing else is going on. */
const ROWS_AT_REST = 500
/** Rows of worlds that are gone which are deleted at once, at rest and otherwise. */
const ROWS_SWEPT = 250
const ROWS_IN_PASSING = 50
/** How long nothing must have happened for that, ms. */
const REST = 20

/** How long workspaces are looked at before somebody else has a turn, ms. */
const BUDGET = 8

/** How often the driver looks whether the database file is still there, ms. */
const LOOK_AT_FILE = 2_000

/** How long after a failure the driver tries again, ms: a full disk may have room by then. */
const RETRY = 2_000

/**
 * Clears a timer that keeps no process alive. Node forgets the list of such timers of one length only
 * when its time has come, weeks ahead for some of ours, unless the timer is an ordinary one again.
 */
const clearUnreferenced = (timer: NodeJS.Timeout | null | undefined): void => {
  timer?.ref()
  clearTimeout(timer ?? undefined)
}

/** One timer for each workspace, by the wall clock. */
const createAlarms = (wall: () => number, ring: (workspace_id: string) => void) => {
  const timers = new Map<string, { timer: NodeJS.Timeout; at: number }>()
  const stop = (workspace_id: string): void => {
    clearUnreferenced(timers.get(workspace_id)?.timer)
    timers.delete(workspace_id)
  }
  return {
    stop,
    /** Rings at this instant and at no other; never for null. */
    set: (workspace_id: string, at: number | null): void => {
      // Most commits change nothing about what is next.
      if (at !== null && timers.get(workspace_id)?.at === at) return
      stop(workspace_id)
      if (at === null) return
      const timer = setTimeout(
        () => {
          timers.delete(workspace_id)
          ring(workspace_id)
        },
        Math.min(Math.max(1, Math.ceil(at - wall())), LONGEST_TIMER),
      )
      timer.unref()
      timers.set(workspace_id, { timer, at })
    },
    clear: (): void => {
      for (const { timer } of timers.values()) clearUnreferenced(timer)
      timers.clear()
    },
  }
}

/** Has each workspace looked at in one of the next turns, some of them at a time. */
const createTurns = (look: (workspace_id: string) => void) => {
  const dirty = new Set<string>()
  let scheduled = false
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(lookAtDirty)
  }
  const lookAtDirty = (): void => {
    scheduled = false
    const until = passed() + BUDGET
    for (const workspace_id of dirty) {
      dirty.delete(workspace_id)
      look(workspace_id)
      if (passed() >= until) break
    }
    if (dirty.size > 0) schedule()
  }
  return {
    add: (workspace_id: string): void => {
      dirty.add(workspace_id)
      schedule()
    },
    clear: () => dirty.clear(),
  }
}

/** Uses quiet moments for what was put off. */
const createTidying = ({ db }: Universe, reportError: (error: unknown) => void) => {
  let commits = 0
  /** Does some of it; answers whether there is more. */
  const tidyUp = (isBusy: boolean): boolean => {
    // Where it is never quiet, what was left behind goes all the same, more slowly.
    if (isBusy) {
      db.sweep(ROWS_IN_PASSING)
      return true
    }
    return db.flush(ROWS_AT_REST) || db.sweep(ROWS_SWEPT) || db.shrink()
  }
  let timer: NodeJS.Timeout | null = null
  const tidyUpAtRest = (): void => {
    const before = commits
    timer = setTimeout(() => {
      timer = null
      try {
        if (tidyUp(commits !== before)) tidyUpAtRest()
      } catch (error) {
        // A full disk, say. The next commit begins it again.
        reportError(error)
      }
    }, REST).unref()
  }
  return {
    noteCommit: (): void => {
      commits++
      if (timer === null) tidyUpAtRest()
    },
    stop: () => clearUnreferenced(timer),
  }
}

/** Tells once when the database file is gone, and again when that happens again. */
const watchFile = ({ db }: Universe, reportError: (error: unknown) => void): NodeJS.Timeout => {
  let wasThere = true
  const look = (): void => {
    try {
      db.checkFile()
      wasThere = true
    } catch (error) {
      if (wasThere) reportError(error)
      wasThere = false
    }
  }
  return setInterval(look, LOOK_AT_FILE).unref()
}

/** The wall instant at which something is next due in the workspace; null when nothing ever is. */
const nextAt = (universe: Universe, workspace_id: string): number | null => {
  const world = universe.world(workspace_id)
  const job = universe.nextJobAt(workspace_id)
  const delivery = world.webhooksInUse().length === 0 ? null : nextDeliveryAt(world)
  const next = job === null ? delivery : delivery === null ? job : Math.min(job, delivery)
  return next === null ? null : wallInstantOf(world.workspace, next)
}

export const createDriver = (
  universe: Universe,
  dispatcher: Dispatcher,
  wall: () => number,
  reportError: (error: unknown) => void,
): Driver => {
  let stopListening: (() => void) | null = null
  let watching: NodeJS.Timeout | undefined
  const tidying = createTidying(universe, reportError)

  const look = (workspace_id: string): void => {
    if (!universe.exists(workspace_id)) return alarms.stop(workspace_id)
    try {
      // A running world may lag: the rest is for the next turns.
      universe.catchUp(workspace_id)
      dispatcher.kick(workspace_id)
      alarms.set(workspace_id, nextAt(universe, workspace_id))
    } catch (error) {
      tryLater(workspace_id, error)
    }
  }
  const turns = createTurns(look)
  const alarms = createAlarms(wall, turns.add)

  const tryLater = (workspace_id: string, error: unknown): void => {
    reportError(error)
    if (stopListening !== null) alarms.set(workspace_id, wall() + RETRY)
  }

  const markDirty = (workspace_id: string): void => {
    tidying.noteCommit()
    turns.add(workspace_id)
  }

  return {
    tryLater,
    start: () => {
      watching = watchFile(universe, reportError)
      stopListening = universe.onCommit(markDirty)
      for (const workspace_id of universe.db.allWorkspaceIds()) markDirty(workspace_id)
    },
    stop: () => {
      stopListening?.()
      stopListening = null
      clearInterval(watching)
      turns.clear()
      tidying.stop()
      alarms.clear()
    },
  }
}
