/** The emulator in step with the apps that play in it: see `Lockstep`. */
import type { App } from '../api/http/app.ts'
import { isOwnRoute } from '../api/http/request-log.ts'
import type { Companion } from '../driver/leap.ts'
import type { Lockstep } from '../emulator.ts'
import { isUnanswered } from '../webhooks/send.ts'
import type { Receiver } from '../webhooks/send.ts'
import { createAttention } from './play/attention.ts'
import type { Attention } from './play/attention.ts'

/** Two players, each in a workspace of its own, told apart by the reference's key. */
export const createLockstep = (settle: number, reference_key: string) => {
  const [app, reference] = [createAttention(settle), createAttention(0)]
  const receivers = new Map<string, Receiver>()
  const companions = new Map<string, Companion>()
  const attentions = new Map<string, Attention>()

  const around =
    (api: App): App =>
    (incoming) => {
      if (isOwnRoute(incoming.path)) return api(incoming)
      const isReference = incoming.header('authorization') === `Bearer ${reference_key}`
      return (isReference ? reference : app).during(() => api(incoming))
    }
  const lockstep: Lockstep = {
    around,
    receivers,
    companions,
    onAttempt: (workspace_id, result) => {
      const attention = attentions.get(workspace_id)
      attention?.stir()
      if (isUnanswered(result)) attention?.miss()
    },
  }

  return {
    lockstep,
    app,
    reference,
    receivers,
    /** From now on this workspace waits for this player. */
    join: (workspace_id: string, attention: Attention): void => {
      attentions.set(workspace_id, attention)
      companions.set(workspace_id, () => attention.rest())
    },
  }
}
