import { z } from 'zod'
import {
  simulateConnection,
  simulateDisconnection,
  simulateHubConnection,
  simulateHubDisconnection,
  requireSimulation,
  simulateRemoval,
} from '../../../sim/devices/simulate.ts'
import { deviceKinds } from '../../../sim/device-kinds.ts'
import { changeSubscription } from '../../../sim/locks/subscription.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { visibleDevice } from '../../http/visibility.ts'

const auth = [...serverAuth, 'client_session_with_customer'] as const

const simulation = (
  name: string,
  summary: string,
  run: (world: World, kinds: typeof deviceKinds, device_id: string) => void,
) =>
  defineEndpoint({
    path: `/devices/simulate/${name}`,
    methods: ['POST'],
    auth,
    summary,
    effect: 'write',
    params: () => z.object({ device_id: id() }),
    result: () => ({}),
    handler: (call, { device_id }) => {
      visibleDevice(call.world, call.auth, device_id)
      run(call.world, deviceKinds, device_id)
      return {}
    },
  })

const paidSubscription = defineEndpoint({
  path: '/devices/simulate/paid_subscription',
  methods: ['POST'],
  auth,
  summary: 'Lets the paid plan of a device lapse or be renewed; Seam hears of it at its next poll.',
  effect: 'write',
  params: () => z.object({ device_id: id(), is_expired: z.boolean() }),
  result: () => ({}),
  handler: (call, { device_id, is_expired }) => {
    visibleDevice(call.world, call.auth, device_id)
    requireSimulation(call.world, deviceKinds, device_id, 'paid_subscription')
    changeSubscription(call.world, device_id, is_expired)
    return {}
  },
})

export const deviceSimulationEndpoints = [
  simulation('connect', 'Brings the connection of a device back.', simulateConnection),
  simulation('disconnect', 'Takes a device off its network.', simulateDisconnection),
  simulation('connect_to_hub', 'Plugs in the bridge of a device.', simulateHubConnection),
  simulation('disconnect_from_hub', 'Unplugs the bridge of a device.', simulateHubDisconnection),
  paidSubscription,
  simulation('remove', 'Removes a device from its account at the provider.', simulateRemoval),
]
