import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import {
  createAccessGrant,
  deleteAccessGrant,
  requestAccessMethods,
  updateAccessGrant,
} from '../../../sim/access-grants/operations.ts'
import { createSpace } from '../../../sim/spaces/operations.ts'
import { serverAuth } from '../../http/auth.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { visibleDevice } from '../../http/visibility.ts'
import { visibleEntrance } from '../acs-entrances/visible.ts'
import { pagination } from '../../http/pagination.ts'
import {
  after,
  conditionsOf,
  exactlyOneGrant,
  grantChoice,
  grantFilters,
  key,
  visibleGrant,
} from './find.ts'
import { accessGrant, modes, presentAccessGrant } from './wire.ts'

export const anyCustomer = [...serverAuth, 'client_session_with_customer'] as const

const requested = once(() =>
  z.array(
    z.object({
      mode: z.enum(modes),
      code: z.string().min(4).max(9).regex(/^\d+$/).optional(),
      instant_key_max_use_count: z.int().min(1).optional(),
    }),
  ),
)

const places = once(() => ({
  device_ids: z.array(id()).optional(),
  space_ids: z.array(id()).optional(),
  space_keys: z.array(key()).optional(),
  acs_entrance_ids: z.array(id()).optional(),
}))

const person = once(() =>
  z.object({
    full_name: z.string().max(500).nullish(),
    email_address: z.email().nullish(),
    phone_number: z
      .string()
      .regex(/^\+[1-9]\d{1,14}$/)
      .nullish(),
    user_identity_key: key().nullish(),
  }),
)

const create = defineEndpoint({
  path: '/access_grants/create',
  methods: ['POST'],
  auth: anyCustomer,
  summary: 'Gives a person access to devices, entrances and spaces for some time.',
  effect: 'write',
  params: () =>
    z.object({
      user_identity_id: id().optional(),
      user_identity: person().optional(),
      access_grant_key: key().optional(),
      name: z.string().max(500).nullish(),
      reservation_key: z.string().max(500).optional(),
      customization_profile_id: id().optional(),
      starts_at: timestamp().optional(),
      ends_at: timestamp().nullish(),
      requested_access_methods: requested(),
      ...places(),
      location_ids: z.array(id()).optional(),
      location: z
        .object({ name: z.string().optional(), device_ids: z.array(id()).optional() })
        .optional(),
    }),
  result: () => ({ access_grant: accessGrant() }),
  handler: ({ world, auth, origin }, { location, location_ids = [], ...params }) => {
    for (const device_id of params.device_ids ?? []) visibleDevice(world, auth, device_id)
    for (const id of params.acs_entrance_ids ?? []) visibleEntrance(world, auth, id)
    const { customer_key } = auth
    const place =
      location === undefined
        ? []
        : [createSpace(world, { name: location.name ?? 'Location', ...location }).space_id]
    const grant = createAccessGrant(world, {
      ...params,
      ...(params.user_identity !== undefined &&
        customer_key !== null && { user_identity: { ...params.user_identity, customer_key } }),
      space_ids: [...(params.space_ids ?? []), ...location_ids, ...place],
    })
    return { access_grant: presentAccessGrant(world, grant, origin) }
  },
})

const get = defineEndpoint({
  path: '/access_grants/get',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'One access grant, by its id or its key.',
  effect: 'read',
  params: () => z.object(grantChoice()),
  result: () => ({ access_grant: accessGrant() }),
  handler: ({ world, auth, origin }, by) => {
    exactlyOneGrant(by)
    return { access_grant: presentAccessGrant(world, visibleGrant(world, auth, by), origin) }
  },
})

const list = defineEndpoint({
  path: '/access_grants/list',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'Access grants in the order of their creation.',
  effect: 'read',
  params: () => z.object({ ...grantFilters(), ...pageParams(500) }),
  result: () => ({ access_grants: z.array(accessGrant()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const page = pageOfRows(call, world.access_grants, conditionsOf(world, auth, params), {
      ...params,
      after,
    })
    return {
      access_grants: page.rows.map((row) => presentAccessGrant(world, row, call.origin)),
      pagination: page.pagination,
    }
  },
})

const update = defineEndpoint({
  path: '/access_grants/update',
  methods: ['POST', 'PATCH'],
  auth: anyCustomer,
  summary:
    'Changes the times or the name of an access grant, or its devices, entrances and spaces.',
  effect: 'write',
  params: () =>
    z.object({
      ...grantChoice(),
      starts_at: timestamp().optional(),
      ends_at: timestamp().nullish(),
      name: z.string().max(500).nullish(),
      ...places(),
    }),
  result: () => ({}),
  handler: ({ world, auth }, { access_grant_id, access_grant_key, ...change }) => {
    exactlyOneGrant({ access_grant_id, access_grant_key })
    const grant = visibleGrant(world, auth, { access_grant_id, access_grant_key })
    for (const device_id of change.device_ids ?? []) visibleDevice(world, auth, device_id)
    for (const id of change.acs_entrance_ids ?? []) visibleEntrance(world, auth, id)
    updateAccessGrant(world, grant.access_grant_id, change)
    return {}
  },
})

const remove = defineEndpoint({
  path: '/access_grants/delete',
  methods: ['POST', 'DELETE'],
  auth: anyCustomer,
  summary: 'Takes a grant back: its codes leave the locks, and then it is gone.',
  effect: 'write',
  params: () => z.object({ access_grant_id: id() }),
  result: () => ({}),
  handler: ({ world, auth }, by) => {
    deleteAccessGrant(world, visibleGrant(world, auth, by).access_grant_id)
    return {}
  },
})

const request = defineEndpoint({
  path: '/access_grants/request_access_methods',
  methods: ['POST'],
  auth: anyCustomer,
  summary: 'Asks for more ways in, at the same doors and times.',
  effect: 'write',
  params: () => z.object({ access_grant_id: id(), requested_access_methods: requested() }),
  result: () => ({ access_grant: accessGrant() }),
  handler: ({ world, auth, origin }, { access_grant_id, requested_access_methods }) => {
    visibleGrant(world, auth, { access_grant_id })
    const grant = requestAccessMethods(world, access_grant_id, requested_access_methods)
    return { access_grant: presentAccessGrant(world, grant, origin) }
  },
})

export const accessGrantEndpoints = [create, get, list, update, remove, request]
