/** A user that has no door any more, neither by groups nor by what its credentials say. */
import { takeAllDoors } from '../acs-users/operations.ts'
import { credentialsOfUser, requireAcsUser } from '../acs-users/rows.ts'
import { bringCredentialForward } from './carry-out.ts'
import { refuseUserOfGrant } from './terms.ts'
import type { World } from '../kernel/world.ts'

/** @throws acs_user_not_found, acs_credential_managed_by_access_grant */
export const revokeAllAccess = (world: World, acs_user_id: string): void => {
  const user = requireAcsUser(world, acs_user_id)
  refuseUserOfGrant(world, user)
  takeAllDoors(world, acs_user_id)
  for (const { acs_credential_id } of credentialsOfUser(world, user)) {
    world.acs_credentials.update(acs_credential_id, { acs_entrance_ids: [] })
    bringCredentialForward(world, acs_credential_id)
  }
}
