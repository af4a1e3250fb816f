import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import {
  createSession,
  deleteSession,
  getOrCreateSession,
  grantAccess,
  requireSession,
  revokeSession,
  sessionOfUser,
} from '../../../sim/client-sessions/operations.ts'
import type { ClientSession } from '../../../db/tables/client-sessions.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth } from '../../http/auth.ts'
import type { Filter } from '../../../db/conditions.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { WorldContext } from '../../http/endpoint.ts'
import { apiError } from '../../http/errors.ts'
import { id, timestamp } from '../../http/fields.ts'
import { presentClientSession } from './wire.ts'
import { clientSession } from './wire.ts'
import { desc, isNull, is, listHas, orderBy, where } from '../../../db/conditions.ts'
import { client_sessions } from '../../../db/tables/client-sessions.ts'

const withId = is(client_sessions.client_session_id)
const ofUser = is(client_sessions.user_identifier_key)
const ofIdentity = is(client_sessions.user_identity_id)
const withWebview = listHas(client_sessions.connect_webview_ids)
const ofNobody = where(client_sessions, [], (c) => isNull(c.user_identifier_key))
const newestFirst = orderBy(client_sessions, (c) => [desc(c.seq)])

const withPublishableKey = [...serverAuth, 'publishable_key'] as const

const grants = once(() => ({
  connect_webview_ids: z.array(z.string()).optional(),
  connected_account_ids: z.array(z.string()).optional(),
  user_identity_id: id().optional(),
  user_identity_ids: z.array(id()).min(1).max(1).optional(),
}))

const wanted = once(() => ({
  ...grants(),
  expires_at: timestamp().optional(),
  user_identifier_key: z.string().min(1).optional(),
}))

/** `user_identity_ids` is the older spelling, of one identity. */
const withoutAlias = <
  T extends { user_identity_id?: string | undefined; user_identity_ids?: string[] | undefined },
>(
  params: T,
) => ({
  ...params,
  user_identity_id: params.user_identity_id ?? params.user_identity_ids?.[0],
})

/**
 * What a browser that has nothing but the publishable key may ask for: an empty session of a user.
 * Errors as the vendor's fake has them; it answers a missing key with 401 on one route and with 400
 * on the other.
 */
const checkPublishableKey = (
  { auth, world, header }: WorldContext,
  params: {
    user_identifier_key?: string | undefined
    connect_webview_ids?: readonly string[] | undefined
    connected_account_ids?: readonly string[] | undefined
  },
  missingKeyStatus: 400 | 401,
): string | undefined => {
  if (auth.method !== 'publishable_key') return params.user_identifier_key
  if (!world.workspace.is_publishable_key_auth_enabled) {
    const message =
      'Publishable keys are switched off in this workspace: see is_publishable_key_auth_enabled of /workspaces/update.'
    throw apiError(401, 'unauthorized', message)
  }
  const user_identifier_key =
    params.user_identifier_key ??
    header('seam-user-identifier-key') ??
    header('user-identifier-key')
  if (user_identifier_key === undefined) {
    const message = 'A publishable key must come with a user_identifier_key.'
    throw apiError(missingKeyStatus, 'publishable_key_requires_user_identifier_key', message)
  }
  if (params.connected_account_ids !== undefined || params.connect_webview_ids !== undefined) {
    const message =
      'With a publishable key a client session starts empty: give it accounts from your server, with /client_sessions/grant_access.'
    throw apiError(403, 'publishable_keys_must_create_empty_client_sessions', message)
  }
  return user_identifier_key
}

const create = defineEndpoint({
  path: '/client_sessions/create',
  methods: ['POST', 'PUT'],
  auth: withPublishableKey,
  summary: 'Opens a client session. PUT answers the session that the user has, if any.',
  effect: 'write',
  params: () =>
    z.object({
      ...wanted(),
      customer_key: z.string().min(1).optional(),
      customer_id: z.string().optional(),
    }),
  result: () => ({ client_session: clientSession() }),
  handler: (call, params) => {
    const { world, method } = call
    const user_identifier_key = checkPublishableKey(call, params, 401)
    const known =
      method === 'PUT' && user_identifier_key !== undefined
        ? sessionOfUser(world, user_identifier_key)
        : undefined
    const session = known ?? createSession(world, { ...withoutAlias(params), user_identifier_key })
    return { client_session: presentClientSession(world, session) }
  },
})

const getOrCreate = defineEndpoint({
  path: '/client_sessions/get_or_create',
  methods: ['POST'],
  auth: withPublishableKey,
  summary: 'The client session of a user, opened when there is none.',
  effect: 'write',
  params: () => z.object(wanted()),
  result: () => ({ client_session: clientSession() }),
  handler: (call, params) => {
    const user_identifier_key = checkPublishableKey(call, params, 400)
    const session = getOrCreateSession(call.world, { ...withoutAlias(params), user_identifier_key })
    return { client_session: presentClientSession(call.world, session) }
  },
})

const find = (
  world: World,
  by: { client_session_id?: string | undefined; user_identifier_key?: string | undefined },
): ClientSession => {
  if (by.client_session_id !== undefined) return requireSession(world, by.client_session_id)
  const { user_identifier_key } = by
  if (user_identifier_key === undefined)
    throw invalidInput('client_session_id', 'Give client_session_id or user_identifier_key')
  const session =
    sessionOfUser(world, user_identifier_key) ??
    world.client_sessions.first(ofUser(user_identifier_key), { order: newestFirst, limit: 1 })
  if (session === undefined) throw notFound('client_session', { user_identifier_key })
  return session
}

const get = defineEndpoint({
  path: '/client_sessions/get',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'One client session; a client session without parameters sees itself.',
  effect: 'read',
  params: () =>
    z.object({
      client_session_id: id().optional(),
      user_identifier_key: z.string().optional(),
    }),
  result: () => ({ client_session: clientSession() }),
  handler: ({ world, auth }, params) => {
    const own = auth.client_session_id
    const isUnnamed =
      params.client_session_id === undefined && params.user_identifier_key === undefined
    if (own === null) {
      if (isUnnamed) throw notFound('client_session')
      return { client_session: presentClientSession(world, find(world, params)) }
    }
    const session = isUnnamed ? requireSession(world, own) : find(world, params)
    if (session.client_session_id !== own) throw notFound('client_session', params)
    return { client_session: presentClientSession(world, session) }
  },
})

const grant = defineEndpoint({
  path: '/client_sessions/grant_access',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Gives a client session more accounts and webviews to see.',
  effect: 'write',
  params: () =>
    z.object({
      client_session_id: z.string().optional(),
      user_identifier_key: z.string().optional(),
      connect_webview_ids: z.array(z.string()).optional(),
      connected_account_ids: z.array(z.string()).optional(),
      user_identity_id: z.string().optional(),
      user_identity_ids: z.array(z.string()).min(1).max(1).optional(),
    }),
  result: () => ({ client_session: clientSession() }),
  handler: ({ world }, params) => ({
    client_session: presentClientSession(
      world,
      grantAccess(world, find(world, params), withoutAlias(params)),
    ),
  }),
})

const list = defineEndpoint({
  path: '/client_sessions/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Client sessions in the order of their creation.',
  effect: 'read',
  params: () =>
    z.object({
      client_session_id: z.string().optional(),
      connect_webview_id: z.string().optional(),
      user_identifier_key: z.string().optional(),
      user_identity_id: z.string().optional(),
      without_user_identifier_key: z.boolean().optional(),
    }),
  result: () => ({ client_sessions: z.array(clientSession()) }),
  handler: ({ world }, params) => {
    const { client_session_id, user_identifier_key, user_identity_id } = params
    const conditions: Filter<'client_sessions'>[] = []
    if (client_session_id !== undefined) conditions.push(withId(client_session_id))
    if (user_identifier_key !== undefined) conditions.push(ofUser(user_identifier_key))
    if (user_identity_id !== undefined) conditions.push(ofIdentity(user_identity_id))
    if (params.connect_webview_id !== undefined)
      conditions.push(withWebview(params.connect_webview_id))
    if (params.without_user_identifier_key === true) conditions.push(ofNobody())
    const rows = world.client_sessions.all(conditions)
    return { client_sessions: rows.map((row) => presentClientSession(world, row)) }
  },
})

const revoke = defineEndpoint({
  path: '/client_sessions/revoke',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Makes the token of a client session good for nothing.',
  effect: 'write',
  params: () => z.object({ client_session_id: id() }),
  result: () => ({}),
  handler: ({ world }, { client_session_id }) => {
    revokeSession(world, client_session_id)
    return {}
  },
})

const remove = defineEndpoint({
  path: '/client_sessions/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Forgets a client session and its token.',
  effect: 'write',
  params: () => z.object({ client_session_id: id() }),
  result: () => ({}),
  handler: ({ world }, { client_session_id }) => {
    deleteSession(world, client_session_id)
    return {}
  },
})

export const clientSessionEndpoints = [create, getOrCreate, get, grant, list, revoke, remove]
