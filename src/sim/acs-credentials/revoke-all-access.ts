/** A user that has no door any more, neither by groups nor by what its credentials say. */
import { is } from '../../db/conditions.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import { takeAllDoors } from '../acs-users/operations.ts'
import { bringCredentialForward } from './carry-out.ts'
import { refuseUserOfGrant } from './terms.ts'
import type { World } from '../kernel/world.ts'

const ofUser = is(acs_credentials.acs_user_id)

/** @throws acs_user_not_found, acs_credential_managed_by_access_grant */
export const revokeAllAccess = (world: World, acs_user_id: string): void => {
  refuseUserOfGrant(world, acs_user_id)
  takeAllDoors(world, acs_user_id)
  for (const { acs_credential_id } of world.acs_credentials.all(ofUser(acs_user_id))) {
    world.acs_credentials.update(acs_credential_id, { acs_entrance_ids: [] })
    bringCredentialForward(world, acs_credential_id)
  }
}
