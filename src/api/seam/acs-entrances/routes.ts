import { z } from 'zod'
import { above, contains, is, listHas, oneOf } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_entrances } from '../../../db/tables/acs-entrances.ts'
import { entrancesOfCredential } from '../../../sim/acs-credentials/access.ts'
import { requireCredential } from '../../../sim/acs-credentials/rows.ts'
import { requireEntrance } from '../../../sim/acs-entrances/rows.ts'
import { userInSystem } from '../../../sim/acs-users/of-person.ts'
import { grantEntrance, refuseGroupBased } from '../../../sim/acs-users/operations.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { ofCustomer, pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import type { Auth } from '../../http/auth.ts'
import { isAtLeast } from '../../../sim/kernel/settings.ts'
import { visibleMethod } from '../access-methods/find.ts'
import { exactlyOneUser } from '../acs-users/find.ts'
import { pagination } from '../../http/pagination.ts'
import { visibleEntrance, visibleEntrances } from './visible.ts'
import { acsEntrance, presentAcsEntrance } from './wire.ts'

const ofSystem = is(acs_entrances.acs_system_id)
const ofAccount = is(acs_entrances.connected_account_id)
const ofCustomersAccount = ofCustomer(acs_entrances.connected_account_id)
const inSpace = listHas(acs_entrances.space_ids)
const withIds = oneOf(acs_entrances.acs_entrance_id)
const searched = contains(acs_entrances.display_name, acs_entrances.acs_entrance_id)
const after = above(acs_entrances.seq)

const get = defineEndpoint({
  path: '/acs/entrances/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One door of an access system.',
  effect: 'read',
  params: () => z.object({ acs_entrance_id: id() }),
  result: () => ({ acs_entrance: acsEntrance() }),
  handler: ({ world, auth }, { acs_entrance_id }) => ({
    acs_entrance: presentAcsEntrance(world, visibleEntrance(world, auth, acs_entrance_id)),
  }),
})

const listParams = () =>
  z.object({
    acs_credential_id: id().optional(),
    acs_entrance_ids: z.array(id()).optional(),
    acs_system_id: id().optional(),
    access_method_id: id().optional(),
    connected_account_id: id().optional(),
    customer_key: z.string().optional(),
    location_id: id().nullish(),
    space_id: id().optional(),
    search: z.string().min(1).optional(),
    ...pageParams(900),
  })

/** @throws acs_credential_not_found */
const openedBy = (world: World, acs_credential_id: string) =>
  withIds(
    entrancesOfCredential(world, requireCredential(world, acs_credential_id)).map(
      (row) => row.acs_entrance_id,
    ),
  )

const conditionsOf = (world: World, params: z.output<ReturnType<typeof listParams>>) => {
  const filters: Filter<'acs_entrances'>[] = []
  const { acs_entrance_ids, acs_system_id, connected_account_id, customer_key, search } = params
  // A location is what a space was called before (Seam docs: deprecated).
  const space_id = params.space_id ?? params.location_id
  if (acs_entrance_ids !== undefined) filters.push(withIds(acs_entrance_ids))
  if (acs_system_id !== undefined) filters.push(ofSystem(acs_system_id))
  if (connected_account_id !== undefined) filters.push(ofAccount(connected_account_id))
  if (customer_key !== undefined) filters.push(ofCustomersAccount(customer_key))
  if (search !== undefined) filters.push(searched(search))
  if (params.acs_credential_id !== undefined)
    filters.push(openedBy(world, params.acs_credential_id))
  if (space_id !== undefined && space_id !== null) filters.push(inSpace(space_id))
  return filters
}

/**
 * The doors of a method, which can be asked for since 1.1038; before, the parameter had no meaning.
 *
 * @throws access_method_not_found
 */
const openedByMethod = (
  world: World,
  auth: Auth,
  access_method_id: string | undefined,
): Filter<'acs_entrances'>[] => {
  if (access_method_id === undefined || !isAtLeast(world.settings, '1.1038')) return []
  return [withIds(visibleMethod(world, auth, access_method_id).acs?.entrance_ids ?? [])]
}

const list = defineEndpoint({
  path: '/acs/entrances/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Doors of access systems in the order in which they were added.',
  effect: 'read',
  params: listParams,
  result: () => ({ acs_entrances: z.array(acsEntrance()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const filters = [
      ...visibleEntrances(auth),
      ...conditionsOf(world, params),
      ...openedByMethod(world, auth, params.access_method_id),
    ]
    const page = pageOfRows(call, world.acs_entrances, filters, { ...params, after })
    return {
      acs_entrances: page.rows.map((row) => presentAcsEntrance(world, row)),
      pagination: page.pagination,
    }
  },
})

const grantAccess = defineEndpoint({
  path: '/acs/entrances/grant_access',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Gives a user a door, on systems without access groups.',
  effect: 'write',
  params: () =>
    z.object({
      acs_entrance_id: id(),
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_entrance_id, ...by }) => {
    exactlyOneUser(by)
    const { acs_system_id } = requireEntrance(world, acs_entrance_id)
    refuseGroupBased(world, acs_system_id)
    const acs_user_id =
      by.acs_user_id ??
      userInSystem(world, by.user_identity_id ?? '', acs_system_id, true).acs_user_id
    grantEntrance(world, acs_user_id, acs_entrance_id)
    return {}
  },
})

export const acsEntranceEndpoints = [get, list, grantAccess]
