import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { pinActionAttempt } from '../../sim/action-attempts/attempts.ts'
import { notFound } from '../../sim/kernel/errors.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { workspaceWith } from './workspaces.ts'

const named = once(() => ({ action_attempt_id: z.string() }))

const update = defineEndpoint({
  path: '/_fake/update_action_attempt',
  methods: ['POST', 'PATCH'],
  auth: [],
  summary: 'Puts an action attempt into a state, in which it then stays.',
  effect: 'unscoped',
  params: () =>
    z.union([
      z.object({ ...named(), status: z.literal('pending') }),
      z.object({
        ...named(),
        status: z.literal('success'),
        result: z.record(z.string(), z.unknown()).nullish(),
      }),
      z.object({
        ...named(),
        status: z.literal('error'),
        error: z.object({ type: z.string(), message: z.string() }),
      }),
    ]),
  result: () => ({}),
  handler: ({ universe }, params) => {
    const { action_attempt_id } = params
    const workspace_id = workspaceWith(
      universe,
      (world) => world.action_attempts.get(action_attempt_id) !== undefined,
    )
    if (workspace_id === undefined) throw notFound('action_attempt', { action_attempt_id })
    universe.write(workspace_id, (world) => {
      if (params.status === 'pending') {
        pinActionAttempt(world, action_attempt_id, { status: 'pending' })
      } else if (params.status === 'success') {
        const result = params.result ?? {}
        pinActionAttempt(world, action_attempt_id, { status: 'success', result })
      } else {
        pinActionAttempt(world, action_attempt_id, { status: 'error', error: params.error })
      }
    })
    return {}
  },
})

export const fakeActionAttemptEndpoints = [update]
