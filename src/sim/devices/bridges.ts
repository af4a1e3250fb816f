/** Bridges, hubs and gateways: what devices without a network of their own go through. */
import type { Bridge } from '../../db/tables/bridges.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import { domainError } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'

/** @throws bridge_not_found */
export const requireBridge = (world: World, bridge_id: string): Bridge => {
  const bridge = world.bridges.get(bridge_id)
  if (bridge === undefined) {
    throw domainError(
      'bridge_not_found',
      `bridge not found: ${bridge_id}. /_emulator/bridges/list names the bridges of this world.`,
      {
        data: { bridge_id },
      },
    )
  }
  return bridge
}

/** Puts up a new bridge of an account. */
export const putUpBridge = (world: World, connected_account_id: string, name: string): string => {
  const bridge_id = world.random.stream('bridge').uuid(world.random.next('bridge'))
  world.bridges.insert({
    bridge_id,
    connected_account_id,
    name,
    offline_at: null,
    created_at: world.now,
  })
  return bridge_id
}

const noteBridge = (world: World, bridge_id: string, up: boolean): void =>
  chronicle(world, {
    kind: 'link',
    part: 'bridge',
    up,
    bridge_id,
    device_id: null,
    access_code_id: null,
  })

/** Takes a bridge or hub off the network, with everything behind it. */
export const unplugBridge = (world: World, bridge_id: string): void => {
  const bridge = requireBridge(world, bridge_id)
  if (bridge.offline_at === null) {
    world.bridges.update(bridge_id, { offline_at: world.now })
    noteBridge(world, bridge_id, false)
  }
  react(world, 'bridge_changed', bridge_id)
}

export const plugBridge = (world: World, bridge_id: string): void => {
  const bridge = requireBridge(world, bridge_id)
  world.bridges.update(bridge_id, { offline_at: null })
  if (bridge.offline_at !== null) noteBridge(world, bridge_id, true)
  react(world, 'bridge_changed', bridge_id)
}
