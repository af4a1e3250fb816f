/** How a door can be opened at all. */
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import type { AcsAccessMethod } from '../../db/tables/acs-shapes.ts'
import type { AcsModel } from '../acs-systems/model.ts'
import { managersOf } from '../acs-systems/create.ts'
import { modelOfSystem } from '../acs-systems/rows.ts'
import type { World } from '../kernel/world.ts'

/** What the brand has, as far as the door has a part for it: keypads and remote unlocking need a line. */
export const modesOfDoor = (
  { methods }: Pick<AcsModel, 'methods'>,
  { is_wired }: Pick<AcsEntrance, 'is_wired'>,
): AcsAccessMethod[] =>
  methods.filter((method) => is_wired || (method !== 'code' && method !== 'cloud_key'))

/** Those of them for which everything is there now: mobile keys need the system that issues them. */
export const modesNow = (world: World, entrance: AcsEntrance): AcsAccessMethod[] => {
  const system = world.acs_systems.get(entrance.acs_system_id)
  if (system === undefined) return []
  const model = modelOfSystem(system)
  const isIssuable = model.manager === null || managersOf(world, system).length > 0
  return modesOfDoor(model, entrance).filter((method) => method !== 'mobile_key' || isIssuable)
}
