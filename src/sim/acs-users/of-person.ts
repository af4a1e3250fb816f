/** The user who a person is in an access system: linked already, found by mail or phone, or new. */
import type { AcsUser } from '../../db/tables/acs-users.ts'
import type { World } from '../kernel/world.ts'
import { nameOfIdentity, requireLivingIdentity } from '../user-identities/rows.ts'
import { createUser, linkIdentity } from './operations.ts'
import { requireAcsUser, userOfPerson, usersOfIdentity, usersOfSystem } from './rows.ts'

/** A user of the system that nobody has been linked with, with the person's mail or phone. */
const unlinkedLike = (
  world: World,
  acs_system_id: string,
  { email_address, phone_number }: { email_address: string | null; phone_number: string | null },
): AcsUser | undefined =>
  usersOfSystem(world, acs_system_id).find(
    (user) =>
      user.user_identity_id === null &&
      user.deletion_requested_at === null &&
      ((email_address !== null && user.email_address === email_address) ||
        (phone_number !== null && user.phone_number === phone_number)),
  )

/**
 * @param isMade whether a user is made when there is none; by a grant it is made for as long as it has credentials
 * @throws user_identity_not_found, acs_system_not_found, acs_user_not_found
 */
export const userInSystem = (
  world: World,
  user_identity_id: string,
  acs_system_id: string,
  isMade: boolean | 'by_grant',
): AcsUser => {
  const person = requireLivingIdentity(world, user_identity_id)
  const linked = usersOfIdentity(world, user_identity_id).find(
    (user) => user.acs_system_id === acs_system_id && user.deletion_requested_at === null,
  )
  if (linked !== undefined) return linked
  if (isMade === false) return userOfPerson(world, user_identity_id, acs_system_id)
  const like = unlinkedLike(world, acs_system_id, person)
  if (like !== undefined) {
    linkIdentity(world, like.acs_user_id, user_identity_id)
    return requireAcsUser(world, like.acs_user_id)
  }
  return createUser(world, {
    acs_system_id,
    user_identity_id,
    full_name: nameOfIdentity(person),
    email_address: person.email_address ?? undefined,
    phone_number: person.phone_number ?? undefined,
    ...(isMade === 'by_grant' && { is_made_by_grant: true }),
  })
}
