import { z } from 'zod'
import { domainError, invalidInput } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { formatDuration } from '../../lib/duration.ts'
import { waitUntilRoute, waitedIds } from '../../contract/wait-until.ts'
import { is } from '../../db/conditions.ts'
import { bodyOf } from '../../db/tables/event-body.ts'
import { events } from '../../db/tables/events.ts'
import { accessCode, unmanagedAccessCode } from '../seam/access-codes/wire.ts'
import { accessGrant } from '../seam/access-grants/wire.ts'
import { accessMethod } from '../seam/access-methods/wire.ts'
import { acsCredential } from '../seam/acs-credentials/wire.ts'
import { acsEntrance } from '../seam/acs-entrances/wire.ts'
import { acsUser } from '../seam/acs-users/wire.ts'
import { actionAttempt } from '../seam/action-attempts/wire.ts'
import { device, unmanagedDevice } from '../seam/devices/wire.ts'
import { thermostatSchedule } from '../seam/thermostats/wire.ts'
import { answerRoute } from './endpoint.ts'
import { reasonsFor } from './reasons.ts'
import { waited } from './waited.ts'

const ofType = is(events.event_type)

type Params = z.output<ReturnType<typeof waitUntilRoute.params>>

/** The one thing that is waited for. */
const subjectOf = (given: Params) => {
  const [found, another] = waitedIds.flatMap((name) => {
    const id = given[name]
    return id === undefined ? [] : [{ id, kind: waited[name] }]
  })
  if (found !== undefined && another === undefined) return found
  const names = `${waitedIds.slice(0, -1).join(', ')} and ${waitedIds.at(-1) ?? ''}`
  throw invalidInput('access_code_id', `Give exactly one of ${names}`)
}

type Subject = ReturnType<typeof subjectOf>

/** Refuses a status that the thing cannot have: it would be waited for in vain. */
const requireStatus = ({ kind }: Subject, status: string | undefined): void => {
  const { what, statuses } = kind
  if (status !== undefined && !statuses.includes(status))
    throw invalidInput('status', `${what} has no status "${status}". Known: ${statuses.join(', ')}`)
}

/** The first event of the wanted type about the thing. */
const eventOf = (world: World, { id, kind }: Subject, event_type: string | undefined) =>
  event_type === undefined
    ? undefined
    : world.events.first([kind.events(world, id), ofType(event_type)], { limit: 1 })

/** Refuses ids of things that never were; what is gone has left its events behind. */
const requireSubject = (world: World, { id, kind }: Subject): void => {
  if (!kind.isThere(world, id) && !world.events.has(kind.events(world, id))) kind.refuse(world, id)
}

/** What is not so yet, and why. */
const timedOut = (world: World, given: Params, subject: Subject) => {
  const { status, event_type, timeout } = given
  const now = subject.kind.status(world, subject.id)
  const missing = [
    ...(status === undefined || status === now ? [] : [`its status is not ${status}`]),
    ...(event_type === undefined || eventOf(world, subject, event_type) !== undefined
      ? []
      : [`no event ${event_type} was recorded`]),
  ]
  const reasons = reasonsFor(world, given)
  return domainError(
    'wait_timeout',
    `After ${formatDuration(timeout)} of workspace time (it is now ${toIso(world.now)}) ${missing.join(' and ')}; its status is ${now}. ${reasons.join(' ')}`.trim(),
    { data: { status: now, reasons } },
  )
}

/**
 * Waits until a thing has a status, an event about it was recorded, or both where both are given. An
 * event that was recorded before the call counts as well, since a caller cannot know whether it came
 * first; ask with `status` for what holds now.
 */
export const waitUntil = answerRoute(
  waitUntilRoute,
  {
    effect: 'async',
    handler: async (context, given) => {
      const { workspace_id, read, services } = context
      const { status, event_type } = given
      const subject = subjectOf(given)
      if (status === undefined && event_type === undefined)
        throw invalidInput('status', 'Give status or event_type, or both')
      requireStatus(subject, status)
      read((world) => requireSubject(world, subject))
      const { id, kind } = subject
      const found = await services.waitUntil(
        workspace_id,
        (world) => {
          if (status !== undefined && kind.status(world, id) !== status) return undefined
          if (event_type === undefined) return {}
          const event = eventOf(world, subject, event_type)
          return event && { event: z.looseObject({}).parse(JSON.parse(bodyOf(world, event))) }
        },
        given.timeout,
        context.hangUp(),
      )
      return read((world) => {
        if (found === undefined) throw timedOut(world, given, subject)
        return { ...kind.present(world, id), ...found }
      })
    },
  },
  {
    exact: () => ({
      access_code: z.union([accessCode(), unmanagedAccessCode()]).optional(),
      device: z.union([device(), unmanagedDevice()]).optional(),
      action_attempt: actionAttempt().optional(),
      access_grant: accessGrant().optional(),
      access_method: accessMethod().optional(),
      acs_user: acsUser().optional(),
      acs_credential: acsCredential().optional(),
      acs_entrance: acsEntrance().optional(),
      thermostat_schedule: thermostatSchedule().optional(),
    }),
  },
)
