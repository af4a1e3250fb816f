import { is } from '../../db/conditions.ts'
import { acs_access_groups } from '../../db/tables/acs-access-groups.ts'
import type { AcsAccessGroup } from '../../db/tables/acs-access-groups.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofSystem = is(acs_access_groups.acs_system_id)

/** @throws acs_access_group_not_found */
export const requireGroup = (world: World, acs_access_group_id: string): AcsAccessGroup => {
  const group = world.acs_access_groups.get(acs_access_group_id)
  if (group === undefined) throw notFound('acs_access_group', { acs_access_group_id })
  return group
}

/** In the order in which they were added. */
export const groupsOfSystem = (world: World, acs_system_id: string): AcsAccessGroup[] =>
  world.acs_access_groups.all(ofSystem(acs_system_id))
