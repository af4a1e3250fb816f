/** Bridges, hubs and gateways. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { bridgeId } from './fields.ts'
import { actsOn, controlRoute, reads } from './route.ts'

export const bridge = once(() =>
  z
    .strictObject({
      bridge_id: z.string().describe('Its id.'),
      name: z.string().describe('Its name.'),
      connected_account_id: z.string().describe('The account that it belongs to.'),
      online: z.boolean().describe('Whether it is on the network.'),
      device_ids: z.array(z.string()).describe('The locks and thermostats behind it.'),
      acs_system_ids: z
        .array(z.string())
        .describe('The access systems behind it: it is their Seam Bridge.'),
    })
    .meta({ id: 'bridge', description: 'A bridge, hub or gateway with the devices behind it.' }),
)
export type Bridge = z.output<ReturnType<typeof bridge>>

const bridgeOnly = () => z.strictObject({ bridge_id: bridgeId() })

const onBridge = actsOn('bridges', {
  result: () => ({ bridge: bridge() }),
  example: () => ({ bridge_id: 'b0000000-0000-4000-8000-000000000001' }),
})

export const bridgeRoutes = {
  list: controlRoute({
    path: '/_emulator/bridges/list',
    methods: reads,
    summary: 'Bridges, hubs and gateways with the devices behind them.',
    params: () => z.strictObject({}),
    result: () => ({ bridges: z.array(bridge()).describe('All bridges.') }),
    example: () => ({}),
  }),
  unplug: onBridge(
    'unplug',
    'Takes a bridge off the network, with every device behind it.',
    bridgeOnly,
  ),
  plug: onBridge('plug', 'Puts a bridge back on the network.', bridgeOnly),
}
