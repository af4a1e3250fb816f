/** Access systems come with an account, or were there from the beginning. */
import { is } from '../../db/conditions.ts'
import { acs_systems } from '../../db/tables/acs-systems.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { accountFor } from '../connected-accounts/account-for.ts'
import { requireBridge } from '../devices/bridges.ts'
import { recordEvent } from '../events/record.ts'
import { invalidInput } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { systemTold } from './link-of-system.ts'
import type { AcsModel } from './model.ts'
import { acsModelOf } from './models/index.ts'
import { systemLink } from './link.ts'
import { modelOfSystem, requireSystem } from './rows.ts'

const ofModel = is(acs_systems.model)

export interface NewAcsSystem {
  model: string
  acs_system_id?: string | undefined
  connected_account_id?: string | undefined
  bridge_id?: string | undefined
  name?: string | undefined
  time_zone?: string | undefined
  subscription_slots?: number | undefined
}

const bridgeFor = (
  world: World,
  { needs_bridge, display_name }: AcsModel,
  connected_account_id: string,
  given: string | undefined,
): string | null => {
  if (given !== undefined) return requireBridge(world, given).bridge_id
  if (!needs_bridge) return null
  const bridge_id = world.random.uuid('bridge')
  world.bridges.insert({
    bridge_id,
    connected_account_id,
    name: `Seam Bridge of ${display_name}`,
    offline_at: null,
    created_at: world.now,
  })
  return bridge_id
}

/**
 * Puts a system there; nothing is told of it.
 *
 * @throws invalid_input for a model that there is not, connected_account_not_found, bridge_not_found
 */
export const insertSystem = (world: World, input: NewAcsSystem): AcsSystem => {
  const model = acsModelOf(input.model)
  if (model === undefined) throw invalidInput('model', `There is no access system ${input.model}`)
  const connected_account_id = accountFor(world, {
    given: input.connected_account_id,
    account: model.account,
    capability: 'access_control',
  })
  const acs_system_id = input.acs_system_id ?? world.random.uuid('acs_system')
  world.acs_systems.insert({
    acs_system_id,
    connected_account_id,
    model: model.model,
    name: input.name ?? model.display_name,
    time_zone: input.time_zone ?? null,
    bridge_id: bridgeFor(world, model, connected_account_id, input.bridge_id),
    server_down_at: null,
    disconnected_at: null,
    last_issue: 0,
    subscription_slots: input.subscription_slots ?? null,
    created_at: world.now,
  })
  const system = requireSystem(world, acs_system_id)
  // Nobody is told that what was never there is gone.
  if (!systemLink(world, system).online)
    world.acs_systems.update(acs_system_id, { disconnected_at: world.now })
  react(world, 'acs_system_added', acs_system_id)
  return requireSystem(world, acs_system_id)
}

/** Tells of a system that came with its account. */
export const announceSystem = (world: World, acs_system_id: string): void => {
  const system = requireSystem(world, acs_system_id)
  recordEvent(world, 'acs_system.added', systemTold(system))
  if (system.disconnected_at === null)
    recordEvent(world, 'acs_system.connected', systemTold(system))
}

/** The system that issues mobile keys for this one, if it is there; it may be in another account. */
export const managersOf = (world: World, system: AcsSystem): AcsSystem[] => {
  const { manager } = modelOfSystem(system)
  return manager === null ? [] : world.acs_systems.all(ofModel(manager))
}
