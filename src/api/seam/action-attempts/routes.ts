import { z } from 'zod'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { pageOf, pageStart } from '../../http/pagination.ts'
import { actionAttempt, presentActionAttempt } from './wire.ts'
import { pagination } from '../pagination.ts'
import { seesAccount } from '../../http/visibility.ts'

const get = defineEndpoint({
  path: '/action_attempts/get',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session', 'client_session_with_customer'],
  summary: 'One action attempt. A frozen clock leaps to the instant at which it settles.',
  effect: 'async',
  params: () => z.object({ action_attempt_id: id() }),
  result: () => ({ action_attempt: actionAttempt() }),
  // SDKs poll on wall-clock time and give up after seconds, so frozen time must not keep them waiting.
  handler: async ({ auth, read, services, workspace_id }, { action_attempt_id }) => {
    const find = (world: World) => {
      const attempt = world.action_attempts.get(action_attempt_id)
      const device = world.devices.get(attempt?.device_id ?? '')
      const isVisible = device === undefined || seesAccount(auth, device.connected_account_id)
      if (attempt === undefined || !isVisible)
        throw notFound('action_attempt', { action_attempt_id })
      return attempt
    }
    if (read(find).status === 'pending')
      await services.settleActionAttempt(workspace_id, action_attempt_id)
    return read((world) => ({ action_attempt: presentActionAttempt(world, find(world)) }))
  },
})

const list = defineEndpoint({
  path: '/action_attempts/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Action attempts in the order of their creation.',
  effect: 'read',
  params: () =>
    z.object({
      action_attempt_ids: z.array(id()).optional(),
      device_id: id().optional(),
      ...pageParams(500),
    }),
  result: () => ({ action_attempts: z.array(actionAttempt()), pagination: pagination() }),
  handler: (call, params) => {
    const { world } = call
    const conditions: [string, ...(string | number)[]][] = []
    if (params.device_id !== undefined) conditions.push(['device_id = ?', params.device_id])
    if (params.action_attempt_ids !== undefined) {
      conditions.push([
        'action_attempt_id in (select value from json_each(?))',
        JSON.stringify(params.action_attempt_ids),
      ])
    }
    const start = pageStart(call, params.page_cursor)
    if (start !== null) conditions.push(['seq > ?', Number(start[0])])
    const rows = world.action_attempts.all(
      conditions.map(([sql]) => sql).join(' and '),
      conditions.flatMap(([, ...values]) => values),
      `order by seq limit ${params.limit + 1}`,
    )
    const page = pageOf(call, rows, params.limit, (row) => [row.seq], world.workspace.loose_ids)
    return {
      action_attempts: page.rows.map((row) => presentActionAttempt(world, row)),
      pagination: page.pagination,
    }
  },
})

export const actionAttemptEndpoints = [get, list]
