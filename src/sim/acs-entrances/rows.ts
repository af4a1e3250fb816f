import { is, listHas, oneOf } from '../../db/conditions.ts'
import { acs_entrances } from '../../db/tables/acs-entrances.ts'
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofSystem = is(acs_entrances.acs_system_id)
const inSpace = listHas(acs_entrances.space_ids)
const withIds = oneOf(acs_entrances.acs_entrance_id)

/** @throws acs_entrance_not_found */
export const requireEntrance = (world: World, acs_entrance_id: string): AcsEntrance => {
  const entrance = world.acs_entrances.get(acs_entrance_id)
  if (entrance === undefined) throw notFound('acs_entrance', { acs_entrance_id })
  return entrance
}

/** In the order in which they were added. */
export const entrancesOfSystem = (world: World, acs_system_id: string): AcsEntrance[] =>
  world.acs_entrances.all(ofSystem(acs_system_id))

export const entrancesOfSpace = (world: World, space_id: string): AcsEntrance[] =>
  world.acs_entrances.all(inSpace(space_id))

/** Those of the ids that are there, in the order in which they were added. */
export const entrancesWithIds = (world: World, ids: readonly string[]): AcsEntrance[] =>
  ids.length === 0 ? [] : world.acs_entrances.all(withIds(ids))
