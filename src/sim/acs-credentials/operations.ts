/** What the API asks of credentials. */
import type { AcsCredential, AcsCredentialOptions } from '../../db/tables/acs-credentials.ts'
import type { AcsAccessMethod } from '../../db/tables/acs-shapes.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { bringUserForward } from '../acs-users/carry-out.ts'
import { requireAcsUser } from '../acs-users/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { bringCredentialForward } from './carry-out.ts'
import { isCodeClaimed } from './codes.ts'
import { managerFor, onlyKeyOf, refuseCode, refuseEntrances, refuseWindow } from './checks.ts'
import { insertCredential, refuseMethod } from './create.ts'
import { issueFor, renumberLaterStays } from './issuing.ts'
import { addKeysOfPhones, requirePhoneOf } from './phones.ts'
import { requireCredential } from './rows.ts'
import { declareTerms, refuseOfGrant } from './terms.ts'

export interface NewCredential {
  acs_user_id: string
  access_method: AcsAccessMethod
  acs_entrance_ids?: readonly string[] | undefined
  code?: string | undefined
  starts_at?: number | undefined
  ends_at?: number | null | undefined
  credential_manager_acs_system_id?: string | undefined
  is_multi_phone_sync?: boolean | undefined
  options?: AcsCredentialOptions | undefined
  /** Of Salto Space: whether the user's key is changed instead of another one made. */
  update_current_key?: boolean | undefined
  access_method_id?: string | undefined
}

const check = (world: World, system: AcsSystem, input: NewCredential): void => {
  const { access_method, code, acs_entrance_ids = [] } = input
  refuseMethod(world, system.acs_system_id, access_method)
  if (code !== undefined) refuseCode(system, access_method, code)
  refuseEntrances(world, system, access_method, acs_entrance_ids)
  refuseWindow(world.now, input.starts_at, input.ends_at)
  for (const id of input.options?.joiner_acs_credential_ids ?? []) {
    if (requireCredential(world, id).acs_system_id !== system.acs_system_id)
      throw invalidInput(
        'visionline_metadata',
        `The credential ${id} to join is in another access system`,
      )
  }
}

/** A PIN of the length that the brand has, for a caller who gives none; the provider's comes later. */
const drawnCode = (world: World, system: AcsSystem, input: NewCredential): string | null => {
  const { pins } = modelOfSystem(system)
  if (input.access_method !== 'code') return null
  if (input.code !== undefined || pins?.chosen_by !== 'caller') return input.code ?? null
  const digits = Math.max(pins.digits[0], 6)
  const name = `acs_pin ${system.acs_system_id}`
  const draw = (): string => {
    const fraction = world.random.stream(name).fraction(world.random.next(name))
    return String(Math.floor((0.1 + fraction * 0.9) * 10 ** digits))
  }
  let code = draw()
  while (isCodeClaimed(world, { acs_system_id: system.acs_system_id, code })) code = draw()
  return code
}

/**
 * Makes a credential; its system hears of it a little later.
 *
 * @throws acs_user_not_found, not_supported, invalid_input, acs_entrance_not_found,
 * salto_space_key_already_exists, credential_manager_required, user_identity_has_no_phone
 */
export const createCredential = (world: World, input: NewCredential): AcsCredential => {
  const { acs_user_id, access_method, starts_at } = input
  const user = requireAcsUser(world, acs_user_id)
  const system = requireSystem(world, user.acs_system_id)
  check(world, system, input)
  const manager = managerFor(world, system, access_method, input.credential_manager_acs_system_id)
  const current = onlyKeyOf(world, system, acs_user_id, access_method)
  if (current !== undefined) return changeOnlyKey(world, current, input)
  const isMultiPhone = input.is_multi_phone_sync === true && access_method === 'mobile_key'
  const phone_id =
    access_method === 'mobile_key' && manager !== null && !isMultiPhone
      ? requirePhoneOf(world, user)
      : null
  const isLate = starts_at !== undefined && starts_at < world.now
  const { acs_credential_id } = insertCredential(world, {
    acs_system_id: system.acs_system_id,
    acs_user_id,
    access_method,
    code: drawnCode(world, system, input),
    starts_at: isLate ? world.now : starts_at,
    ends_at: input.ends_at,
    acs_entrance_ids: input.acs_entrance_ids,
    options: input.options,
  })
  world.acs_credentials.update(acs_credential_id, {
    is_multi_phone_sync: isMultiPhone,
    phone_id,
    credential_manager_acs_system_id: manager,
    access_method_id: input.access_method_id ?? null,
    schedule_modified_at: isLate ? world.now : null,
    issue: issueFor(world, requireCredential(world, acs_credential_id)),
  })
  renumberLaterStays(world, acs_credential_id)
  bringUserForward(world, acs_user_id)
  bringCredentialForward(world, acs_credential_id)
  if (isMultiPhone) addKeysOfPhones(world, acs_credential_id)
  return requireCredential(world, acs_credential_id)
}

/** @throws salto_space_key_already_exists unless the key that is there is to be changed */
const changeOnlyKey = (
  world: World,
  { acs_credential_id, acs_user_id }: AcsCredential,
  input: NewCredential,
): AcsCredential => {
  if (input.update_current_key !== true)
    throw domainError(
      'salto_space_key_already_exists',
      'A user of Salto ProAccess Space has one card and one mobile key at most: change that one with salto_space_metadata.update_current_key.',
      { data: { acs_credential_id, acs_user_id } },
    )
  world.acs_credentials.update(acs_credential_id, {
    ...(input.starts_at !== undefined && { starts_at: Math.max(input.starts_at, world.now) }),
    ...(input.ends_at !== undefined && { ends_at: input.ends_at }),
  })
  bringCredentialForward(world, acs_credential_id)
  return requireCredential(world, acs_credential_id)
}

/** @throws acs_credential_not_found, acs_credential_managed_by_access_grant, invalid_input, not_supported */
export const updateCredential = (
  world: World,
  acs_credential_id: string,
  { code, ends_at }: { code?: string | undefined; ends_at?: number | null | undefined },
): void => {
  const credential = requireCredential(world, acs_credential_id)
  refuseOfGrant(credential)
  const system = requireSystem(world, credential.acs_system_id)
  if (code !== undefined) refuseCode(system, credential.access_method, code)
  refuseWindow(world.now, credential.starts_at, ends_at)
  declareTerms(world, acs_credential_id, {
    code: code ?? credential.code,
    ends_at: ends_at === undefined ? credential.ends_at : ends_at,
  })
}

/** Gives a credential to a user. @throws acs_credential_not_found, acs_credential_managed_by_access_grant, acs_user_not_found, invalid_input, credential_already_assigned */
export const assignCredential = (
  world: World,
  acs_credential_id: string,
  acs_user_id: string,
): void => {
  const credential = requireCredential(world, acs_credential_id)
  const user = requireAcsUser(world, acs_user_id)
  if (user.acs_system_id !== credential.acs_system_id)
    throw invalidInput('acs_user_id', 'The user is in another access system than the credential')
  if (credential.acs_user_id === acs_user_id) return
  refuseOfGrant(credential)
  if (credential.acs_user_id !== null)
    throw domainError(
      'credential_already_assigned',
      'The credential is assigned to another user: unassign it first.',
      { data: { acs_credential_id, acs_user_id: credential.acs_user_id } },
    )
  world.acs_credentials.update(acs_credential_id, { acs_user_id })
  bringUserForward(world, acs_user_id)
  bringCredentialForward(world, acs_credential_id)
}

/** Takes a credential from its user: it opens nothing any more. @throws acs_credential_not_found, acs_credential_managed_by_access_grant, invalid_input */
export const unassignCredential = (
  world: World,
  acs_credential_id: string,
  acs_user_id: string | undefined,
): void => {
  const credential = requireCredential(world, acs_credential_id)
  refuseOfGrant(credential)
  if (credential.acs_user_id === null) return
  if (acs_user_id !== undefined && acs_user_id !== credential.acs_user_id)
    throw invalidInput('acs_user_id', 'The credential is not assigned to this user')
  world.acs_credentials.update(acs_credential_id, { acs_user_id: null })
  bringCredentialForward(world, acs_credential_id)
}
