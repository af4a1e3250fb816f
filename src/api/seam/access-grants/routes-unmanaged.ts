/** Unmanaged grants would be read from access systems that make grants themselves: none of these does. */
import { z } from 'zod'
import { domainError } from '../../../sim/kernel/errors.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { pagination } from '../../http/pagination.ts'
import { key } from './find.ts'
import { anyCustomer } from './routes.ts'
import { accessGrant } from './wire.ts'

const notThere = (access_grant_id: string) =>
  domainError('access_grant_not_found', 'Access grant not found', { data: { access_grant_id } })

const get = defineEndpoint({
  path: '/access_grants/unmanaged/get',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'One unmanaged access grant.',
  effect: 'read',
  params: () => z.object({ access_grant_id: id() }),
  result: () => ({ access_grant: accessGrant() }),
  handler: (_, { access_grant_id }) => {
    throw notThere(access_grant_id)
  },
})

const list = defineEndpoint({
  path: '/access_grants/unmanaged/list',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'Unmanaged access grants.',
  effect: 'read',
  params: () =>
    z.object({
      acs_entrance_id: id().optional(),
      acs_system_id: id().optional(),
      reservation_key: z.string().optional(),
      user_identity_id: id().optional(),
      ...pageParams(500),
    }),
  result: () => ({ access_grants: z.array(accessGrant()), pagination: pagination() }),
  handler: () => ({
    access_grants: [],
    pagination: { has_next_page: false, next_page_cursor: null, next_page_url: null },
  }),
})

const update = defineEndpoint({
  path: '/access_grants/unmanaged/update',
  methods: ['POST', 'PATCH'],
  auth: anyCustomer,
  summary: 'Takes an unmanaged access grant over.',
  effect: 'write',
  params: () =>
    z.object({
      access_grant_id: id(),
      is_managed: z.literal(true),
      access_grant_key: key().optional(),
    }),
  result: () => ({}),
  handler: (_, { access_grant_id }) => {
    throw notThere(access_grant_id)
  },
})

export const unmanagedAccessGrantEndpoints = [get, list, update]
