/** Waiting until something is so: a frozen clock leaps there, a running one is waited for. */
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'
import { END_OF_TIME } from '../sim/kernel/instant.ts'
import type { World } from '../sim/kernel/world.ts'
import { createYield, deliver, leap, nextInstant } from './leap.ts'
import type { LeapTools } from './leap.ts'
import { LONGEST_TIMER } from './real-time.ts'

/** What is waited for, and for how long. */
export interface Wait<T> {
  workspace_id: string
  /** What it finds is what the wait answers. */
  condition: (world: World) => T | undefined
  /** ms of workspace time. */
  timeout: number
  /** Ends the wait: whoever asked is gone. */
  signal?: AbortSignal | undefined
}

/** Leaps from one instant to the next until the condition holds. */
export const waitWhileFrozen = <T>(
  tools: LeapTools,
  { workspace_id, condition, timeout, signal }: Wait<T>,
): Promise<T | undefined> => {
  const { universe, queue } = tools
  return queue.inTurn(workspace_id, async () => {
    const deadline = Math.min(universe.now(workspace_id) + timeout, END_OF_TIME)
    let isBarrier = true
    // Each leap of it is short, and all of them together are not.
    const yieldNow = createYield()
    for (;;) {
      if (signal?.aborted === true) return undefined
      if (isBarrier) isBarrier = await deliver(tools, workspace_id)
      const found = universe.read(workspace_id, condition)
      if (found !== undefined) return found
      const next = isBarrier
        ? nextInstant(universe, workspace_id)
        : universe.nextJobAt(workspace_id)
      if (next === null || next > deadline) {
        await leap(tools, workspace_id, deadline)
        return universe.read(workspace_id, condition)
      }
      await leap(tools, workspace_id, Math.max(next, universe.now(workspace_id)))
      await yieldNow()
    }
  })
}

/** Looks after every change of the workspace until the condition holds. */
export const waitWhileRunning = <T>(
  { universe }: LeapTools,
  { workspace_id, condition, timeout, signal }: Wait<T>,
): Promise<T | undefined> => {
  const now = universe.read(workspace_id, condition)
  if (now !== undefined) return Promise.resolve(now)
  const { clock_rate } = universe.world(workspace_id).workspace
  return new Promise((resolve) => {
    let isLooking = false
    const look = (): void => {
      isLooking = false
      // A workspace may be deleted while somebody waits in it.
      if (!universe.exists(workspace_id)) return end(undefined)
      const found = universe.read(workspace_id, condition)
      if (found !== undefined) end(found)
    }
    const stopListening = universe.onCommit((changed) => {
      if (changed !== workspace_id || isLooking) return
      // Looking at once would be inside the transaction's own call.
      isLooking = true
      setImmediate(look)
    })
    const giveUp = (): void => end(undefined)
    const timer = setTimeout(
      () => {
        look()
        giveUp()
      },
      Math.min(timeout / clock_rate, LONGEST_TIMER),
    )
    let ended = false
    const end = (value: T | undefined): void => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
      stopListening()
      resolve(value)
    }
    if (signal?.aborted === true) giveUp()
    else signal?.addEventListener('abort', giveUp, { once: true })
  })
}
