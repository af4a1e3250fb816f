import { z } from 'zod'
import { refuseUserOfGrant } from '../../../sim/acs-credentials/terms.ts'
import { above, contains, inTable, is, lt, oneOf, where } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_users } from '../../../db/tables/acs-users.ts'
import { user_identities } from '../../../db/tables/user-identities.ts'
import { once } from '../../../lib/once.ts'
import { createUser, deleteUser, updateUser } from '../../../sim/acs-users/operations.ts'
import { subscriptionOf } from '../../../sim/acs-users/subscription.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import { apiError } from '../../http/errors.ts'
import { serverAuth, withSessions } from '../../http/auth.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { createTableLists } from '../../answers/list-cache.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { WorldContext } from '../../http/endpoint.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { pagination } from '../../http/pagination.ts'
import { findUser, userChoice } from './find.ts'
import { acsUser, acsUserPresenter, presentAcsUser } from './wire.ts'

const person = once(() => ({
  email: z.email().optional(),
  email_address: z.email().optional(),
  phone_number: z.string().max(500).optional(),
}))

interface Window {
  starts_at: number
  ends_at: number | null
}

/** @throws invalid_input for a schedule that ends before it begins */
const checkedSchedule = (schedule: Window): Window => {
  if (schedule.ends_at !== null && schedule.ends_at <= schedule.starts_at)
    throw invalidInput('access_schedule', 'access_schedule must end later than it begins')
  return schedule
}

const create = defineEndpoint({
  path: '/acs/users/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Adds a user to an access system; the system hears of it a little later.',
  effect: 'write',
  params: () =>
    z.object({
      acs_system_id: id(),
      full_name: z.string().min(1).max(500),
      ...person(),
      user_identity_id: id().optional(),
      acs_access_group_ids: z.array(id()).optional(),
      access_schedule: z
        .object({ starts_at: timestamp().optional(), ends_at: timestamp().nullish() })
        .optional(),
    }),
  result: () => ({ acs_user: acsUser() }),
  handler: ({ world }, { email, access_schedule, user_identity_id, ...input }) => {
    if (user_identity_id !== undefined) {
      const known = world.user_identities.get(user_identity_id)
      // The fake's status: everywhere else an unknown person is a 404.
      if (known === undefined || known.deleting_at !== null)
        throw apiError(400, 'user_identity_not_found', 'user identity not found', {
          data: { user_identity_id },
        })
    }
    const schedule = access_schedule && {
      starts_at: access_schedule.starts_at ?? world.now,
      ends_at: access_schedule.ends_at ?? null,
    }
    const user = createUser(world, {
      ...input,
      user_identity_id,
      email_address: input.email_address ?? email,
      access_schedule: schedule && checkedSchedule(schedule),
    })
    return { acs_user: presentAcsUser(world, user) }
  },
})

const get = defineEndpoint({
  path: '/acs/users/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One user of an access system, by its id or by who it is there.',
  effect: 'read',
  params: () => z.object(userChoice()),
  result: () => ({ acs_user: acsUser() }),
  handler: ({ world }, by) => ({ acs_user: presentAcsUser(world, findUser(world, by)) }),
})

const ofSystem = is(acs_users.acs_system_id)
const ofIdentity = is(acs_users.user_identity_id)
const inIdentities = inTable(acs_users.user_identity_id, user_identities.user_identity_id)
const identityWithEmail = is(user_identities.email_address)
const identityWithPhone = is(user_identities.phone_number)
const searched = contains(
  acs_users.full_name,
  acs_users.email_address,
  acs_users.phone_number,
  acs_users.acs_user_id,
)
const createdBefore = where(acs_users, ['created_at'], (c, its) => lt(c.created_at, its.created_at))
const after = above(acs_users.seq)
const ofAccounts = oneOf(acs_users.connected_account_id)

const listParams = once(() =>
  z.object({
    acs_system_id: id().optional(),
    created_before: timestamp().optional(),
    search: z.string().min(1).optional(),
    user_identity_email_address: z.string().optional(),
    user_identity_id: id().optional(),
    user_identity_phone_number: z.string().optional(),
    ...pageParams(500),
  }),
)

const listed = (call: WorldContext, params: z.output<ReturnType<typeof listParams>>) => {
  const { world, auth } = call
  const filters: Filter<'acs_users'>[] = []
  const visible = auth.visible_connected_account_ids
  if (visible !== null) filters.push(ofAccounts(visible))
  const { acs_system_id, created_before, search, user_identity_id } = params
  const { user_identity_email_address: email, user_identity_phone_number: phone } = params
  if (acs_system_id !== undefined) filters.push(ofSystem(acs_system_id))
  if (created_before !== undefined) filters.push(createdBefore({ created_at: created_before }))
  if (search !== undefined) filters.push(searched(search))
  if (user_identity_id !== undefined) filters.push(ofIdentity(user_identity_id))
  if (email !== undefined) filters.push(inIdentities(identityWithEmail(email)))
  if (phone !== undefined) filters.push(inIdentities(identityWithPhone(phone)))
  const { limit, page_cursor } = params
  const page = pageOfRows(call, world.acs_users, filters, { limit, page_cursor, after })
  return {
    acs_users: page.rows.map(acsUserPresenter(world)),
    pagination: page.pagination,
  }
}

/** Who has a slot of a subscription may be another one at the next instant; nothing else changes by time. */
const sameUntil = (world: World): number =>
  world.acs_systems.all().some((system) => subscriptionOf(world, system) !== null)
    ? world.now + 1
    : Number.POSITIVE_INFINITY

const kept = createTableLists<ReturnType<typeof listed>>(
  ['acs_users', 'acs_systems', 'acs_credentials', 'user_identities'],
  sameUntil,
)

const list = defineEndpoint({
  path: '/acs/users/list',
  methods: ['GET', 'POST'],
  auth: withSessions,
  summary: 'Users of access systems in the order in which they were added.',
  effect: 'read',
  params: listParams,
  result: () => ({ acs_users: z.array(acsUser()), pagination: pagination() }),
  handler: (call, params) => kept(call, params, () => listed(call, params)),
})

const update = defineEndpoint({
  path: '/acs/users/update',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Changes a user of an access system; the system hears of it a little later.',
  effect: 'write',
  params: () =>
    z.object({
      ...userChoice(),
      full_name: z.string().min(1).max(500).optional(),
      ...person(),
      access_schedule: z.object({ starts_at: timestamp(), ends_at: timestamp() }).nullish(),
      hid_acs_system_id: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, params) => {
    const { acs_user_id } = findUser(world, params)
    const { full_name, phone_number, hid_acs_system_id, access_schedule } = params
    updateUser(world, acs_user_id, {
      full_name,
      phone_number,
      hid_acs_system_id,
      email_address: params.email_address ?? params.email,
      access_schedule: access_schedule && checkedSchedule(access_schedule),
    })
    return {}
  },
})

const remove = defineEndpoint({
  path: '/acs/users/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Deletes a user from its access system, with its credentials.',
  effect: 'write',
  params: () => z.object(userChoice()),
  result: () => ({}),
  handler: ({ world }, by) => {
    const user = findUser(world, by)
    refuseUserOfGrant(world, user)
    deleteUser(world, user.acs_user_id)
    return {}
  },
})

export const acsUserEndpoints = [create, get, list, update, remove]
