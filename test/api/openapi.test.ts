import { expect, it } from 'vitest'
import { z } from 'zod'
import { serverAuth } from '../../src/api/http/auth.ts'
import { defineEndpoint } from '../../src/api/http/endpoint.ts'
import { id, pageParams, timestamp } from '../../src/api/http/fields.ts'
import { accessCode } from '../../src/api/seam/access-codes/wire.ts'
import { actionAttempt } from '../../src/api/seam/action-attempts/wire.ts'
import { event } from '../../src/api/seam/events/wire.ts'
import { pagination } from '../../src/api/http/pagination.ts'
import { createTestApp } from '../support/api-universe.ts'

const app = createTestApp([
  defineEndpoint({
    path: '/access_codes/update',
    methods: ['POST', 'DELETE'],
    auth: serverAuth,
    effect: 'write',
    params: () =>
      z.object({ device_id: id(), starts_at: timestamp().optional(), ...pageParams(500) }),
    result: () => ({
      access_code: accessCode(),
      events: z.array(event()),
      pagination: pagination(),
      action_attempt: actionAttempt(),
    }),
    action_attempt_type: 'UPDATE_ACCESS_CODE',
    handler: () => {
      throw new Error('not called')
    },
  }),
])

it('is made of the table itself', async () => {
  const response = await app.request('/openapi.json')
  const document: unknown = await response.json()
  const input = {
    type: 'object',
    required: ['device_id'],
    properties: {
      device_id: { type: 'string', format: 'uuid' },
      starts_at: { type: 'string', format: 'date-time' },
      limit: { default: 500 },
    },
  }
  expect(document).toMatchObject({
    openapi: '3.1.0',
    paths: {
      '/access_codes/update': {
        post: {
          'x-action-attempt-type': 'UPDATE_ACCESS_CODE',
          security: [
            { api_key: [] },
            { pat_with_workspace: [] },
            { console_session_with_workspace: [] },
          ],
          requestBody: { content: { 'application/json': { schema: input } } },
        },
        delete: {
          parameters: [
            { name: 'device_id', in: 'query', required: true },
            { name: 'starts_at', in: 'query', required: false },
            { name: 'limit', in: 'query', required: false },
            { name: 'page_cursor', in: 'query', required: false },
          ],
        },
      },
    },
  })
})

it('is kept apart from the document of the control API', async () => {
  const response = await app.request('/_emulator/openapi.json')
  expect(await response.json()).toMatchObject({ paths: {} })
})
