/** What becomes of encoders whose access system is no longer there. */
import type { AcsEncoder } from '../../db/tables/acs-encoders.ts'
import { failure } from '../action-attempts/action.ts'
import { settleActionAttempt } from '../action-attempts/attempts.ts'
import { takeCardOff } from '../acs-cards/rows.ts'
import { cancelJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import {
  encodeCredentialAction,
  scanCredentialAction,
  scanToAssignAction,
  within,
} from './actions.ts'
import { removeEncoder } from './create.ts'
import { pendingOf } from './queue.ts'
import { encodersOfSystem } from './rows.ts'

const actions = [encodeCredentialAction, scanCredentialAction, scanToAssignAction]

/** Whoever waits for it waits in vain. */
const endAttempts = (world: World, encoder: AcsEncoder): void => {
  for (const id of pendingOf(world, encoder)) {
    const attempt = world.action_attempts.get(id)
    if (attempt === undefined) continue
    const errors = actions.find(({ type }) => type === attempt.action_type)?.errors ?? []
    cancelJob(world, 'action_attempt.settle', id)
    const gone = failure('encoder_not_online', 'The encoder is gone.')
    settleActionAttempt(world, attempt, within(errors, gone))
  }
}

/** They go with their system; the card that lies on one is in somebody's hand. */
export const forgetEncodersOfSystem = (world: World, acs_system_id: string): void => {
  for (const encoder of encodersOfSystem(world, acs_system_id)) {
    endAttempts(world, encoder)
    takeCardOff(world, encoder.acs_encoder_id)
    removeEncoder(world, encoder)
    world.acs_encoders.delete(encoder.acs_encoder_id)
  }
}
