/** Moves a workspace's time: leaps that are barriers, and waiting for something to become true. */
import { settlesAt } from '../sim/action-attempts/attempts.ts'
import { frozenClock, runningClock } from '../sim/kernel/clock.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import type { World } from '../sim/kernel/world.ts'
import { resetWorkspace } from '../sim/workspaces/operations.ts'
import type { Dispatcher } from './dispatcher.ts'
import { deliver, leap, nextInstant, search, targetInstant } from './leap.ts'
import { rehearse } from './rehearse.ts'
import type { Rehearsal, RehearsalLimits } from './rehearse.ts'
import type { Companions, Leaps, LeapSearch, LeapTarget, LeapTools } from './leap.ts'
import { createQueue } from './queue.ts'
import { readTranscript, startTranscript } from './transcript.ts'
import type { Transcript } from './transcript.ts'
import { waitWhileFrozen, waitWhileRunning } from './wait.ts'

export type { LeapTarget } from './leap.ts'

/** What a leap did, and whether it came to its end. */
export interface LeapAccount extends Transcript {
  jobs: number
  reached: boolean
}

export interface TimeTravel {
  /**
   * Runs everything up to the target, in order, with every delivery that falls due
   * on the way really sent. Leaps of one workspace queue up behind each other.
   */
  advance(
    workspace_id: string,
    target: LeapTarget | LeapSearch,
    onProgress?: (now: number) => void,
  ): Promise<LeapAccount>
  /** The leaps that are under way. */
  readonly leaps: Leaps
  /** Ends the leap that is under way, where it has come to; false when there is none. */
  stop(workspace_id: string): boolean
  /** What a leap would do, as far as it can be told without sending anything; nothing of it happens. */
  rehearse(workspace_id: string, limits: RehearsalLimits): Rehearsal
  /** The same without an account of what happened on the way. */
  leapTo(workspace_id: string, instant: number): Promise<void>
  /** Does something while no leap of the workspace is under way. */
  exclusively<T>(workspace_id: string, fn: () => T): Promise<T>
  /** Stops the clock, after a leap to `at` where it is given. A world in which nothing has happened begins there. */
  freeze(workspace_id: string, at?: number): Promise<void>
  /** The instant at which something is next due, in the world or in the outbox. */
  nextInstant(workspace_id: string): number | null
  /** How far a running world is behind its clock, ms of workspace time. */
  lag(workspace_id: string): number
  resume(workspace_id: string, rate: number): void
  /** Sends what is due in the outbox now, and waits for the answers. */
  deliverDue(workspace_id: string): Promise<void>
  /**
   * Waits until `condition` finds what it looks for. A frozen clock leaps from one
   * instant to the next; a running one is waited for. Undefined when `timeout`
   * (ms of workspace time) has passed in vain, or the signal ended the wait.
   */
  waitUntil<T>(
    workspace_id: string,
    condition: (world: World) => T | undefined,
    timeout: number,
    signal?: AbortSignal,
  ): Promise<T | undefined>
  /** Makes sure that an action attempt can settle: a frozen workspace leaps to that instant. */
  settleActionAttempt(workspace_id: string, action_attempt_id: string): Promise<void>
  /**
   * Waits until an action attempt has settled: a frozen workspace leaps there, a running one is
   * waited for, for at most 30 seconds of wall-clock time.
   */
  outcomeOfActionAttempt(workspace_id: string, action_attempt_id: string): Promise<void>
}

/** How long a call with `sync: true` waits for its outcome, wall-clock ms. */
const SYNC_PATIENCE = 30_000

const isFrozen = (universe: Universe, workspace_id: string): boolean =>
  universe.world(workspace_id).workspace.clock_mode === 'frozen'

/**
 * Makes sure that everything up to `to` has happened, without waiting for a leap that
 * is under way: whoever asks may be a receiver to whose answer that leap is waiting.
 */
const reach = async (tools: LeapTools, workspace_id: string, to: number): Promise<void> => {
  const { universe, dispatcher, queue } = tools
  if (!queue.isBusy(workspace_id)) {
    await queue.inTurn(workspace_id, () =>
      leap(tools, workspace_id, Math.max(to, universe.now(workspace_id))),
    )
    return
  }
  universe.runDue(workspace_id, to)
  universe.moveTo(workspace_id, to)
  dispatcher.kick(workspace_id)
}

/** Leaps to the instant at which an action attempt settles. */
const settle = async (
  tools: LeapTools,
  workspace_id: string,
  action_attempt_id: string,
): Promise<void> => {
  const { universe } = tools
  if (!isFrozen(universe, workspace_id)) return
  let reached = Number.NEGATIVE_INFINITY
  for (;;) {
    const at = universe.read(workspace_id, (world) => settlesAt(world, action_attempt_id))
    // What was to settle it at an instant that was reached has failed.
    if (at === null || at <= reached) return
    await reach(tools, workspace_id, at)
    reached = at
  }
}

const advance = (
  tools: LeapTools,
  workspace_id: string,
  target: LeapTarget | LeapSearch,
  onProgress?: (now: number) => void,
): Promise<LeapAccount> => {
  const { universe, queue } = tools
  return queue.inTurn(workspace_id, async () => {
    const isSearch = 'until' in target
    const to = isSearch ? 0 : targetInstant(universe, workspace_id, target)
    universe.read(workspace_id, () => undefined)
    const start = startTranscript(universe.world(workspace_id))
    const told = () => readTranscript(universe.world(workspace_id), start)
    if (isSearch) {
      const found = await search(tools, workspace_id, target)
      return { ...told(), ...found }
    }
    const jobs = await leap(tools, workspace_id, to, onProgress)
    return { ...told(), jobs, reached: universe.world(workspace_id).now >= to }
  })
}

const freeze = (tools: LeapTools, workspace_id: string, at?: number): Promise<void> => {
  const { universe, queue, wall } = tools
  return queue.inTurn(workspace_id, async () => {
    // A running clock is asked once: asked twice it would have moved on.
    const to = targetInstant(universe, workspace_id, at === undefined ? { by: 0 } : { to: at })
    if (at !== undefined && universe.isUntouched(workspace_id)) {
      const clock = { mode: 'frozen' as const, at }
      resetWorkspace(universe, workspace_id, { clock }, wall())
      return
    }
    await leap(tools, workspace_id, to)
    // Sooner than it was to be, where somebody stopped the leap; later, where a fast clock was looked at meanwhile.
    const { now } = universe.world(workspace_id)
    universe.setClock(workspace_id, frozenClock(now, wall()))
  })
}

const stopLeap = ({ running }: Leaps, workspace_id: string): boolean => {
  const found = running.get(workspace_id)
  if (found !== undefined) found.isStopped = true
  return found !== undefined
}

export const createTimeTravel = (
  universe: Universe,
  dispatcher: Dispatcher,
  wall: () => number,
  companions: Companions = new Map(),
): TimeTravel => {
  const queue = createQueue()
  const leaps: Leaps = { running: new Map(), onBegin: null }
  const tools: LeapTools = { universe, dispatcher, wall, queue, leaps, companions }

  const waitUntil: TimeTravel['waitUntil'] = (workspace_id, condition, timeout, signal) => {
    const wait = { workspace_id, condition, timeout, signal }
    return isFrozen(universe, workspace_id)
      ? waitWhileFrozen(tools, wait)
      : waitWhileRunning(tools, wait)
  }

  return {
    advance: (workspace_id, target, onProgress) => advance(tools, workspace_id, target, onProgress),
    leaps,
    stop: (workspace_id) => stopLeap(leaps, workspace_id),
    leapTo: (workspace_id, instant) =>
      queue.inTurn(workspace_id, async () => {
        await leap(tools, workspace_id, targetInstant(universe, workspace_id, { to: instant }))
      }),
    rehearse: (workspace_id, limits) => rehearse(universe, wall, workspace_id, limits),
    nextInstant: (workspace_id) => nextInstant(universe, workspace_id),
    lag: (workspace_id) => {
      const next = universe.nextJobAt(workspace_id)
      return next === null ? 0 : Math.max(0, universe.now(workspace_id) - next)
    },
    exclusively: (workspace_id, fn) => queue.inTurn(workspace_id, () => Promise.resolve().then(fn)),
    freeze: (workspace_id, at) => freeze(tools, workspace_id, at),
    resume: (workspace_id, rate) => {
      const now = universe.now(workspace_id)
      universe.write(workspace_id, (world) =>
        world.updateWorkspace(runningClock(now, wall(), rate)),
      )
    },
    deliverDue: async (workspace_id) => {
      await queue.attend(workspace_id, () => deliver(tools, workspace_id))
    },
    waitUntil,
    settleActionAttempt: (workspace_id, action_attempt_id) =>
      settle(tools, workspace_id, action_attempt_id),
    outcomeOfActionAttempt: async (workspace_id, action_attempt_id) => {
      if (isFrozen(universe, workspace_id)) return settle(tools, workspace_id, action_attempt_id)
      const { clock_rate } = universe.world(workspace_id).workspace
      await waitUntil(
        workspace_id,
        ({ action_attempts }) =>
          action_attempts.get(action_attempt_id)?.status === 'pending' ? undefined : true,
        SYNC_PATIENCE * clock_rate,
      )
    },
  }
}
