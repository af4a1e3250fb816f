/** What the API asks of encoders. */
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import type { ForcedOutcome } from '../../db/tables/acs-encoders.ts'
import { requireCredential } from '../acs-credentials/rows.ts'
import { requireAcsUser } from '../acs-users/rows.ts'
import { requireSandbox } from '../connected-accounts/operations.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { enqueue } from './queue.ts'
import { requireEncoder } from './rows.ts'

/** @throws acs_encoder_not_found, acs_credential_not_found, invalid_input */
export const encodeCredential = (
  world: World,
  acs_encoder_id: string,
  acs_credential_id: string,
): ActionAttempt => {
  const encoder = requireEncoder(world, acs_encoder_id)
  const credential = requireCredential(world, acs_credential_id)
  if (credential.access_method !== 'card')
    throw invalidInput(
      'acs_credential_id',
      `Only cards are encoded; this is a credential of the access_method ${credential.access_method}`,
    )
  if (credential.acs_system_id !== encoder.acs_system_id)
    throw invalidInput('acs_encoder_id', 'The encoder is in another access system')
  return enqueue(world, 'ENCODE_CREDENTIAL', { acs_encoder_id, acs_credential_id })
}

/** @throws acs_encoder_not_found */
export const scanCredential = (
  world: World,
  acs_encoder_id: string,
  detect_new_tags?: boolean,
): ActionAttempt =>
  enqueue(world, 'SCAN_CREDENTIAL', {
    acs_encoder_id,
    ...(detect_new_tags !== undefined && { detect_new_tags }),
  })

/** @throws acs_encoder_not_found, acs_user_not_found, invalid_input */
export const scanToAssign = (
  world: World,
  acs_encoder_id: string,
  acs_user_id: string,
  detect_new_tags?: boolean,
): ActionAttempt => {
  const encoder = requireEncoder(world, acs_encoder_id)
  if (requireAcsUser(world, acs_user_id).acs_system_id !== encoder.acs_system_id)
    throw invalidInput('acs_user_id', 'The user is in another access system than the encoder')
  return enqueue(world, 'SCAN_TO_ASSIGN_CREDENTIAL', {
    acs_encoder_id,
    acs_user_id,
    ...(detect_new_tags !== undefined && { detect_new_tags }),
  })
}

/** Decides what comes of the next encoding or scan, once; a later word takes the place of this one. @throws workspace_not_sandbox, acs_encoder_not_found, acs_credential_not_found */
export const simulateNext = (
  world: World,
  acs_encoder_id: string,
  what: 'next_encode' | 'next_scan',
  outcome: ForcedOutcome,
): void => {
  requireSandbox(world)
  requireEncoder(world, acs_encoder_id)
  const { acs_credential_id } = outcome
  if (acs_credential_id !== undefined) requireCredential(world, acs_credential_id)
  world.acs_encoders.update(acs_encoder_id, { [what]: outcome })
}
