import { z } from 'zod'
import {
  deleteWebhook,
  insertWebhook,
  requireWebhook,
  updateWebhook,
} from '../../../sim/webhooks/operations.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { presentWebhook, webhook } from './wire.ts'

const create = defineEndpoint({
  path: '/webhooks/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Registers a receiver of events.',
  effect: 'write',
  params: () => z.object({ url: z.url(), event_types: z.array(z.string()).default(['*']) }),
  result: () => ({ webhook: webhook() }),
  handler: ({ world }, { url, event_types }) => ({
    webhook: presentWebhook(insertWebhook(world, url, event_types)),
  }),
})

const get = defineEndpoint({
  path: '/webhooks/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One webhook.',
  effect: 'read',
  params: () => z.object({ webhook_id: id() }),
  result: () => ({ webhook: webhook() }),
  handler: ({ world }, { webhook_id }) => ({
    webhook: presentWebhook(requireWebhook(world, webhook_id)),
  }),
})

const list = defineEndpoint({
  path: '/webhooks/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'All webhooks in the order of their creation.',
  effect: 'read',
  params: () => z.object({}),
  result: () => ({ webhooks: z.array(webhook()) }),
  handler: ({ world }) => ({
    webhooks: world.webhooks.all().map(presentWebhook),
  }),
})

const update = defineEndpoint({
  path: '/webhooks/update',
  methods: ['POST', 'PUT'],
  auth: serverAuth,
  summary: 'Changes which events a webhook receives.',
  effect: 'write',
  params: () => z.object({ webhook_id: id(), event_types: z.array(z.string()) }),
  result: () => ({}),
  handler: ({ world }, { webhook_id, event_types }) => {
    updateWebhook(world, webhook_id, event_types)
    return {}
  },
})

const remove = defineEndpoint({
  path: '/webhooks/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Forgets a receiver; what is still due to it is not sent.',
  effect: 'write',
  params: () => z.object({ webhook_id: id() }),
  result: () => ({}),
  handler: ({ world }, { webhook_id }) => {
    deleteWebhook(world, webhook_id)
    return {}
  },
})

export const webhookEndpoints = [create, get, list, update, remove]
