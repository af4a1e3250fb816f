/** Sends what the outbox holds: in order per webhook, webhooks beside each other. */
import type { Universe } from '../sim/kernel/universe.ts'
import { dueWebhookIds, recordAttempt, takeNext, takingChanges } from '../webhooks/outbox.ts'
import type { Attempt } from '../webhooks/outbox.ts'
import type { Sender, SendResult } from '../webhooks/send.ts'

export interface Dispatcher {
  /** Starts sending what is due in this workspace, if that is not under way already. */
  kick(workspace_id: string): void
  /** Sends everything that is due at the workspace's present instant, and waits for the answers. */
  drain(workspace_id: string): Promise<void>
  /** Waits for what is on its way and sends no more. */
  stop(): Promise<void>
}

export interface DispatcherHooks {
  /** Is told of every attempt, for the log. */
  onAttempt?: (workspace_id: string, attempt: Attempt, result: SendResult, duration: number) => void
  /** Is told when an outcome could not be kept, on a full disk for example. It is sent again then. */
  onFailure?: (workspace_id: string, error: unknown) => void
}

export const createDispatcher = (
  universe: Universe,
  sender: Sender,
  wall: () => number,
  hooks: DispatcherHooks = {},
): Dispatcher => {
  const pumps = new Map<string, Promise<void>>()
  const state = { stopped: false }

  const pump = async (workspace_id: string, webhook_id: string): Promise<void> => {
    while (!state.stopped && universe.exists(workspace_id)) {
      const world = universe.world(workspace_id)
      const attempt = takingChanges(world)
        ? universe.write(workspace_id, (open) => takeNext(open, webhook_id, wall()))
        : takeNext(world, webhook_id, wall())
      if (attempt === null) return
      const sent_at = wall()
      const result = await sender.send(attempt.message)
      const duration = Math.round(wall() - sent_at)
      // After a reset or restore it is another world, which knows nothing of this message.
      if (!universe.exists(workspace_id) || universe.world(workspace_id) !== world) continue
      universe.write(workspace_id, (open) =>
        recordAttempt(open, attempt.delivery, result, duration, attempt.fault_id),
      )
      hooks.onAttempt?.(workspace_id, attempt, result, duration)
    }
  }

  const startPumps = (workspace_id: string): { running: Promise<void>; isNew: boolean }[] => {
    if (state.stopped) return []
    return dueWebhookIds(universe.world(workspace_id)).map((webhook_id) => {
      const key = `${workspace_id} ${webhook_id}`
      const running = pumps.get(key)
      if (running !== undefined) return { running, isNew: false }
      const started = pump(workspace_id, webhook_id).finally(() => pumps.delete(key))
      pumps.set(key, started)
      return { running: started, isNew: true }
    })
  }

  return {
    kick: (workspace_id) => {
      for (const { running, isNew } of startPumps(workspace_id)) {
        if (isNew) running.catch((error: unknown) => hooks.onFailure?.(workspace_id, error))
      }
    },
    drain: async (workspace_id) => {
      for (;;) {
        const pumping = startPumps(workspace_id)
        if (pumping.length === 0) return
        await Promise.all(pumping.map(({ running }) => running))
      }
    },
    stop: async () => {
      state.stopped = true
      await Promise.allSettled(pumps.values())
    },
  }
}
