/** What people have access to: devices, and access systems, of which none is simulated yet. */
import { z } from 'zod'
import { accessibleDevices } from '../../../sim/accessible-devices.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { giveDevice, takeDeviceBack } from '../../../sim/user-identities/device-access.ts'
import { requireAcsUser } from '../../../sim/user-identities/operations.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { Method } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { presentDevice } from '../devices/present.ts'
import { device } from '../devices/wire.ts'
import { exactlyOne, identityChoice, visibleIdentity } from './find.ts'

const directAccess = (
  path: '/user_identities/grant_access_to_device' | '/user_identities/revoke_access_to_device',
  methods: readonly Method[],
  summary: string,
  change: (world: World, user_identity_id: string, device_id: string) => void,
) =>
  defineEndpoint({
    path,
    methods,
    auth: serverAuth,
    summary,
    effect: 'write',
    params: () => z.object({ user_identity_id: id(), device_id: id() }),
    result: () => ({}),
    handler: ({ world }, { user_identity_id, device_id }) => {
      change(world, user_identity_id, device_id)
      return {}
    },
  })

const listAccessibleDevices = defineEndpoint({
  path: '/user_identities/list_accessible_devices',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The managed devices to which a person has access, under both keys.',
  effect: 'read',
  params: () => z.object({ user_identity_id: id() }),
  result: () => ({ devices: z.array(device()), accessible_devices: z.array(device()) }),
  handler: ({ world, auth }, by) => {
    const { user_identity_id } = visibleIdentity(world, auth, by)
    const devices = accessibleDevices(world, user_identity_id).map((row) =>
      presentDevice(world, row),
    )
    return { devices, accessible_devices: devices }
  },
})

/** Lists of what belongs to access systems, of which the emulator has none yet. */
const emptyList = (
  path: `/user_identities/list_${'accessible_entrances' | 'acs_systems' | 'acs_users'}`,
  key: 'acs_entrances' | 'acs_systems' | 'acs_users',
  summary: string,
) =>
  defineEndpoint({
    path,
    methods: ['GET', 'POST'],
    auth: key === 'acs_users' ? serverAuth : [...serverAuth, 'client_session'],
    summary,
    effect: 'read',
    params: () => z.object({ user_identity_id: id() }),
    result: () => ({ [key]: z.array(z.never()) }),
    handler: ({ world, auth }, by) => {
      visibleIdentity(world, auth, by)
      return { [key]: [] }
    },
  })

const addAcsUser = defineEndpoint({
  path: '/user_identities/add_acs_user',
  methods: ['POST', 'PUT'],
  auth: serverAuth,
  summary: 'Says who a user of an access system is; a new key makes a new person.',
  effect: 'write',
  params: () => z.object({ acs_user_id: id(), ...identityChoice() }),
  result: () => ({}),
  handler: ({ world }, { acs_user_id, ...by }) => {
    exactlyOne(by)
    return requireAcsUser(world, acs_user_id, by.user_identity_id)
  },
})

const removeAcsUser = defineEndpoint({
  path: '/user_identities/remove_acs_user',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Takes a user of an access system from a person.',
  effect: 'write',
  params: () => z.object({ acs_user_id: id(), user_identity_id: id() }),
  result: () => ({}),
  handler: ({ world }, { acs_user_id, user_identity_id }) =>
    requireAcsUser(world, acs_user_id, user_identity_id),
})

export const userIdentityAccessEndpoints = [
  directAccess(
    '/user_identities/grant_access_to_device',
    ['POST', 'PUT'],
    'Gives a person access to a device, without an access grant.',
    giveDevice,
  ),
  directAccess(
    '/user_identities/revoke_access_to_device',
    ['POST', 'DELETE'],
    'Takes direct access to a device back; access by grants stays.',
    takeDeviceBack,
  ),
  listAccessibleDevices,
  emptyList(
    '/user_identities/list_accessible_entrances',
    'acs_entrances',
    'The entrances to which a person has access: none, without access systems.',
  ),
  emptyList(
    '/user_identities/list_acs_systems',
    'acs_systems',
    'The access systems that know a person: none yet.',
  ),
  emptyList(
    '/user_identities/list_acs_users',
    'acs_users',
    'The users of access systems that are this person: none yet.',
  ),
  addAcsUser,
  removeAcsUser,
]
