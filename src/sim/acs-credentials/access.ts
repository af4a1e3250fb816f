/** Which doors users and credentials are to open, by what was declared: now or later, suspended or not. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { entrancesWithIds } from '../acs-entrances/rows.ts'
import { withTheirZones } from '../acs-entrances/zones.ts'
import { credentialsOfUser } from '../acs-users/rows.ts'
import type { World } from '../kernel/world.ts'

/** The doors of the user's groups, and those that were granted one by one. */
const idsOfUser = (world: World, user: AcsUser): string[] => [
  ...user.acs_entrance_ids,
  ...user.acs_access_group_ids.flatMap(
    (id) => world.acs_access_groups.get(id)?.acs_entrance_ids ?? [],
  ),
]

/** Those of the ids, with the doors that share a zone with them. */
export const doorsWithIds = (world: World, ids: readonly string[]): AcsEntrance[] =>
  entrancesWithIds(world, withTheirZones(world, ids))

/** The doors that a user may open, by whatever credential. */
export const entrancesOfUser = (world: World, user: AcsUser): AcsEntrance[] =>
  doorsWithIds(world, [
    ...idsOfUser(world, user),
    ...credentialsOfUser(world, user).flatMap((credential) => credential.acs_entrance_ids),
  ])

/** The doors that a credential is to open: its own, and those of its user. One that nobody has opens none. */
export const entrancesOfCredential = (world: World, credential: AcsCredential): AcsEntrance[] => {
  const user =
    credential.acs_user_id === null ? undefined : world.acs_users.get(credential.acs_user_id)
  if (user === undefined) return []
  return doorsWithIds(world, [...credential.acs_entrance_ids, ...idsOfUser(world, user)])
}
