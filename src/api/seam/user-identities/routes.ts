import { z } from 'zod'
import { above, contains, inTable, is, lt, oneOf, where } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_credentials } from '../../../db/tables/acs-credentials.ts'
import { acs_users } from '../../../db/tables/acs-users.ts'
import { user_identities } from '../../../db/tables/user-identities.ts'
import { once } from '../../../lib/once.ts'
import {
  createUserIdentity,
  deleteUserIdentity,
  updateUserIdentity,
} from '../../../sim/user-identities/operations.ts'
import { userInSystem } from '../../../sim/acs-users/of-person.ts'
import { serverAuth } from '../../http/auth.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { pagination } from '../../http/pagination.ts'
import { exactlyOne, identityChoice, key, visibleIdentities, visibleIdentity } from './find.ts'
import { presentUserIdentity, userIdentity } from './wire.ts'

/** As people's phones have them, in E.164 format, which is what Seam's document asks for. */
const phoneNumber = () =>
  z
    .string()
    .regex(
      /^\+[1-9]\d{1,14}$/,
      'Invalid phone number: give it in E.164 format, such as +15555550100',
    )

const person = once(() => ({
  user_identity_key: key().nullish(),
  full_name: z.string().min(1).nullish(),
  email_address: z.email().nullish(),
  phone_number: phoneNumber().nullish(),
}))

const create = defineEndpoint({
  path: '/user_identities/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Adds a person, who can be given access; in access systems as well.',
  effect: 'write',
  params: () => z.object({ ...person(), acs_system_ids: z.array(id()).optional() }),
  result: () => ({ user_identity: userIdentity() }),
  handler: ({ world }, { acs_system_ids = [], ...params }) => {
    const row = createUserIdentity(world, params)
    for (const acs_system_id of acs_system_ids)
      userInSystem(world, row.user_identity_id, acs_system_id, true)
    return { user_identity: presentUserIdentity(world, row) }
  },
})

const update = defineEndpoint({
  path: '/user_identities/update',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Changes a person; null clears a field.',
  effect: 'write',
  params: () => z.object({ user_identity_id: id(), ...person() }),
  result: () => ({}),
  handler: ({ world }, { user_identity_id, ...change }) => {
    updateUserIdentity(world, user_identity_id, change)
    return {}
  },
})

const get = defineEndpoint({
  path: '/user_identities/get',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session_with_customer'],
  summary: 'One person, by id or key.',
  effect: 'read',
  params: () => z.object(identityChoice()),
  result: () => ({ user_identity: userIdentity() }),
  handler: ({ world, auth }, by) => {
    exactlyOne(by)
    return { user_identity: presentUserIdentity(world, visibleIdentity(world, auth, by)) }
  },
})

const searched = contains(
  user_identities.full_name,
  user_identities.phone_number,
  user_identities.email_address,
  user_identities.user_identity_id,
)
const withIds = oneOf(user_identities.user_identity_id)
const createdBefore = where(user_identities, ['created_at'], (c, its) =>
  lt(c.created_at, its.created_at),
)
const after = above(user_identities.seq)
const isUser = inTable(user_identities.user_identity_id, acs_users.user_identity_id)
const hasKey = inTable(acs_users.acs_user_id, acs_credentials.acs_user_id)
const ofManager = is(acs_credentials.credential_manager_acs_system_id)

const list = defineEndpoint({
  path: '/user_identities/list',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'People in the order of their creation; a client session sees its own person.',
  effect: 'read',
  params: () =>
    z.object({
      created_before: timestamp().optional(),
      credential_manager_acs_system_id: id().optional(),
      search: z.string().optional(),
      user_identity_ids: z.array(id()).optional(),
      ...pageParams(500),
    }),
  result: () => ({ user_identities: z.array(userIdentity()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const { created_before, search, user_identity_ids } = params
    const filters: Filter<'user_identities'>[] = visibleIdentities(auth)
    if (created_before !== undefined) filters.push(createdBefore({ created_at: created_before }))
    if (search !== undefined) filters.push(searched(search))
    if (user_identity_ids !== undefined) filters.push(withIds(user_identity_ids))
    const { credential_manager_acs_system_id: manager } = params
    if (manager !== undefined) filters.push(isUser(hasKey(ofManager(manager))))
    const { limit, page_cursor } = params
    const page = pageOfRows(call, world.user_identities, filters, { limit, page_cursor, after })
    return {
      user_identities: page.rows.map((row) => presentUserIdentity(world, row)),
      pagination: page.pagination,
    }
  },
})

const remove = defineEndpoint({
  path: '/user_identities/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary:
    'Deletes a person with all access; until that is off every lock, it shows being_deleted.',
  effect: 'write',
  params: () => z.object({ user_identity_id: id() }),
  result: () => ({}),
  handler: ({ world }, { user_identity_id }) => {
    deleteUserIdentity(world, user_identity_id)
    return {}
  },
})

export const userIdentityEndpoints = [create, update, get, list, remove]
