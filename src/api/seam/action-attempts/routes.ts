import { z } from 'zod'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { actionAttempt, presentActionAttempt } from './wire.ts'
import { pagination } from '../../http/pagination.ts'
import { seesDevice } from '../../http/visibility.ts'
import { is, oneOf, above } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { action_attempts } from '../../../db/tables/action-attempts.ts'

const ofDevice = is(action_attempts.device_id)
const withIds = oneOf(action_attempts.action_attempt_id)
const after = above(action_attempts.seq)

const get = defineEndpoint({
  path: '/action_attempts/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One action attempt. A frozen clock leaps to the instant at which it settles.',
  effect: 'async',
  params: () => z.object({ action_attempt_id: id() }),
  result: () => ({ action_attempt: actionAttempt() }),
  // SDKs poll on wall-clock time and give up after seconds, so frozen time must not keep them waiting.
  handler: async ({ auth, read, services, workspace_id }, { action_attempt_id }) => {
    const find = (world: World) => {
      const attempt = world.action_attempts.get(action_attempt_id)
      const device = world.devices.get(attempt?.device_id ?? '')
      const isVisible = device === undefined || seesDevice(auth, device)
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
    const conditions: Filter<'action_attempts'>[] = []
    if (params.device_id !== undefined) conditions.push(ofDevice(params.device_id))
    if (params.action_attempt_ids !== undefined) conditions.push(withIds(params.action_attempt_ids))
    const page = pageOfRows(call, world.action_attempts, conditions, { ...params, after })
    return {
      action_attempts: page.rows.map((row) => presentActionAttempt(world, row)),
      pagination: page.pagination,
    }
  },
})

export const actionAttemptEndpoints = [get, list]
