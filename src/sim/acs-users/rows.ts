import { is, listHas } from '../../db/conditions.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import { acs_users } from '../../db/tables/acs-users.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import type { AcsUserState } from '../../db/tables/acs-shapes.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofSystem = is(acs_users.acs_system_id)
const ofIdentity = is(acs_users.user_identity_id)
const inGroup = listHas(acs_users.acs_access_group_ids)

/** @throws acs_user_not_found */
export const requireAcsUser = (world: World, acs_user_id: string): AcsUser => {
  const user = world.acs_users.get(acs_user_id)
  if (user === undefined) throw notFound('acs_user', { acs_user_id })
  return user
}

/** In the order in which they were added. */
export const usersOfSystem = (world: World, acs_system_id: string): AcsUser[] =>
  world.acs_users.all(ofSystem(acs_system_id))

export const usersOfIdentity = (world: World, user_identity_id: string): AcsUser[] =>
  world.acs_users.all(ofIdentity(user_identity_id))

export const usersOfGroup = (world: World, acs_access_group_id: string): AcsUser[] =>
  world.acs_users.all(inGroup(acs_access_group_id))

/** The credentials that a user has, in the order in which they were made. */
export const credentialsOfUser = (
  world: World,
  { acs_system_id, acs_user_id }: Pick<AcsUser, 'acs_system_id' | 'acs_user_id'>,
): AcsCredential[] => world.acs_credentials.matching(acs_system_id, acs_user_id)

/** The user who a person is in a system. @throws acs_user_not_found */
export const userOfPerson = (
  world: World,
  user_identity_id: string,
  acs_system_id: string,
): AcsUser => {
  const found = usersOfIdentity(world, user_identity_id).find(
    (user) => user.acs_system_id === acs_system_id,
  )
  if (found === undefined) throw notFound('acs_user', { user_identity_id, acs_system_id })
  return found
}

/** What the API wants the system to know of a user. */
export const wantedUser = (user: AcsUser): AcsUserState => ({
  full_name: user.full_name,
  email_address: user.email_address,
  phone_number: user.phone_number,
  is_suspended: user.is_suspended,
  access_schedule: user.access_schedule,
  acs_access_group_ids: user.acs_access_group_ids,
  acs_entrance_ids: user.acs_entrance_ids,
})
