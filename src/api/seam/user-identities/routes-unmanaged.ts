/** People whom an access system knows and Seam does not manage: these have nobody of that kind. */
import { z } from 'zod'
import { notFound } from '../../../sim/kernel/errors.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { pageOf, pageStart } from '../../http/pagination.ts'
import { pagination } from '../../http/pagination.ts'
import { key } from './find.ts'
import { userIdentity } from './wire.ts'

const unmanagedIdentity = () => userIdentity().omit({ user_identity_key: true })

const get = defineEndpoint({
  path: '/user_identities/unmanaged/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One person of an access system that is not managed.',
  effect: 'read',
  params: () => z.object({ user_identity_id: id() }),
  result: () => ({ user_identity: unmanagedIdentity() }),
  handler: (_, by) => {
    throw notFound('user_identity', by)
  },
})

const list = defineEndpoint({
  path: '/user_identities/unmanaged/list',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'People of access systems that are not managed: none yet.',
  effect: 'read',
  params: () =>
    z.object({
      created_before: timestamp().optional(),
      search: z.string().optional(),
      ...pageParams(500),
    }),
  result: () => ({ user_identities: z.array(unmanagedIdentity()), pagination: pagination() }),
  handler: (call, { limit, page_cursor }) => {
    pageStart(call, page_cursor)
    const page = pageOf<never>(call, [], { limit, positionOf: () => [] })
    return { user_identities: [...page.rows], pagination: page.pagination }
  },
})

const update = defineEndpoint({
  path: '/user_identities/unmanaged/update',
  methods: ['POST', 'PATCH'],
  auth: [...serverAuth, 'client_session'],
  summary: 'Manages a person of an access system.',
  effect: 'write',
  params: () =>
    z.object({
      user_identity_id: id(),
      is_managed: z.literal(true),
      user_identity_key: key().optional(),
    }),
  result: () => ({}),
  handler: (_, { user_identity_id }) => {
    throw notFound('user_identity', { user_identity_id })
  },
})

export const unmanagedUserIdentityEndpoints = [get, list, update]
