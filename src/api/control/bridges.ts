import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { plugBridge, requireBridge, unplugBridge } from '../../sim/devices/bridges.ts'
import type { World } from '../../sim/kernel/world.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { id } from '../http/fields.ts'

const bridge = once(() =>
  z.strictObject({
    bridge_id: z.string(),
    name: z.string(),
    connected_account_id: z.string(),
    online: z.boolean(),
    device_ids: z.array(z.string()),
  }),
)

const presentBridge = (world: World, bridge_id: string) => {
  const found = requireBridge(world, bridge_id)
  return {
    bridge_id,
    name: found.name,
    connected_account_id: found.connected_account_id,
    online: found.offline_at === null,
    device_ids: world.locks
      .all('bridge_id = ?', [bridge_id], 'order by rowid')
      .map((row) => row.device_id),
  }
}

const onBridge = (name: string, summary: string, run: (world: World, bridge_id: string) => void) =>
  defineEndpoint({
    path: `/_emulator/bridges/${name}`,
    methods: ['POST'],
    auth: serverAuth,
    summary,
    effect: 'write',
    params: () => z.strictObject({ bridge_id: id() }),
    result: () => ({ bridge: bridge() }),
    handler: ({ world }, { bridge_id }) => {
      run(world, bridge_id)
      return { bridge: presentBridge(world, bridge_id) }
    },
  })

const bridges = defineEndpoint({
  path: '/_emulator/bridges/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Bridges, hubs and gateways with the locks behind them.',
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({ bridges: z.array(bridge()) }),
  handler: ({ world }) => ({
    bridges: world.bridges
      .all('true', [], 'order by seq')
      .map((row) => presentBridge(world, row.bridge_id)),
  }),
})

export const bridgeEndpoints = [
  bridges,
  onBridge('unplug', 'Takes a bridge off the network, with every lock behind it.', unplugBridge),
  onBridge('plug', 'Puts a bridge back on the network.', plugBridge),
]
