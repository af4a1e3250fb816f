/** How credentials get on record. What their system makes of them is the reconciler's affair. */
import type { AcsCredential, AcsCredentialOptions } from '../../db/tables/acs-credentials.ts'
import type { AcsAccessMethod } from '../../db/tables/acs-shapes.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { requireAcsUser } from '../acs-users/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { credentialsOfSystem, requireCredential, wantedCredential } from './rows.ts'

export interface CredentialRow {
  acs_system_id: string
  acs_credential_id?: string | undefined
  acs_user_id: string | null
  access_method: AcsAccessMethod
  code?: string | null | undefined
  starts_at?: number | null | undefined
  ends_at?: number | null | undefined
  acs_entrance_ids?: readonly string[] | undefined
  options?: AcsCredentialOptions | undefined
}

/** @throws not_supported for a method that the brand does not have */
export const refuseMethod = (
  world: World,
  acs_system_id: string,
  method: AcsAccessMethod,
): void => {
  const { methods, display_name, external_type } = modelOfSystem(
    requireSystem(world, acs_system_id),
  )
  if (methods.includes(method)) return
  throw domainError(
    'not_supported',
    `${display_name} (${external_type}) has no credentials of the access_method ${method}. It has: ${methods.join(', ')}.`,
    { data: { acs_system_id, external_type }, param: 'access_method' },
  )
}

/** Puts a credential on record, of which its system knows nothing yet. @throws acs_system_not_found, not_supported */
export const insertCredential = (world: World, input: CredentialRow): AcsCredential => {
  const system = requireSystem(world, input.acs_system_id)
  refuseMethod(world, input.acs_system_id, input.access_method)
  const acs_credential_id = input.acs_credential_id ?? world.random.uuid('acs_credential')
  world.acs_credentials.insert({
    acs_credential_id,
    acs_system_id: system.acs_system_id,
    connected_account_id: system.connected_account_id,
    acs_user_id: input.acs_user_id,
    access_method: input.access_method,
    code: input.code ?? null,
    card_number: null,
    starts_at: input.starts_at ?? null,
    ends_at: input.ends_at ?? null,
    acs_entrance_ids: [...new Set(input.acs_entrance_ids)],
    is_multi_phone_sync: false,
    parent_acs_credential_id: null,
    phone_id: null,
    credential_manager_acs_system_id: null,
    options: input.options ?? {},
    access_method_id: null,
    schedule_modified_at: null,
    known: null,
    held: null,
    push: null,
    synced_at: null,
    issue: null,
    issued_at: null,
    written: null,
    invalidated_at: null,
    deletion_requested_at: null,
    created_at: world.now,
  })
  return requireCredential(world, acs_credential_id)
}

/** @throws invalid_input for a user of another system */
const refuseUserOfOther = (world: World, { acs_system_id, acs_user_id }: CredentialRow): void => {
  if (acs_user_id !== null && requireAcsUser(world, acs_user_id).acs_system_id !== acs_system_id)
    throw invalidInput('acs_user_id', 'The user is in another access system than the credential')
}

/** A credential other than a card that its system had before. @throws as `insertCredential`, acs_user_not_found, invalid_input */
export const insertSyncedCredential = (world: World, input: CredentialRow): AcsCredential => {
  refuseUserOfOther(world, input)
  const credential = insertCredential(world, input)
  const state = wantedCredential(credential)
  world.acs_credentials.update(credential.acs_credential_id, {
    known: state,
    held: { state, doors_from: world.now, before: null },
    issued_at: world.now,
    synced_at: world.now,
  })
  return requireCredential(world, credential.acs_credential_id)
}

/** They go with their system, from Seam's records alone: cards say what they said. */
export const forgetCredentialsOfSystem = (world: World, acs_system_id: string): void => {
  for (const { acs_credential_id, access_method_id } of credentialsOfSystem(world, acs_system_id)) {
    cancelJobsAbout(world, acs_credential_id)
    world.acs_credentials.delete(acs_credential_id)
    if (access_method_id !== null) react(world, 'acs_credential_gone', access_method_id)
  }
}
