import type { ActionAttempt } from '../../sim/action-attempts/settle.ts'

/** An action attempt as it goes over the wire: the same keys in every state. */
export const presentActionAttempt = (attempt: ActionAttempt) => ({
  action_attempt_id: attempt.action_attempt_id,
  action_type: attempt.action_type,
  status: attempt.status,
  result: attempt.result,
  error: attempt.error,
})
