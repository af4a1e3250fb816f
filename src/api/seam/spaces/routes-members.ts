/** What is in a space, or belongs to it. */
import { z } from 'zod'
import type { World } from '../../../sim/kernel/world.ts'
import {
  addDevices,
  addEntrances,
  linkAccount,
  removeDevices,
  removeEntrances,
} from '../../../sim/spaces/operations.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { Method } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { visibleSpaceById, withCustomer } from './visible.ts'

const membership = (
  path: '/spaces/add_devices' | '/spaces/remove_devices',
  methods: readonly Method[],
  change: (world: World, space_id: string, device_ids: readonly string[]) => void,
) =>
  defineEndpoint({
    path,
    methods,
    auth: withCustomer,
    summary:
      path === '/spaces/add_devices'
        ? 'Puts devices into a space; whoever has access to it has access to them.'
        : 'Takes devices out of a space, and access to them from those who had it through the space.',
    effect: 'write',
    params: () => z.object({ space_id: id(), device_ids: z.array(id()) }),
    result: () => ({}),
    handler: ({ world, auth }, { space_id, device_ids }) => {
      visibleSpaceById(world, auth, space_id)
      change(world, space_id, device_ids)
      return {}
    },
  })

const entrances = (
  path: '/spaces/add_acs_entrances' | '/spaces/remove_acs_entrances',
  methods: readonly Method[],
  change: (world: World, space_id: string, acs_entrance_ids: readonly string[]) => void,
) =>
  defineEndpoint({
    path,
    methods,
    auth: withCustomer,
    summary: `${path === '/spaces/add_acs_entrances' ? 'Puts entrances into' : 'Takes entrances out of'} a space.`,
    effect: 'write',
    params: () => z.object({ space_id: id(), acs_entrance_ids: z.array(id()) }),
    result: () => ({}),
    handler: ({ world, auth }, { space_id, acs_entrance_ids }) => {
      visibleSpaceById(world, auth, space_id)
      change(world, space_id, acs_entrance_ids)
      return {}
    },
  })

const account = (
  path: '/spaces/add_connected_account' | '/spaces/remove_connected_account',
  isLinked: boolean,
) =>
  defineEndpoint({
    path,
    methods: isLinked ? ['POST', 'PUT'] : ['POST', 'DELETE'],
    auth: withCustomer,
    summary: `Links a connected account to a space${isLinked ? '' : ' no longer'}; its devices stay where they are.`,
    effect: 'write',
    params: () => z.object({ space_id: id(), connected_account_id: id() }),
    result: () => ({}),
    handler: ({ world, auth }, { space_id, connected_account_id }) => {
      visibleSpaceById(world, auth, space_id)
      linkAccount(world, space_id, connected_account_id, isLinked)
      return {}
    },
  })

export const spaceMemberEndpoints = [
  membership('/spaces/add_devices', ['POST', 'PUT'], addDevices),
  membership('/spaces/remove_devices', ['POST', 'DELETE'], removeDevices),
  entrances('/spaces/add_acs_entrances', ['POST', 'PUT'], addEntrances),
  entrances('/spaces/remove_acs_entrances', ['POST', 'DELETE'], removeEntrances),
  account('/spaces/add_connected_account', true),
  account('/spaces/remove_connected_account', false),
]
