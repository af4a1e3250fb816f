/** Access systems come with an account, or were there from the beginning. */
import { is } from '../../db/conditions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'
import { acs_systems } from '../../db/tables/acs-systems.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { requireAccount } from '../connected-accounts/operations.ts'
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

const ofType = is(connected_accounts.account_type)
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

/** The account that was given, one of the brand, or a new one. */
const accountFor = (world: World, { account }: AcsModel, given: string | undefined): string => {
  if (given !== undefined) return requireAccount(world, given).connected_account_id
  const known = world.connected_accounts.first(ofType(account.account_type), { limit: 1 })
  if (known !== undefined) return known.connected_account_id
  const connected_account_id = world.random.uuid('connected_account')
  world.connected_accounts.insert({
    connected_account_id,
    ...account,
    display_name: 'jane@example.com',
    user_identifier: { email: 'jane@example.com' },
    custom_metadata: {},
    customer_key: null,
    accepted_capabilities: ['access_control'],
    automatically_manage_new_devices: true,
    connect_webview_id: null,
    disconnected_at: null,
    reauthorization_requested_at: null,
    created_at: world.now,
  })
  return connected_account_id
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
  const connected_account_id = accountFor(world, model, input.connected_account_id)
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
