/** The emulator in step with the apps that play in it: see `Lockstep`. */
import { isOwnRoute } from '../api/http/request-log.ts'
import type { Companion } from '../driver/leap.ts'
import type { Lockstep } from '../emulator.ts'
import { isUnanswered } from '../webhooks/send.ts'
import type { Receiver } from '../webhooks/send.ts'
import { createAttention } from './play/attention.ts'

/** An emulator in which nobody plays but one app. */
export const createLockstep = (settle: number) => {
  const attention = createAttention(settle)
  const receivers = new Map<string, Receiver>()
  const companions = new Map<string, Companion>()
  const lockstep: Lockstep = {
    around: (api) => (incoming) =>
      isOwnRoute(incoming.path) ? api(incoming) : attention.during(() => api(incoming)),
    receivers,
    companions,
    isHeld: () => !attention.hearsMeanwhile,
    onAttempt: (_workspace_id, result) => {
      attention.hear(!isUnanswered(result))
    },
  }
  return {
    lockstep,
    attention,
    receivers,
    /** From now on this workspace waits for the app. */
    join: (workspace_id: string): void => void companions.set(workspace_id, () => attention.rest()),
  }
}
