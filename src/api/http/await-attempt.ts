import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import type { AsyncContext } from './endpoint.ts'
import { presentActionAttempt, presentStartedAttempt } from '../seam/action-attempts/wire.ts'

/**
 * The action attempt that a call has started; with `sync: true` once it has settled, or after 30
 * seconds. The parameter is in the OpenAPI document, the guides do not mention it, and Seam's own
 * fake-seam-connect answers the settled attempt.
 */
export const startedAttempt = async (
  { read, services, workspace_id }: AsyncContext,
  started: ActionAttempt,
  sync: unknown,
) => {
  if (sync !== true) return presentStartedAttempt(started)
  const { action_attempt_id } = started
  await services.outcomeOfActionAttempt(workspace_id, action_attempt_id)
  return read((world) =>
    presentActionAttempt(world, world.action_attempts.get(action_attempt_id) ?? started),
  )
}
