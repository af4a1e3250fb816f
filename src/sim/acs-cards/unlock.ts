/** A door that is unlocked by remote, with a key in the cloud. */
import { z } from 'zod'
import { effectsOf } from '../../contract/fault-effects.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { once } from '../../lib/once.ts'
import { failure } from '../action-attempts/action.ts'
import { createActionAttempt } from '../action-attempts/attempts.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import { requireCredential } from '../acs-credentials/rows.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { systemLink } from '../acs-systems/link.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { consultFaults } from '../faults/registry.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import { judgeRight } from './judge.ts'
import { rightOf } from './rights.ts'
import { noteUse } from './door-uses.ts'

/** How long a door takes to answer, ms. Assumed. */
const LATENCY = { min: 600, typical: 1_200, max: 2_500 }

const kept = once(() =>
  z.looseObject({
    acs_entrance_id: z.string(),
    acs_credential_id: z.string(),
    fault: z.record(z.string(), z.unknown()).optional(),
  }),
)

/** @throws acs_entrance_not_found, acs_credential_not_found, not_supported, credential_is_not_cloud_key, invalid_input */
export const unlockEntrance = (
  world: World,
  acs_entrance_id: string,
  acs_credential_id: string,
): ActionAttempt => {
  const { acs_system_id, connected_account_id } = requireEntrance(world, acs_entrance_id)
  const credential = requireCredential(world, acs_credential_id)
  const model = modelOfSystem(requireSystem(world, acs_system_id))
  const { external_type } = model
  if (!model.can_unlock_remotely)
    throw domainError(
      'not_supported',
      `${model.display_name} (${external_type}) has no remote unlocking.`,
      { data: { acs_entrance_id, external_type } },
    )
  if (credential.access_method !== 'cloud_key')
    throw domainError(
      'credential_is_not_cloud_key',
      'Only a credential of the access_method cloud_key unlocks doors by remote.',
      { data: { acs_credential_id } },
    )
  if (credential.acs_system_id !== acs_system_id)
    throw invalidInput('acs_credential_id', 'The credential is in another access system')
  const subject = { acs_entrance_id, acs_system_id, connected_account_id, acs_credential_id }
  const hit = consultFaults(world, 'entrance.unlock', subject)
  const effect = hit === null ? undefined : effectsOf.entrance().parse(hit.effect)
  const attempt = createActionAttempt(world, {
    action_type: 'UNLOCK_DOOR',
    action: {
      acs_entrance_id,
      acs_credential_id,
      ...(effect !== undefined && { fault: effect, fault_id: hit?.fault_id }),
    },
  })
  const name = `latency UNLOCK_DOOR ${acs_entrance_id}`
  const lasts = triangular(world.random.stream(name).fraction(world.random.next(name)), LATENCY)
  const delay = effect?.kind === 'delay' ? effect.by : 0
  scheduleJob(world, 'action_attempt.settle', attempt.action_attempt_id, world.now + lasts + delay)
  return attempt
}

const open = (
  world: World,
  acs_entrance_id: string,
  acs_credential_id: string,
  isSeen: boolean,
) => {
  const entrance = world.acs_entrances.get(acs_entrance_id)
  const system = entrance && world.acs_systems.get(entrance.acs_system_id)
  if (entrance === undefined || system === undefined)
    return failure('entrance_offline', 'The entrance is gone.')
  if (entrance.offline_at !== null || !systemLink(world, system).online)
    return failure('entrance_offline', 'The entrance cannot be reached.')
  const credential = world.acs_credentials.get(acs_credential_id)
  const right = credential && rightOf(world, credential, entrance)
  const in_privacy_mode = entrance.privacy_mode_at !== null
  const reason = judgeRight(right, { in_privacy_mode, now: world.now })
  if (reason !== null) return failure('access_denied', `The door refused: ${reason}.`)
  noteUse(world, entrance, { acs_user_id: right?.acs_user_id ?? null, method: 'remote', reason })
  return { status: 'success' as const, result: { was_confirmed_by_device: isSeen } }
}

/** The time of the attempt is over: the door answers. */
export const carryOutUnlock = (world: World, attempt: ActionAttempt): Settlement => {
  const { acs_entrance_id, acs_credential_id, fault } = kept().parse(attempt.action)
  const effect = fault === undefined ? undefined : effectsOf.entrance().parse(fault)
  if (effect?.kind === 'fail')
    return failure(
      effect.error_code ?? 'uncategorized_error',
      effect.message ?? 'The door refused the command.',
    )
  if (effect?.kind === 'provider_unavailable')
    return failure(
      'uncategorized_error',
      effect.message ?? "The provider's service is unavailable.",
    )
  return open(world, acs_entrance_id, acs_credential_id, effect?.kind !== 'never_confirm')
}
