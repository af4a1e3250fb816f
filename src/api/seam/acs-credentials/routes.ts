import { z } from 'zod'
import { above, contains, eq, inTable, is, lt, oneOf, where } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_credentials } from '../../../db/tables/acs-credentials.ts'
import { acs_users } from '../../../db/tables/acs-users.ts'
import { entrancesOfCredential } from '../../../sim/acs-credentials/access.ts'
import { deleteCredential } from '../../../sim/acs-credentials/carry-out.ts'
import {
  assignCredential,
  unassignCredential,
  updateCredential,
} from '../../../sim/acs-credentials/operations.ts'
import { requireCredential } from '../../../sim/acs-credentials/rows.ts'
import { refuseOfGrant } from '../../../sim/acs-credentials/terms.ts'
import { userInSystem } from '../../../sim/acs-users/of-person.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth, withSessions } from '../../http/auth.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { WorldContext } from '../../http/endpoint.ts'
import { createTableLists } from '../../answers/list-cache.ts'
import { once } from '../../../lib/once.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { acsEntrance, presentAcsEntrance } from '../acs-entrances/wire.ts'
import { exactlyOneUser } from '../acs-users/find.ts'
import { pagination } from '../../http/pagination.ts'
import { create } from './routes-create.ts'
import { acsCredential, acsCredentialPresenter, presentAcsCredential } from './wire.ts'

const one = () => z.object({ acs_credential_id: id() })

const get = defineEndpoint({
  path: '/acs/credentials/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One credential of an access system.',
  effect: 'read',
  params: one,
  result: () => ({ acs_credential: acsCredential() }),
  handler: ({ world }, { acs_credential_id }) => ({
    acs_credential: presentAcsCredential(world, requireCredential(world, acs_credential_id)),
  }),
})

const ofUser = is(acs_credentials.acs_user_id)
const ofSystem = is(acs_credentials.acs_system_id)
const usersOf = inTable(acs_credentials.acs_user_id, acs_users.acs_user_id)
const ofIdentity = is(acs_users.user_identity_id)
const createdBefore = where(acs_credentials, ['created_at'], (c, its) =>
  lt(c.created_at, its.created_at),
)
const isMultiPhone = where(acs_credentials, ['is_multi_phone_sync'], (c, its) =>
  eq(c.is_multi_phone_sync, its.is_multi_phone_sync),
)
const searched = contains(
  acs_credentials.acs_credential_id,
  acs_credentials.card_number,
  acs_credentials.code,
)
const after = above(acs_credentials.seq)
const ofAccounts = oneOf(acs_credentials.connected_account_id)

const listParams = once(() =>
  z.object({
    acs_user_id: id().optional(),
    acs_system_id: id().optional(),
    user_identity_id: id().optional(),
    created_before: timestamp().optional(),
    is_multi_phone_sync_credential: z.boolean().optional(),
    search: z.string().min(1).optional(),
    ...pageParams(500),
  }),
)

const listed = (call: WorldContext, params: z.output<ReturnType<typeof listParams>>) => {
  const { world, auth } = call
  const filters: Filter<'acs_credentials'>[] = []
  const visible = auth.visible_connected_account_ids
  if (visible !== null) filters.push(ofAccounts(visible))
  const { acs_user_id, acs_system_id, user_identity_id, created_before, search } = params
  const { is_multi_phone_sync_credential: is_multi_phone_sync } = params
  if (acs_user_id !== undefined) filters.push(ofUser(acs_user_id))
  if (acs_system_id !== undefined) filters.push(ofSystem(acs_system_id))
  if (user_identity_id !== undefined) filters.push(usersOf(ofIdentity(user_identity_id)))
  if (created_before !== undefined) filters.push(createdBefore({ created_at: created_before }))
  if (is_multi_phone_sync !== undefined) filters.push(isMultiPhone({ is_multi_phone_sync }))
  if (search !== undefined) filters.push(searched(search))
  const { limit, page_cursor } = params
  const page = pageOfRows(call, world.acs_credentials, filters, { limit, page_cursor, after })
  return {
    acs_credentials: page.rows.map(acsCredentialPresenter(world)),
    pagination: page.pagination,
  }
}

/** Nothing of a credential changes by time alone. */
const kept = createTableLists<ReturnType<typeof listed>>([
  'acs_credentials',
  'acs_users',
  'acs_systems',
  'acs_entrances',
  'acs_access_groups',
])

const list = defineEndpoint({
  path: '/acs/credentials/list',
  methods: ['GET', 'POST'],
  auth: withSessions,
  summary: 'Credentials of access systems in the order in which they were made.',
  effect: 'read',
  params: listParams,
  result: () => ({ acs_credentials: z.array(acsCredential()), pagination: pagination() }),
  handler: (call, params) => kept(call, params, () => listed(call, params)),
})

const update = defineEndpoint({
  path: '/acs/credentials/update',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Changes the code or the end of a credential; a card has to be encoded again.',
  effect: 'write',
  params: () =>
    z.object({
      acs_credential_id: id(),
      code: z.string().min(1).max(20).optional(),
      ends_at: timestamp().optional(),
    }),
  result: () => ({ acs_credential: acsCredential() }),
  handler: ({ world }, { acs_credential_id, ...change }) => {
    updateCredential(world, acs_credential_id, change)
    return {
      acs_credential: presentAcsCredential(world, requireCredential(world, acs_credential_id)),
    }
  },
})

const remove = defineEndpoint({
  path: '/acs/credentials/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Deletes a credential; what is on a card stays there.',
  effect: 'write',
  params: one,
  result: () => ({}),
  handler: ({ world }, { acs_credential_id }) => {
    refuseOfGrant(requireCredential(world, acs_credential_id))
    deleteCredential(world, acs_credential_id)
    return {}
  },
})

interface Whose {
  acs_user_id?: string | undefined
  user_identity_id?: string | undefined
}

/** The user who is meant, in the credential's system. */
const userFor = (world: World, acs_credential_id: string, by: Whose, isMade: boolean): string => {
  const { acs_system_id } = requireCredential(world, acs_credential_id)
  return (
    by.acs_user_id ??
    userInSystem(world, by.user_identity_id ?? '', acs_system_id, isMade).acs_user_id
  )
}

const withUser = () =>
  z.object({
    acs_credential_id: id(),
    acs_user_id: id().optional(),
    user_identity_id: id().optional(),
  })

const assign = defineEndpoint({
  path: '/acs/credentials/assign',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Gives a credential to a user; of a person whom the system does not know it makes one.',
  effect: 'write',
  params: withUser,
  result: () => ({ acs_credential: acsCredential() }),
  handler: ({ world }, { acs_credential_id, ...by }) => {
    exactlyOneUser(by)
    assignCredential(world, acs_credential_id, userFor(world, acs_credential_id, by, true))
    return {
      acs_credential: presentAcsCredential(world, requireCredential(world, acs_credential_id)),
    }
  },
})

const unassign = defineEndpoint({
  path: '/acs/credentials/unassign',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Takes a credential from its user: it opens nothing until it is assigned again.',
  effect: 'write',
  params: withUser,
  result: () => ({ acs_credential: acsCredential() }),
  handler: ({ world }, { acs_credential_id, ...by }) => {
    const isNamed = by.acs_user_id !== undefined || by.user_identity_id !== undefined
    if (isNamed) exactlyOneUser(by)
    const acs_user_id = isNamed ? userFor(world, acs_credential_id, by, false) : undefined
    unassignCredential(world, acs_credential_id, acs_user_id)
    return {
      acs_credential: presentAcsCredential(world, requireCredential(world, acs_credential_id)),
    }
  },
})

const listEntrances = defineEndpoint({
  path: '/acs/credentials/list_accessible_entrances',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The doors that a credential is to open, now or later.',
  effect: 'read',
  params: one,
  result: () => ({ acs_entrances: z.array(acsEntrance()) }),
  handler: ({ world }, { acs_credential_id }) => ({
    acs_entrances: entrancesOfCredential(world, requireCredential(world, acs_credential_id)).map(
      (row) => presentAcsEntrance(world, row),
    ),
  }),
})

export const acsCredentialEndpoints = [
  create,
  get,
  list,
  update,
  remove,
  assign,
  unassign,
  listEntrances,
]
