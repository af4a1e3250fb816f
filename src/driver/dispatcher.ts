/** Sends what the outbox holds: in order per webhook, webhooks beside each other. */
import { clearInterval, setInterval } from 'node:timers'
import type { Universe } from '../sim/kernel/universe.ts'
import { dueWebhookIds, recordAttempt, takeNext, takingChanges } from '../webhooks/deliveries.ts'
import type { Attempt } from '../webhooks/deliveries.ts'
import { refused } from '../webhooks/send.ts'
import type { Sender, SendResult } from '../webhooks/send.ts'
import { passed } from './real-time.ts'

export interface Dispatcher {
  /** Starts sending what is due in this workspace, if that is not under way already. */
  kick(workspace_id: string): void
  /**
   * Sends everything that is due at the workspace's present instant, and waits for the answers.
   *
   * @param isInVain asked now and then about a message on its way, by when it was sent (ms that have
   * passed): whether its answer is not to be waited for any longer.
   * @returns whether all was answered
   */
  drain(workspace_id: string, isInVain?: (sent_at: number) => boolean): Promise<boolean>
  /** For whose answer it waits longest now, and since when, ms that have passed; null for nobody's. */
  waitingFor(workspace_id: string): { url: string; sent_at: number } | null
  /** Waits for what is on its way and sends no more. */
  stop(): Promise<void>
}

/** How often somebody who waits for answers asks whether it is in vain, ms. */
const ASK_EVERY = 100

interface Pump {
  running: Promise<void>
  /** When the message that is on its way was sent, ms that have passed; null between two. */
  sent_at: number | null
  /** Where it was sent. */
  url: string
}

const newPump = (): Pump => ({ running: Promise.resolve(), sent_at: null, url: '' })

/** Waits for all of them; false as soon as the answer to one of them is waited for in vain. */
const answersOf = (
  pumps: readonly Pump[],
  isInVain: (sent_at: number) => boolean,
): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const ask = (): void => {
      if (!pumps.some(({ sent_at }) => sent_at !== null && isInVain(sent_at))) return
      clearInterval(asking)
      resolve(false)
    }
    const asking = setInterval(ask, ASK_EVERY)
    ask()
    Promise.all(pumps.map(({ running }) => running))
      .finally(() => clearInterval(asking))
      .then(() => resolve(true), reject)
  })

export interface DispatcherHooks {
  /** Is told of every attempt, for the log. */
  onAttempt?: (workspace_id: string, attempt: Attempt, result: SendResult, duration: number) => void
  /** Is told when an outcome could not be kept, on a full disk for example. It is sent again then. */
  onFailure?: (workspace_id: string, error: unknown) => void
}

/** Sends it. Whatever goes wrong is a failed attempt with a reason, and holds nobody back. */
const deliver = async (sender: Sender, { message, refusal }: Attempt): Promise<SendResult> => {
  if (refusal !== null) return refusal
  try {
    return await sender.send(message)
  } catch (error) {
    return refused(`cannot be sent: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The message that was sent first of those on their way; null when there is none. */
const longestWait = (
  pumps: ReadonlyMap<string, Pump>,
  prefix: string,
): { url: string; sent_at: number } | null => {
  let longest: { url: string; sent_at: number } | null = null
  for (const [key, { sent_at, url }] of pumps) {
    if (sent_at === null || !key.startsWith(prefix)) continue
    if (longest === null || sent_at < longest.sent_at) longest = { url, sent_at }
  }
  return longest
}

export const createDispatcher = (
  universe: Universe,
  sender: Sender,
  wall: () => number,
  hooks: DispatcherHooks = {},
): Dispatcher => {
  const pumps = new Map<string, Pump>()
  const state = { stopped: false }

  const work = async (workspace_id: string, webhook_id: string, pump: Pump): Promise<void> => {
    while (!state.stopped && universe.exists(workspace_id)) {
      const world = universe.world(workspace_id)
      const attempt = takingChanges(world)
        ? universe.write(workspace_id, (open) => takeNext(open, webhook_id, wall()))
        : takeNext(world, webhook_id, wall())
      if (attempt === null) return
      // Nobody may hear of what a kill could still undo.
      universe.keep()
      const sent_at = wall()
      Object.assign(pump, { sent_at: passed(), url: attempt.message.url })
      const result = await deliver(sender, attempt)
      pump.sent_at = null
      const duration = Math.max(0, Math.round(wall() - sent_at))
      // After a reset or restore it is another world, which knows nothing of this message.
      if (!universe.exists(workspace_id) || universe.world(workspace_id) !== world) continue
      universe.write(workspace_id, (open) =>
        recordAttempt(open, attempt.delivery, { result, duration, fault_id: attempt.fault_id }),
      )
      hooks.onAttempt?.(workspace_id, attempt, result, duration)
    }
  }

  const startPumps = (workspace_id: string): { pump: Pump; isNew: boolean }[] => {
    if (state.stopped) return []
    return dueWebhookIds(universe.world(workspace_id)).map((webhook_id) => {
      const key = `${workspace_id} ${webhook_id}`
      const known = pumps.get(key)
      if (known !== undefined) return { pump: known, isNew: false }
      const pump = newPump()
      pumps.set(key, pump)
      pump.running = work(workspace_id, webhook_id, pump).finally(() => pumps.delete(key))
      return { pump, isNew: true }
    })
  }

  return {
    kick: (workspace_id) => {
      for (const { pump, isNew } of startPumps(workspace_id)) {
        if (isNew) pump.running.catch((error: unknown) => hooks.onFailure?.(workspace_id, error))
      }
    },
    drain: async (workspace_id, isInVain = () => false) => {
      for (;;) {
        const pumping = startPumps(workspace_id).map(({ pump }) => pump)
        if (pumping.length === 0) return true
        if (!(await answersOf(pumping, isInVain))) return false
      }
    },
    waitingFor: (workspace_id) => longestWait(pumps, `${workspace_id} `),
    stop: async () => {
      state.stopped = true
      await Promise.allSettled([...pumps.values()].map(({ running }) => running))
    },
  }
}
