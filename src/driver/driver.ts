/** The only timers: wakes each workspace when something is due there, and sends what there is to send. */
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'
import { wallInstantOf } from '../sim/kernel/clock.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import { nextDeliveryAt } from '../webhooks/outbox.ts'
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

export const createDriver = (
  universe: Universe,
  dispatcher: Dispatcher,
  wall: () => number,
  reportError: (error: unknown) => void,
): Driver => {
  const timers = new Map<string, { timer: NodeJS.Timeout; at: number }>()
  const dirty = new Set<string>()
  let stopListening: (() => void) | null = null
  let scheduled = false
  let commits = 0
  let tidying: NodeJS.Timeout | null = null

  const stopTimer = (workspace_id: string): void => {
    clearUnreferenced(timers.get(workspace_id)?.timer)
    timers.delete(workspace_id)
  }

  const setTimer = (workspace_id: string): void => {
    const world = universe.world(workspace_id)
    const job = universe.nextJobAt(workspace_id)
    const delivery = world.webhookList.length === 0 ? null : nextDeliveryAt(world)
    const next = job === null ? delivery : delivery === null ? job : Math.min(job, delivery)
    const at = next === null ? null : wallInstantOf(world.workspace, next)
    // Most commits change nothing about what is next.
    if (at !== null && timers.get(workspace_id)?.at === at) return
    stopTimer(workspace_id)
    if (at === null) return
    lookAgainAt(workspace_id, at)
  }

  const lookAgainAt = (workspace_id: string, at: number): void => {
    const timer = setTimeout(
      () => {
        timers.delete(workspace_id)
        lookSoon(workspace_id)
      },
      Math.min(Math.max(1, Math.ceil(at - wall())), LONGEST_TIMER),
    )
    timer.unref()
    timers.set(workspace_id, { timer, at })
  }

  const tryLater = (workspace_id: string, error: unknown): void => {
    reportError(error)
    if (stopListening === null) return
    stopTimer(workspace_id)
    lookAgainAt(workspace_id, wall() + RETRY)
  }

  const look = (workspace_id: string): void => {
    if (!universe.exists(workspace_id)) return
    try {
      // A running world may lag: the rest is for the next turns.
      universe.catchUp(workspace_id)
      dispatcher.kick(workspace_id)
      setTimer(workspace_id)
    } catch (error) {
      tryLater(workspace_id, error)
    }
  }

  const lookAtDirty = (): void => {
    scheduled = false
    const until = passed() + BUDGET
    for (const workspace_id of dirty) {
      dirty.delete(workspace_id)
      if (universe.exists(workspace_id)) look(workspace_id)
      else stopTimer(workspace_id)
      if (passed() >= until) break
    }
    if (dirty.size > 0) schedule()
  }

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(lookAtDirty)
  }

  const lookSoon = (workspace_id: string): void => {
    dirty.add(workspace_id)
    schedule()
  }

  /** Uses a quiet moment for what was put off. */
  const tidyUpAtRest = (): void => {
    const before = commits
    tidying = setTimeout(() => {
      tidying = null
      if (commits !== before || universe.db.flush(ROWS_AT_REST)) tidyUpAtRest()
    }, REST).unref()
  }

  const markDirty = (workspace_id: string): void => {
    commits++
    if (tidying === null) tidyUpAtRest()
    lookSoon(workspace_id)
  }

  let watching: NodeJS.Timeout | undefined
  const watchFile = (): void => {
    let wasThere = true
    const look = (): void => {
      try {
        universe.db.checkFile()
        wasThere = true
      } catch (error) {
        if (wasThere) reportError(error)
        wasThere = false
      }
    }
    watching = setInterval(look, LOOK_AT_FILE).unref()
  }

  return {
    tryLater,
    start: () => {
      watchFile()
      stopListening = universe.onCommit(markDirty)
      for (const workspace_id of universe.db.allWorkspaceIds()) markDirty(workspace_id)
    },
    stop: () => {
      stopListening?.()
      stopListening = null
      clearInterval(watching)
      dirty.clear()
      clearUnreferenced(tidying)
      for (const { timer } of timers.values()) clearUnreferenced(timer)
      timers.clear()
    },
  }
}
