import { z } from 'zod'
import { above, contains, either, is, listHas, nothing, oneOf } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { spaces } from '../../../db/tables/spaces.ts'
import { once } from '../../../lib/once.ts'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { createSpace, deleteSpace, updateSpace } from '../../../sim/spaces/operations.ts'
import { entrancesOfSpace } from '../../../sim/acs-entrances/rows.ts'
import { devicesOfAccount } from '../../../sim/devices/rows.ts'
import { devicesOfSpaces, findSpace, spaceOfKey } from '../../../sim/spaces/rows.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { methodsOfSpaces } from '../../../sim/access-grants/rows.ts'
import { presentAccessMethod } from '../access-methods/wire.ts'
import { presentAcsEntrance } from '../acs-entrances/wire.ts'
import { presentAcsSystem } from '../acs-systems/wire.ts'
import { presentConnectedAccount } from '../connected-accounts/wire.ts'
import { presentDevice } from '../devices/present.ts'
import { pagination } from '../../http/pagination.ts'
import { batchOf, chosen, kindChoice } from '../related.ts'
import { visibleSpace, visibleSpaceById, withCustomer } from './visible.ts'
import { presentSpace, space } from './wire.ts'

const key = () => z.string().min(1).max(500)
const name = () => z.string().max(500)
const ids = () => z.array(id())
const timeOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)

const customerData = () =>
  z
    .object({
      address: z.string().max(1_000).nullish(),
      default_checkin_time: timeOfDay().nullish(),
      default_checkout_time: timeOfDay().nullish(),
      time_zone: z.string().max(100).nullish(),
    })
    .optional()

const choice = once(() => z.object({ space_id: id().optional(), space_key: key().optional() }))

/** @throws invalid_input unless exactly one of them is given */
const exactlyOne = (by: z.output<ReturnType<typeof choice>>): void => {
  if ((by.space_id === undefined) === (by.space_key === undefined))
    throw invalidInput('space_id', 'Give exactly one of space_id and space_key')
}

const create = defineEndpoint({
  path: '/spaces/create',
  methods: ['POST'],
  auth: withCustomer,
  summary: 'Makes a space, with devices in it.',
  effect: 'write',
  params: () =>
    z.object({
      name: name(),
      space_key: key().optional(),
      customer_key: key().optional(),
      customer_data: customerData(),
      device_ids: ids().optional(),
      acs_entrance_ids: ids().optional(),
      connected_account_ids: ids().optional(),
    }),
  result: () => ({ space: space() }),
  handler: ({ world, auth }, params) => {
    const customer_key = auth.customer_key ?? params.customer_key
    return { space: presentSpace(world, createSpace(world, { ...params, customer_key })) }
  },
})

const update = defineEndpoint({
  path: '/spaces/update',
  methods: ['POST', 'PATCH'],
  auth: withCustomer,
  summary: 'Changes a space, found by its id or its key; device_ids replaces the whole set.',
  effect: 'write',
  params: () =>
    z.object({
      space_id: id().optional(),
      space_key: key().optional(),
      name: name().optional(),
      customer_data: customerData(),
      device_ids: ids().optional(),
      acs_entrance_ids: ids().optional(),
      parent_space_id: id().optional(),
      parent_space_key: key().optional(),
    }),
  result: () => ({ space: space() }),
  handler: ({ world, auth }, { space_id, space_key, parent_space_key, ...change }) => {
    exactlyOne({ space_id, space_key })
    const row = visibleSpace(auth, findSpace(world, { space_id, space_key }))
    const parent_space_id =
      parent_space_key === undefined
        ? change.parent_space_id
        : findSpace(world, { space_key: parent_space_key }).space_id
    const changed = updateSpace(world, row.space_id, { ...change, parent_space_id })
    return { space: presentSpace(world, changed) }
  },
})

const get = defineEndpoint({
  path: '/spaces/get',
  methods: ['GET', 'POST'],
  auth: withCustomer,
  summary: 'One space, by its id or its key.',
  effect: 'read',
  params: choice,
  result: () => ({ space: space() }),
  handler: ({ world, auth }, by) => {
    exactlyOne(by)
    return { space: presentSpace(world, visibleSpace(auth, findSpace(world, by))) }
  },
})

const ofCustomer = is(spaces.customer_key)
const ofKey = is(spaces.space_key)
const ofParent = is(spaces.parent_space_id)
const searched = contains(spaces.name, spaces.space_key, spaces.customer_key)
const after = above(spaces.seq)
const linked = listHas(spaces.connected_account_ids)

const list = defineEndpoint({
  path: '/spaces/list',
  methods: ['GET', 'POST'],
  auth: withCustomer,
  summary: 'Spaces in the order of their creation.',
  effect: 'read',
  params: () =>
    z.object({
      connected_account_id: id().optional(),
      customer_key: key().optional(),
      parent_space_id: id().optional(),
      parent_space_key: key().optional(),
      search: z.string().min(1).max(500).optional(),
      space_key: key().optional(),
      ...pageParams(500),
    }),
  result: () => ({ spaces: z.array(space()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const filters: Filter<'spaces'>[] = []
    if (auth.customer_key !== null) filters.push(ofCustomer(auth.customer_key))
    if (params.customer_key !== undefined) filters.push(ofCustomer(params.customer_key))
    if (params.space_key !== undefined) filters.push(ofKey(params.space_key))
    if (params.search !== undefined) filters.push(searched(params.search))
    if (params.parent_space_id !== undefined) filters.push(ofParent(params.parent_space_id))
    if (params.parent_space_key !== undefined) {
      const parent = spaceOfKey(world, params.parent_space_key)
      filters.push(parent === undefined ? nothing : ofParent(parent.space_id))
    }
    if (params.connected_account_id !== undefined) {
      filters.push(containing(world, params.connected_account_id))
    }
    const page = pageOfRows(call, world.spaces, filters, { ...params, after })
    return {
      spaces: page.rows.map((row) => presentSpace(world, row)),
      pagination: page.pagination,
    }
  },
})

/** Spaces that are linked to the account, or have a device of it. */
const containing = (world: World, connected_account_id: string): Filter<'spaces'> => {
  const ids = devicesOfAccount(world, connected_account_id).flatMap(({ space_ids }) => space_ids)
  return either(linked(connected_account_id), withIds(ids))
}
const withIds = oneOf(spaces.space_id)

const remove = defineEndpoint({
  path: '/spaces/delete',
  methods: ['POST', 'DELETE'],
  auth: withCustomer,
  summary: 'Deletes a space; its devices stay, and nobody reaches them through it any more.',
  effect: 'write',
  params: () => z.object({ space_id: id() }),
  result: () => ({}),
  handler: ({ world, auth }, { space_id }) => {
    visibleSpaceById(world, auth, space_id)
    deleteSpace(world, space_id)
    return {}
  },
})

const related = [
  'spaces',
  'devices',
  'acs_entrances',
  'connected_accounts',
  'acs_systems',
  'access_methods',
] as const

const getRelated = defineEndpoint({
  path: '/spaces/get_related',
  methods: ['GET', 'POST'],
  auth: withCustomer,
  summary: 'Everything that belongs to some spaces, by kind.',
  effect: 'read',
  params: () =>
    z.object({
      space_ids: ids().optional(),
      space_keys: z.array(key()).optional(),
      ...kindChoice(related),
    }),
  result: () => ({ batch: batchOf(related) }),
  handler: ({ world, auth, origin }, { space_ids = [], space_keys = [], ...choice }) => {
    const rows = world.spaces
      .all(either(withIds(space_ids), withKeys(space_keys)))
      .filter((row) => auth.customer_key === null || auth.customer_key === row.customer_key)
    const members = once(() => devicesOfSpaces(world, rows))
    const entrances = once(() => [
      ...new Map(
        rows
          .flatMap((row) => entrancesOfSpace(world, row.space_id))
          .map((row) => [row.acs_entrance_id, row]),
      ).values(),
    ])
    const accounts = () => [
      ...new Set([
        ...rows.flatMap((row) => row.connected_account_ids),
        ...members().map((device) => device.connected_account_id),
        ...entrances().map((row) => row.connected_account_id),
      ]),
    ]
    return {
      batch: chosen<object>(choice, {
        spaces: () => rows.map((row) => presentSpace(world, row)),
        devices: () =>
          members()
            .filter(({ is_managed }) => is_managed)
            .map((device) => presentDevice(world, device)),
        acs_entrances: () => entrances().map((row) => presentAcsEntrance(world, row)),
        connected_accounts: () =>
          accounts().flatMap((id) => {
            const row = world.connected_accounts.get(id)
            return row === undefined ? [] : [presentConnectedAccount(row)]
          }),
        acs_systems: () =>
          [...new Set(entrances().map((row) => row.acs_system_id))].flatMap((id) => {
            const row = world.acs_systems.get(id)
            return row === undefined ? [] : [presentAcsSystem(world, row)]
          }),
        access_methods: () =>
          methodsOfSpaces(
            world,
            rows.map((row) => row.space_id),
          ).map((row) => presentAccessMethod(world, row, origin)),
      }),
    }
  },
})
const withKeys = oneOf(spaces.space_key)

export const spaceEndpoints = [create, update, get, list, remove, getRelated]
