/** Routes that start something which takes its time, and answer the action attempt. */
import type { z } from 'zod'
import type { ActionAttempt, ActionType } from '../../../db/tables/action-attempts.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { Auth, AuthMethod } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { AsyncContext, Method } from '../../http/endpoint.ts'
import { visibleDevice } from '../../http/visibility.ts'
import { actionAttempt, presentActionAttempt, presentStartedAttempt } from './wire.ts'

/**
 * The action attempt that a call has started; with `sync: true` once it has settled, or after 30
 * seconds. The parameter is in the OpenAPI document, the guides do not mention it, and Seam's own
 * fake-seam-connect answers the settled attempt.
 */
export const startedAttempt = async (
  { read, services, workspace_id }: AsyncContext,
  started: ActionAttempt,
  sync: unknown,
) => {
  if (sync !== true) return presentStartedAttempt(started)
  const { action_attempt_id } = started
  await services.outcomeOfActionAttempt(workspace_id, action_attempt_id)
  return read((world) =>
    presentActionAttempt(world, world.action_attempts.get(action_attempt_id) ?? started),
  )
}

interface Command<P extends z.ZodObject> {
  path: `/${string}`
  methods: readonly Method[]
  auth: readonly AuthMethod[]
  summary: string
  action_attempt_type: ActionType
  params: () => P
}

/** An endpoint that answers nothing but the action attempt. A parameter `sync` waits for its end. */
export const commandEndpoint = <P extends z.ZodObject>(
  spec: Command<P> & {
    start: (world: World, params: z.output<P>, auth: Auth) => ActionAttempt
  },
) =>
  defineEndpoint({
    ...spec,
    effect: 'async',
    result: () => ({ action_attempt: actionAttempt() }),
    handler: async (context, params) => {
      const started = context.write((world) => spec.start(world, params, context.auth))
      const sync = 'sync' in params && params['sync']
      return { action_attempt: await startedAttempt(context, started, sync) }
    },
  })

/** The same for a command to a device that the caller sees. */
export const deviceCommandEndpoint = <P extends z.ZodObject<{ device_id: z.ZodType<string> }>>(
  spec: Omit<Command<P>, 'methods'> & {
    methods?: readonly Method[]
    run: (world: World, params: z.output<P> & { device_id: string }) => ActionAttempt
  },
) =>
  commandEndpoint({
    methods: ['POST'],
    ...spec,
    start: (world, params, auth) => {
      const { device_id } = visibleDevice(world, auth, params.device_id)
      return spec.run(world, { ...params, device_id })
    },
  })
