/** What a new credential must keep to. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsAccessMethod } from '../../db/tables/acs-shapes.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { managersOf } from '../acs-systems/create.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { credentialsOfUser } from '../acs-users/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const notSupported = (system: AcsSystem, param: string, message: string) => {
  const { external_type, display_name } = modelOfSystem(system)
  return domainError('not_supported', `${display_name} (${external_type}): ${message}`, {
    data: { acs_system_id: system.acs_system_id, external_type },
    param,
  })
}

/** Whether the brand has PINs of this form. */
export const isLegalCode = (system: AcsSystem, code: string): boolean => {
  const [least, most] = modelOfSystem(system).pins?.digits ?? [1, 10]
  const fits = /^\d+$/.test(code) && code.length >= least && code.length <= most
  const isPti = system.model === 'pti'
  return fits && (!isPti || (Number(code) >= 1 && Number(code) <= 4_294_967_296))
}

/** @throws not_supported where the provider chooses, invalid_input for a code that the brand cannot have */
export const refuseCode = (system: AcsSystem, method: AcsAccessMethod, code: string): void => {
  const { pins } = modelOfSystem(system)
  if (method !== 'code') throw invalidInput('code', 'Only an access_method code has a code')
  if (pins?.chosen_by === 'provider')
    throw notSupported(system, 'code', 'the provider chooses the code, leave it out.')
  const [least, most] = pins?.digits ?? [1, 10]
  if (!isLegalCode(system, code))
    throw invalidInput('code', `The code must have ${least} to ${most} digits`)
}

/** @throws acs_entrance_not_found, invalid_input for a door of another system, not_supported for too many */
export const refuseEntrances = (
  world: World,
  system: AcsSystem,
  method: AcsAccessMethod,
  ids: readonly string[],
): void => {
  for (const id of ids) {
    if (requireEntrance(world, id).acs_system_id !== system.acs_system_id)
      throw invalidInput(
        'allowed_acs_entrance_ids',
        `The entrance ${id} is in another access system`,
      )
  }
  const most = modelOfSystem(system).most_entrances_of_code
  if (method === 'code' && most !== undefined && ids.length > most)
    throw notSupported(system, 'allowed_acs_entrance_ids', `a code opens ${most} entrance.`)
}

/** @throws invalid_input */
export const refuseWindow = (
  now: number,
  starts_at: number | null | undefined,
  ends_at: number | null | undefined,
): void => {
  if (ends_at === undefined || ends_at === null) return
  if (ends_at <= now) throw invalidInput('ends_at', 'ends_at must be in the future')
  if (starts_at !== undefined && starts_at !== null && ends_at <= starts_at)
    throw invalidInput('ends_at', 'ends_at must be later than starts_at')
}

/** The system that issues the mobile key; null where the provider does so itself. @throws invalid_input, credential_manager_required */
export const managerFor = (
  world: World,
  system: AcsSystem,
  method: AcsAccessMethod,
  given: string | undefined,
): string | null => {
  if (given !== undefined) requireSystem(world, given)
  const managers = managersOf(world, system)
  if (given !== undefined && !managers.some((it) => it.acs_system_id === given))
    throw invalidInput(
      'credential_manager_acs_system_id',
      'This system does not issue mobile keys for the access system: see list_compatible_credential_manager_acs_systems',
    )
  if (method !== 'mobile_key' || modelOfSystem(system).manager === null) return given ?? null
  const manager = given ?? managers[0]?.acs_system_id
  if (manager !== undefined) return manager
  throw domainError(
    'credential_manager_required',
    'Mobile keys of this access system are issued by a credential manager: connect one first.',
    { data: { acs_system_id: system.acs_system_id } },
  )
}

/** The card or mobile key that a user has already, where one is all that there can be. */
export const onlyKeyOf = (
  world: World,
  system: AcsSystem,
  acs_user_id: string,
  method: AcsAccessMethod,
): AcsCredential | undefined =>
  modelOfSystem(system).users.have_one_key_each
    ? credentialsOfUser(world, { acs_system_id: system.acs_system_id, acs_user_id }).find(
        (it) => it.access_method === method && it.deletion_requested_at === null,
      )
    : undefined
