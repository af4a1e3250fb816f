import { z } from 'zod'
import { statusOf } from '../../sim/access-codes/lifecycle.ts'
import { lockView } from '../../sim/locks/lock-view.ts'
import { reconciledLock } from '../../sim/access-codes/reconciled-lock.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { domainError, invalidInput, notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { formatDuration } from '../../lib/duration.ts'
import { answerRoute } from './endpoint.ts'
import { reasonsFor } from './reasons.ts'
import { waitUntilRoute, waitedStatuses } from '../../contract/wait-until.ts'
import { presentAccessCode, presentUnmanagedAccessCode } from '../seam/access-codes/wire.ts'
import { presentActionAttempt } from '../seam/action-attempts/wire.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'
import { accessCode, unmanagedAccessCode } from '../seam/access-codes/wire.ts'
import { actionAttempt } from '../seam/action-attempts/wire.ts'
import { device, unmanagedDevice } from '../seam/devices/wire.ts'
import { and, eq, is, jsonAt, where } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'

const ofAttempt = where(events, ['device_id', 'event_type', 'body'], (c, its) =>
  and(
    eq(c.device_id, its.device_id),
    eq(c.event_type, its.event_type),
    eq(jsonAt(c.body, '$.action_attempt_id'), its.body),
  ),
)
const ofDevice = is(events.device_id)
const ofCode = is(events.access_code_id)
const ofType = is(events.event_type)

type Params = z.output<ReturnType<typeof waitUntilRoute.params>>

/** Refuses a status that the thing cannot have: it would be waited for in vain. */
const requireStatus = ({ access_code_id, action_attempt_id, status }: Params): void => {
  if (status === undefined) return
  const [what, known]: [string, readonly string[]] =
    access_code_id !== undefined
      ? ['An access code', waitedStatuses.access_code]
      : action_attempt_id !== undefined
        ? ['An action attempt', waitedStatuses.action_attempt]
        : ['A device', waitedStatuses.device]
  if (!known.includes(status))
    throw invalidInput('status', `${what} has no status "${status}". Known: ${known.join(', ')}`)
}

/** The status of the thing that is waited for; `deleted` when it is gone. */
const statusNow = (
  world: World,
  { access_code_id, action_attempt_id, device_id }: Params,
): string => {
  if (access_code_id !== undefined) {
    const code = world.access_codes.get(access_code_id)
    const view = code && lockView(world, code.device_id)
    return code === undefined || view === null || view === undefined
      ? 'deleted'
      : statusOf(code, reconciledLock(view), world.settings, world.now)
  }
  if (action_attempt_id !== undefined)
    return world.action_attempts.get(action_attempt_id)?.status ?? 'deleted'
  const device = world.devices.get(device_id ?? '')
  if (device === undefined) return 'deleted'
  return device.offline_cause === null ? 'online' : 'offline'
}

/** The first event of the wanted type about the thing. */
const eventOf = (
  world: World,
  { access_code_id, action_attempt_id, device_id, event_type }: Params,
) => {
  if (event_type === undefined) return undefined
  if (action_attempt_id !== undefined) {
    const attempt = world.action_attempts.get(action_attempt_id)
    return world.events.first(
      ofAttempt({ device_id: attempt?.device_id ?? '', event_type, body: action_attempt_id }),
      { limit: 1 },
    )
  }
  const about = access_code_id === undefined ? ofDevice(device_id ?? '') : ofCode(access_code_id)
  return world.events.first([about, ofType(event_type)], { limit: 1 })
}

/** Refuses ids of things that never were; what is gone has left its events behind. */
const requireSubject = (
  world: World,
  { access_code_id, action_attempt_id, device_id }: Params,
): void => {
  if (device_id !== undefined && !world.events.has(ofDevice(device_id)))
    requireDevice(world, device_id)
  if (action_attempt_id !== undefined && !world.action_attempts.get(action_attempt_id))
    throw notFound('action_attempt', { action_attempt_id })
  if (
    access_code_id !== undefined &&
    !world.access_codes.get(access_code_id) &&
    !world.events.has(ofCode(access_code_id))
  )
    throw notFound('access_code', { access_code_id })
}

/**
 * Waits until a code, device or attempt has a status, an event about it was
 * recorded, or both where both are given. An event that was recorded before the call counts as well, since a
 * caller cannot know whether it came first; ask with `status` for what holds now.
 */
export const waitUntil = answerRoute(
  waitUntilRoute,
  {
    effect: 'async',
    handler: async (context, given) => {
      const { workspace_id, read, services } = context
      const subjects = [given.access_code_id, given.device_id, given.action_attempt_id].filter(
        (it) => it !== undefined,
      )
      if (subjects.length !== 1)
        throw invalidInput(
          'access_code_id',
          'Give exactly one of access_code_id, device_id and action_attempt_id',
        )
      const { status, event_type } = given
      if (status === undefined && event_type === undefined)
        throw invalidInput('status', 'Give status or event_type, or both')
      requireStatus(given)
      read((world) => requireSubject(world, given))
      const found = await services.waitUntil(
        workspace_id,
        (world) => {
          if (status !== undefined && statusNow(world, given) !== status) return undefined
          if (event_type === undefined) return {}
          const event = eventOf(world, given)
          return event && { event: z.looseObject({}).parse(JSON.parse(event.body)) }
        },
        given.timeout,
        context.signal,
      )
      return read((world) => {
        if (found === undefined) {
          const now = statusNow(world, given)
          const missing = [
            ...(status === undefined || status === now ? [] : [`its status is not ${status}`]),
            ...(event_type === undefined || eventOf(world, given) !== undefined
              ? []
              : [`no event ${event_type} was recorded`]),
          ]
          const reasons = reasonsFor(world, given)
          throw domainError(
            'wait_timeout',
            `After ${formatDuration(given.timeout)} of workspace time (it is now ${toIso(world.now)}) ${missing.join(' and ')}; its status is ${now}. ${reasons.join(' ')}`.trim(),
            { data: { status: now, reasons } },
          )
        }
        return { ...presentSubject(world, given), ...found }
      })
    },
  },
  {
    exact: () => ({
      access_code: z.union([accessCode(), unmanagedAccessCode()]).optional(),
      device: z.union([device(), unmanagedDevice()]).optional(),
      action_attempt: actionAttempt().optional(),
    }),
  },
)

const presentSubject = (world: World, { access_code_id, device_id, action_attempt_id }: Params) => {
  if (access_code_id !== undefined) {
    const code = world.access_codes.get(access_code_id)
    if (code === undefined) return {}
    const present = code.is_managed ? presentAccessCode : presentUnmanagedAccessCode
    return { access_code: present(world, code) }
  }
  if (action_attempt_id !== undefined) {
    const attempt = world.action_attempts.get(action_attempt_id)
    return attempt === undefined ? {} : { action_attempt: presentActionAttempt(world, attempt) }
  }
  const row = world.devices.get(device_id ?? '')
  if (row === undefined) return {}
  return { device: (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row) }
}
