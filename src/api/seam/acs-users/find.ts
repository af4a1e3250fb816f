/** Which user of an access system a call is about. */
import { once } from '../../../lib/once.ts'
import type { AcsUser } from '../../../db/tables/acs-users.ts'
import { requireAcsUser, userOfPerson } from '../../../sim/acs-users/rows.ts'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { requireUserIdentity } from '../../../sim/user-identities/rows.ts'
import { id } from '../../http/fields.ts'

export const userChoice = once(() => ({
  acs_user_id: id().optional(),
  user_identity_id: id().optional(),
  acs_system_id: id().optional(),
}))

export interface UserChoice {
  acs_user_id?: string | undefined
  user_identity_id?: string | undefined
  acs_system_id?: string | undefined
}

/** @throws invalid_input unless exactly one of the two is given */
export const exactlyOneUser = ({ acs_user_id, user_identity_id }: UserChoice): void => {
  if ((acs_user_id === undefined) === (user_identity_id === undefined))
    throw invalidInput('acs_user_id', 'Give exactly one of acs_user_id and user_identity_id')
}

/**
 * A user by its id, or by who it is in a system.
 *
 * @throws invalid_input, acs_user_not_found, user_identity_not_found
 */
export const findUser = (world: World, by: UserChoice): AcsUser => {
  exactlyOneUser(by)
  const { acs_user_id, user_identity_id = '', acs_system_id } = by
  if (acs_user_id !== undefined) return requireAcsUser(world, acs_user_id)
  if (acs_system_id === undefined)
    throw invalidInput('acs_system_id', 'With user_identity_id, give the acs_system_id as well')
  requireUserIdentity(world, user_identity_id)
  return userOfPerson(world, user_identity_id, acs_system_id)
}
