import { plugBridge, requireBridge, unplugBridge } from '../../sim/devices/bridges.ts'
import { systemsOfBridge } from '../../sim/acs-systems/rows.ts'
import type { World } from '../../sim/kernel/world.ts'
import { thermostatsBehind } from '../../sim/thermostats/link.ts'
import { answerRoute } from './endpoint.ts'
import { bridgeRoutes } from '../../contract/bridges.ts'
import { is } from '../../db/conditions.ts'
import { locks } from '../../db/tables/locks.ts'

const locksOf = is(locks.bridge_id)

export const presentBridge = (world: World, bridge_id: string) => {
  const found = requireBridge(world, bridge_id)
  return {
    bridge_id,
    name: found.name,
    connected_account_id: found.connected_account_id,
    online: found.offline_at === null,
    device_ids: [
      ...world.locks.all(locksOf(bridge_id)).map((row) => row.device_id),
      ...thermostatsBehind(world, bridge_id),
    ],
    acs_system_ids: systemsOfBridge(world, bridge_id).map((row) => row.acs_system_id),
  }
}

const onBridge = (
  route: (typeof bridgeRoutes)['plug' | 'unplug'],
  run: (world: World, bridge_id: string) => void,
) =>
  answerRoute(route, {
    effect: 'write',
    handler: ({ world }, { bridge_id }) => {
      run(world, bridge_id)
      return { bridge: presentBridge(world, bridge_id) }
    },
  })

const bridges = answerRoute(bridgeRoutes.list, {
  effect: 'read',
  handler: ({ world }) => ({
    bridges: world.bridges.all().map((row) => presentBridge(world, row.bridge_id)),
  }),
})

export const bridgeEndpoints = [
  bridges,
  onBridge(bridgeRoutes.unplug, unplugBridge),
  onBridge(bridgeRoutes.plug, plugBridge),
]
