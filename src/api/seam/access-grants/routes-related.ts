/** Everything that belongs to some grants, or to some of their methods. */
import { serverAuth } from '../../http/auth.ts'
import { z } from 'zod'
import { oneOf } from '../../../db/conditions.ts'
import type { AccessGrant } from '../../../db/tables/access-grants.ts'
import { access_methods } from '../../../db/tables/access-methods.ts'
import type { AccessMethod } from '../../../db/tables/access-methods.ts'
import { methodsOf } from '../../../sim/access-grants/rows.ts'
import { codesOfMethod } from '../../../sim/access-methods/rows.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { credentialsOfMethod } from '../../../sim/acs-credentials/rows.ts'
import { entrancesWithIds } from '../../../sim/acs-entrances/rows.ts'
import { presentAccessMethod } from '../access-methods/wire.ts'
import { presentAcsCredential } from '../acs-credentials/wire.ts'
import { presentAcsEntrance } from '../acs-entrances/wire.ts'
import { presentAcsSystem } from '../acs-systems/wire.ts'
import { presentClientSession } from '../client-sessions/wire.ts'
import { presentConnectedAccount } from '../connected-accounts/wire.ts'
import { presentDevice } from '../devices/present.ts'
import { presentInstantKey } from '../instant-keys/wire.ts'
import { batchOf, chosen, kindChoice } from '../related.ts'
import { presentSpace } from '../spaces/wire.ts'
import { presentUserIdentity } from '../user-identities/wire.ts'
import { key, seesGrant, someGrants } from './find.ts'
import { anyCustomer } from './routes.ts'
import { presentAccessGrant } from './wire.ts'

const ofGrants = [
  'spaces',
  'devices',
  'acs_entrances',
  'connected_accounts',
  'acs_systems',
  'user_identities',
  'acs_access_groups',
  'access_methods',
] as const

const ofMethods = [
  'spaces',
  'devices',
  'acs_entrances',
  'access_grants',
  'access_methods',
  'instant_keys',
  'client_sessions',
  'acs_credentials',
] as const

/** Each id once, as what is there of it. */
const each = <T>(ids: readonly string[], find: (id: string) => T | undefined): T[] =>
  [...new Set(ids)].flatMap((one) => find(one) ?? [])

const spacesOf = (world: World, grants: readonly AccessGrant[]) =>
  each(
    grants.flatMap(({ space_ids }) => space_ids),
    (space_id) => world.spaces.get(space_id),
  ).map((row) => presentSpace(world, row))

const devicesOf = (world: World, ids: readonly string[]) =>
  each(ids, (device_id) => world.devices.get(device_id)).filter(({ is_managed }) => is_managed)

/** The locks that hold its PIN, or will. */
const doorsOfMethod = (world: World, method: AccessMethod): string[] => [
  ...method.doors.map(({ device_id }) => device_id),
  ...codesOfMethod(world, method).map(({ device_id }) => device_id),
]

const relatedToGrants = defineEndpoint({
  path: '/access_grants/get_related',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Everything that belongs to some access grants, by kind.',
  effect: 'read',
  params: () =>
    z.object({
      access_grant_ids: z.array(id()).optional(),
      access_grant_keys: z.array(key()).optional(),
      ...kindChoice(ofGrants),
    }),
  result: () => ({ batch: batchOf(ofGrants) }),
  handler: ({ world, auth, origin }, { access_grant_ids, access_grant_keys, ...choice }) => {
    const grants = world.access_grants
      .all(someGrants(access_grant_ids, access_grant_keys))
      .filter((grant) => seesGrant(world, auth, grant))
    const devices = () =>
      devicesOf(
        world,
        grants.flatMap(({ door_ids }) => door_ids),
      )
    const entrances = () =>
      entrancesWithIds(
        world,
        grants.flatMap(({ entrance_ids }) => entrance_ids ?? []),
      )
    return {
      batch: chosen<object>(choice, {
        spaces: () => spacesOf(world, grants),
        devices: () => devices().map((row) => presentDevice(world, row)),
        acs_entrances: () => entrances().map((row) => presentAcsEntrance(world, row)),
        connected_accounts: () =>
          each(
            [...devices(), ...entrances()].map(({ connected_account_id }) => connected_account_id),
            (one) => world.connected_accounts.get(one),
          ).map(presentConnectedAccount),
        acs_systems: () =>
          each(
            entrances().map(({ acs_system_id }) => acs_system_id),
            (one) => world.acs_systems.get(one),
          ).map((row) => presentAcsSystem(world, row)),
        user_identities: () =>
          each(
            grants.map(({ user_identity_id }) => user_identity_id),
            (one) => world.user_identities.get(one),
          ).map((row) => presentUserIdentity(world, row)),
        // Credentials of grants say themselves which doors they open.
        acs_access_groups: () => [],
        access_methods: () =>
          grants
            .flatMap((grant) => methodsOf(world, grant))
            .map((row) => presentAccessMethod(world, row, origin)),
      }),
    }
  },
})

const withIds = oneOf(access_methods.access_method_id)

const relatedToMethods = defineEndpoint({
  path: '/access_methods/get_related',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'Everything that belongs to some access methods, by kind.',
  effect: 'read',
  params: () => z.object({ access_method_ids: z.array(id()), ...kindChoice(ofMethods) }),
  result: () => ({ batch: batchOf(ofMethods) }),
  handler: ({ world, auth, origin }, { access_method_ids, ...choice }) => {
    const found = world.access_methods.all(withIds(access_method_ids)).flatMap((method) => {
      const grant = world.access_grants.get(method.access_grant_id)
      return grant !== undefined && seesGrant(world, auth, grant) ? [{ method, grant }] : []
    })
    const grants = [...new Set(found.map(({ grant }) => grant))]
    const methods = found.map(({ method }) => method)
    const keys = () =>
      each(
        methods.flatMap(({ acs }) => acs?.instant_key_id ?? []),
        (one) => world.instant_keys.get(one),
      )
    return {
      batch: chosen<object>(choice, {
        spaces: () => spacesOf(world, grants),
        devices: () =>
          devicesOf(
            world,
            methods.flatMap((method) => doorsOfMethod(world, method)),
          ).map((row) => presentDevice(world, row)),
        acs_entrances: () =>
          entrancesWithIds(
            world,
            methods.flatMap(({ acs }) => acs?.entrance_ids ?? []),
          ).map((row) => presentAcsEntrance(world, row)),
        access_grants: () => grants.map((row) => presentAccessGrant(world, row, origin)),
        access_methods: () => methods.map((row) => presentAccessMethod(world, row, origin)),
        instant_keys: () => keys().map((row) => presentInstantKey(world, origin, row)),
        client_sessions: () =>
          each(
            keys().map(({ client_session_id }) => client_session_id),
            (one) => world.client_sessions.get(one),
          ).map((row) => presentClientSession(world, row)),
        acs_credentials: () =>
          methods
            .flatMap(({ access_method_id }) => credentialsOfMethod(world, access_method_id))
            .map((row) => presentAcsCredential(world, row)),
      }),
    }
  },
})

export const relatedAccessEndpoints = [relatedToGrants, relatedToMethods]
