/** What people have access to: devices, and doors of access systems. */
import { z } from 'zod'
import { accessibleDevices } from '../../../sim/accessible-devices.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { giveDevice, takeDeviceBack } from '../../../sim/user-identities/device-access.ts'
import { entrancesOfUser } from '../../../sim/acs-credentials/access.ts'
import { entrancesWithIds } from '../../../sim/acs-entrances/rows.ts'
import { linkIdentity } from '../../../sim/acs-users/operations.ts'
import { requireAcsUser, usersOfIdentity } from '../../../sim/acs-users/rows.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import { createUserIdentity } from '../../../sim/user-identities/operations.ts'
import {
  requireLivingIdentity,
  requireUserIdentity,
  userIdentityOfKey,
} from '../../../sim/user-identities/rows.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { Method } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { acsEntrance, presentAcsEntrance } from '../acs-entrances/wire.ts'
import { acsSystem, presentAcsSystem } from '../acs-systems/wire.ts'
import { acsUser, presentAcsUser } from '../acs-users/wire.ts'
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

const person = () => z.object({ user_identity_id: id() })

const listEntrances = defineEndpoint({
  path: '/user_identities/list_accessible_entrances',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'The doors of access systems to which a person has access.',
  effect: 'read',
  params: person,
  result: () => ({ acs_entrances: z.array(acsEntrance()) }),
  handler: ({ world, auth }, by) => {
    const { user_identity_id } = visibleIdentity(world, auth, by)
    const ids = usersOfIdentity(world, user_identity_id)
      .flatMap((user) => entrancesOfUser(world, user))
      .map((row) => row.acs_entrance_id)
    const doors = entrancesWithIds(world, ids)
    return { acs_entrances: doors.map((row) => presentAcsEntrance(world, row)) }
  },
})

const listSystems = defineEndpoint({
  path: '/user_identities/list_acs_systems',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'The access systems that know a person.',
  effect: 'read',
  params: person,
  result: () => ({ acs_systems: z.array(acsSystem()) }),
  handler: ({ world, auth }, by) => {
    const { user_identity_id } = visibleIdentity(world, auth, by)
    const ids = usersOfIdentity(world, user_identity_id).map((user) => user.acs_system_id)
    const systems = [...new Set(ids)].flatMap((it) => world.acs_systems.get(it) ?? [])
    return { acs_systems: systems.map((row) => presentAcsSystem(world, row)) }
  },
})

const listUsers = defineEndpoint({
  path: '/user_identities/list_acs_users',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The users of access systems that are this person.',
  effect: 'read',
  params: person,
  result: () => ({ acs_users: z.array(acsUser()) }),
  handler: ({ world, auth }, by) => {
    const { user_identity_id } = visibleIdentity(world, auth, by)
    const users = usersOfIdentity(world, user_identity_id)
    return { acs_users: users.map((row) => presentAcsUser(world, row)) }
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
    const { user_identity_id, user_identity_key } = by
    if (user_identity_id !== undefined) requireLivingIdentity(world, user_identity_id)
    const user = requireAcsUser(world, acs_user_id)
    const person =
      user_identity_key === undefined ? undefined : userIdentityOfKey(world, user_identity_key)
    const known = user_identity_id ?? person?.user_identity_id
    const made = () =>
      createUserIdentity(world, { user_identity_key, full_name: user.full_name }).user_identity_id
    linkIdentity(world, acs_user_id, known ?? made())
    return {}
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
  handler: ({ world }, { acs_user_id, user_identity_id }) => {
    requireUserIdentity(world, user_identity_id)
    const user = requireAcsUser(world, acs_user_id)
    if (user.user_identity_id !== user_identity_id) throw notFound('acs_user', { acs_user_id })
    linkIdentity(world, acs_user_id, null)
    return {}
  },
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
  listEntrances,
  listSystems,
  listUsers,
  addAcsUser,
  removeAcsUser,
]
