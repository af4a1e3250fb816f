/** Moves a workspace's time: leaps that are barriers, and waiting for something to become true. */
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'
import { frozenClock, runningClock } from '../sim/kernel/clock.ts'
import type { Clock } from '../sim/kernel/clock.ts'
import { domainError } from '../sim/kernel/errors.ts'
import { END_OF_TIME, toIso } from '../sim/kernel/instant.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import type { World } from '../sim/kernel/world.ts'
import { dueWebhookIds, nextDeliveryAt } from '../webhooks/outbox.ts'
import type { Dispatcher } from './dispatcher.ts'
import { LONGEST_TIMER } from './real-time.ts'
import { readTranscript, startTranscript } from './transcript.ts'
import type { Transcript } from './transcript.ts'

/** Jobs per turn of the event loop, so that a long leap leaves room for everybody else. */
const SLICE = 500

/** An instant, a distance (ms) from the present in which the leap begins, or whatever is due next. */
export type LeapTarget = { to: number } | { by: number } | { to_next: true }

export interface TimeTravel {
  /**
   * Runs everything up to the target, in order, with every delivery that falls due
   * on the way really sent. Leaps of one workspace queue up behind each other.
   */
  advance(
    workspace_id: string,
    target: LeapTarget,
    onProgress?: (now: number) => void,
  ): Promise<Transcript & { jobs: number }>
  /**
   * Makes sure that everything up to `to` has happened, without waiting for a leap that
   * is under way: whoever asks may be a receiver to whose answer that leap is waiting.
   */
  reach(workspace_id: string, to: number): Promise<void>
  /** Does something while no leap of the workspace is under way. */
  exclusively<T>(workspace_id: string, fn: () => T): Promise<T>
  freeze(workspace_id: string, at?: number): Promise<void>
  /** The instant at which something is next due, in the world or in the outbox. */
  nextInstant(workspace_id: string): number | null
  resume(workspace_id: string, rate: number): void
  /**
   * Waits until `condition` finds what it looks for. A frozen clock leaps from one
   * instant to the next; a running one is waited for. Undefined when `timeout`
   * (ms of workspace time) has passed in vain.
   */
  waitUntil<T>(
    workspace_id: string,
    condition: (world: World) => T | undefined,
    timeout: number,
  ): Promise<T | undefined>
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const createTimeTravel = (
  universe: Universe,
  dispatcher: Dispatcher,
  wall: () => number,
): TimeTravel => {
  const queues = new Map<string, Promise<unknown>>()

  /** One leap at a time per workspace. */
  const inTurn = <T>(workspace_id: string, fn: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(workspace_id) ?? Promise.resolve()).then(fn, fn)
    queues.set(workspace_id, turn)
    const forget = (): void => {
      if (queues.get(workspace_id) === turn) queues.delete(workspace_id)
    }
    turn.then(forget, forget)
    return turn
  }

  const nextInstant = (workspace_id: string): number | null =>
    earliest(universe.nextJobAt(workspace_id), nextDeliveryAt(universe.world(workspace_id)))

  /** Sets the clock itself; time never runs backwards. */
  const setClock = (workspace_id: string, to: number): void => {
    const world = universe.world(workspace_id)
    const now = Math.max(world.now, to)
    const { clock_mode, clock_rate } = world.workspace
    keepClock(
      world,
      clock_mode === 'frozen' ? frozenClock(now, wall()) : runningClock(now, wall(), clock_rate),
    )
    world.now = now
  }

  /** Beside `universe.write`, which would bring the world to the present of the old clock. */
  const keepClock = (world: World, clock: Clock): void => {
    try {
      universe.db.transaction(() => world.updateWorkspace(clock))
    } catch (error) {
      world.invalidate()
      throw error
    }
  }

  /** @throws Error when one is due that nobody will ever send: time would stand still for ever. */
  const hasDueDelivery = (workspace_id: string): boolean => {
    const world = universe.world(workspace_id)
    const due = nextDeliveryAt(world)
    if (due === null || due > world.now) return false
    if (dueWebhookIds(world).length > 0) return true
    throw new Error(
      `The delivery due at ${toIso(due)} cannot be sent: its webhook is gone or switched off.`,
    )
  }

  /** Runs jobs and deliveries up to and including `to`. */
  const leap = async (
    workspace_id: string,
    to: number,
    onProgress?: (now: number) => void,
  ): Promise<number> => {
    // Whoever looks at the world meanwhile lets jobs run as well: those count too.
    const before = universe.jobsRun(workspace_id)
    const world = universe.world(workspace_id)
    for (;;) {
      await dispatcher.drain(workspace_id)
      if (hasDueDelivery(workspace_id)) {
        // Somebody wrote in the meantime; let them, and send that too.
        await nextTurn()
        continue
      }
      const next = nextInstant(workspace_id)
      if (next === null || next > to) break
      // Without receivers nothing has to be sent between two instants.
      const until = world.webhookList.length === 0 ? to : Math.max(next, world.now)
      for (let ran = SLICE; ran === SLICE;) {
        ran = universe.runDue(workspace_id, until, SLICE)
        onProgress?.(world.now)
        if (ran === SLICE) await nextTurn()
      }
      world.now = Math.max(world.now, Math.min(until, to))
      onProgress?.(world.now)
    }
    setClock(workspace_id, to)
    return universe.jobsRun(workspace_id) - before
  }

  const targetInstant = (workspace_id: string, target: LeapTarget): number => {
    const now = universe.now(workspace_id)
    const beforeTheEnd = (to: number, param: 'by' | 'to'): number => {
      if (to <= END_OF_TIME) return to
      throw domainError('invalid_input', `Time ends at ${toIso(END_OF_TIME)}.`, { param })
    }
    if ('by' in target) return beforeTheEnd(now + target.by, 'by')
    if ('to' in target) {
      if (target.to >= now) return beforeTheEnd(target.to, 'to')
      throw domainError(
        'invalid_input',
        `Time runs forwards only: it is ${toIso(now)} in this workspace, ${toIso(target.to)} is past.`,
        { param: 'to' },
      )
    }
    return Math.max(now, Math.min(nextInstant(workspace_id) ?? now, END_OF_TIME))
  }

  const advance: TimeTravel['advance'] = (workspace_id, target, onProgress) =>
    inTurn(workspace_id, async () => {
      const to = targetInstant(workspace_id, target)
      universe.read(workspace_id, () => undefined)
      const start = startTranscript(universe.world(workspace_id))
      const jobs = await leap(workspace_id, to, onProgress)
      return { ...readTranscript(universe.world(workspace_id), start), jobs }
    })

  const waitWhileFrozen = <T>(
    workspace_id: string,
    condition: (world: World) => T | undefined,
    timeout: number,
  ): Promise<T | undefined> =>
    inTurn(workspace_id, async () => {
      const deadline = Math.min(universe.now(workspace_id) + timeout, END_OF_TIME)
      for (;;) {
        await dispatcher.drain(workspace_id)
        const found = universe.read(workspace_id, condition)
        if (found !== undefined) return found
        const next = nextInstant(workspace_id)
        if (next === null || next > deadline) {
          await leap(workspace_id, deadline)
          return universe.read(workspace_id, condition)
        }
        await leap(workspace_id, Math.max(next, universe.now(workspace_id)))
      }
    })

  const waitWhileRunning = <T>(
    workspace_id: string,
    condition: (world: World) => T | undefined,
    timeout: number,
  ): Promise<T | undefined> => {
    const now = universe.read(workspace_id, condition)
    if (now !== undefined) return Promise.resolve(now)
    const { clock_rate } = universe.world(workspace_id).workspace
    return new Promise((resolve) => {
      const look = (): void => {
        // A workspace may be deleted while somebody waits in it.
        if (!universe.exists(workspace_id)) return end(undefined)
        const found = universe.read(workspace_id, condition)
        if (found !== undefined) end(found)
      }
      const stopListening = universe.onCommit((changed) => {
        // Looking at once would be inside the transaction's own call.
        if (changed === workspace_id) setImmediate(look)
      })
      const timer = setTimeout(
        () => {
          look()
          end(undefined)
        },
        Math.min(timeout / clock_rate, LONGEST_TIMER),
      )
      let ended = false
      const end = (value: T | undefined): void => {
        if (ended) return
        ended = true
        clearTimeout(timer)
        stopListening()
        resolve(value)
      }
    })
  }

  return {
    advance,
    reach: async (workspace_id, to) => {
      if (!queues.has(workspace_id)) {
        await inTurn(workspace_id, () =>
          leap(workspace_id, Math.max(to, universe.now(workspace_id))),
        )
        return
      }
      universe.runDue(workspace_id, to, Number.POSITIVE_INFINITY)
      const world = universe.world(workspace_id)
      world.now = Math.max(world.now, to)
      dispatcher.kick(workspace_id)
    },
    nextInstant,
    exclusively: (workspace_id, fn) => inTurn(workspace_id, () => Promise.resolve().then(fn)),
    freeze: (workspace_id, at) =>
      inTurn(workspace_id, async () => {
        // A running clock is asked once: asked twice it would have moved on.
        const to = targetInstant(workspace_id, at === undefined ? { by: 0 } : { to: at })
        await leap(workspace_id, to)
        keepClock(universe.world(workspace_id), frozenClock(to, wall()))
      }),
    resume: (workspace_id, rate) => {
      const now = universe.now(workspace_id)
      universe.write(workspace_id, (world) =>
        world.updateWorkspace(runningClock(now, wall(), rate)),
      )
    },
    waitUntil: (workspace_id, condition, timeout) =>
      universe.world(workspace_id).workspace.clock_mode === 'frozen'
        ? waitWhileFrozen(workspace_id, condition, timeout)
        : waitWhileRunning(workspace_id, condition, timeout),
  }
}
