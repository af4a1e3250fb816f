import { is } from '../../db/conditions.ts'
import { acs_systems } from '../../db/tables/acs-systems.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import type { AcsModel } from './model.ts'
import { acsModelOf } from './models/index.ts'

const ofAccount = is(acs_systems.connected_account_id)
const ofBridge = is(acs_systems.bridge_id)

/** @throws acs_system_not_found */
export const requireSystem = (world: World, acs_system_id: string): AcsSystem => {
  const system = world.acs_systems.get(acs_system_id)
  if (system === undefined) throw notFound('acs_system', { acs_system_id })
  return system
}

/** What its brand is. */
export const modelOfSystem = ({ model }: Pick<AcsSystem, 'model'>): AcsModel => {
  const found = acsModelOf(model)
  if (found === undefined) throw new Error(`There is no access system of the model ${model}`)
  return found
}

/** In the order in which they were added. */
export const systemsOfAccount = (world: World, connected_account_id: string): AcsSystem[] =>
  world.acs_systems.all(ofAccount(connected_account_id))

export const systemsOfBridge = (world: World, bridge_id: string): AcsSystem[] =>
  world.acs_systems.all(ofBridge(bridge_id))
