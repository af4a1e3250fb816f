import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { doctorRoute } from '../../contract/doctor.ts'
import { seamEvent } from '../../contract/seam.ts'
import { and, asc, desc, eq, isNotNull, orderBy, where } from '../../db/conditions.ts'
import { bodyOf } from '../../db/tables/event-body.ts'
import { automation_runs } from '../../db/tables/automations.ts'
import { events } from '../../db/tables/events.ts'
import type { Evidence, EvidentEvent } from '../../doctor/evidence.ts'
import type { Prober } from '../../doctor/probe.ts'
import type { World } from '../../sim/kernel/world.ts'
import { resendEvent } from '../../sim/webhooks/resend.ts'
import type { AsyncContext } from '../http/endpoint.ts'
import { presentClock } from './clock.ts'
import { answerRoute } from './endpoint.ts'
import { presentCall } from './requests.ts'
import { latestDeliveries } from './webhook-deliveries.ts'

/** More than these are not looked at: the latest are. */
const MOST_EVENTS = 10_001
const MOST_RUNS = 500

const codesOfMethods = where(events, [], (c) =>
  and(isNotNull(c.access_method_id), isNotNull(c.access_code_id)),
)
const bySuccess = where(automation_runs, ['success'], (c, its) => eq(c.success, its.success))
const latestFirst = orderBy(events, (c) => [desc(c.seq)])
const oldestRuns = orderBy(automation_runs, (c) => [asc(c.seq)])

const callsOf = ({ services, workspace_id }: AsyncContext) =>
  services.journal.list(workspace_id, 'integration').map(presentCall)

const runsWith = (world: World, success: boolean) =>
  world.automation_runs.all(bySuccess({ success }), { order: oldestRuns, limit: MOST_RUNS })

/** What the automations of pushed stays could not do, and what they left as it was. */
const runsOf = (world: World): Pick<Evidence, 'failed_runs' | 'skipped_runs'> => ({
  failed_runs: runsWith(world, false).map(({ stay_key, rule, error }) => ({
    partner_key: stay_key,
    rule,
    error,
  })),
  skipped_runs: runsWith(world, true).flatMap(({ stay_key, message }) =>
    message?.startsWith('Skipped') === true ? [{ partner_key: stay_key, message }] : [],
  ),
})

/** The codes that methods of grants have or had: their events do not say so. */
const codesOfGrants = (world: World): Set<string> =>
  new Set(
    world.events
      .column('access_code_id', codesOfMethods())
      .flatMap((id) => (typeof id === 'string' ? [id] : [])),
  )

/** Devices that live by the clock on their wall, where nobody knows which that is. */
const devicesWithoutZone = (world: World): Set<string> =>
  new Set(
    [...world.thermostats.all(), ...world.noise_sensors.all()].flatMap(({ device_id }) =>
      world.devices.get(device_id)?.location?.time_zone === undefined ? [device_id] : [],
    ),
  )

/** What is special to events of thermostats. */
const ofThermostat = once(() =>
  z.object({ method: z.string().optional(), thermostat_schedule_id: z.string().nullish() }),
)

const eventOf = (body: string): EvidentEvent => ({
  ...seamEvent().parse(JSON.parse(body)),
  ...ofThermostat().parse(JSON.parse(body)),
})

const evidenceOf = (
  context: AsyncContext,
  world: World,
  accessSystemsOf: (world: World) => Evidence['access_systems'],
): Evidence => ({
  requests: callsOf(context),
  events: world.events
    .all(undefined, { order: latestFirst, limit: MOST_EVENTS })
    .toReversed()
    .map((row) => eventOf(bodyOf(world, row))),
  webhooks: world.webhooks.all(),
  deliveries: latestDeliveries(world),
  failed_jobs: presentClock(world, context.services).failed_jobs,
  ...runsOf(world),
  codes_of_grants: codesOfGrants(world),
  access_systems: accessSystemsOf(world),
  devices_without_zone: devicesWithoutZone(world),
})

const proberOf = (context: AsyncContext, hungUp = context.hangUp()): Prober => ({
  post: async (url, headers, body) => {
    const { status, error } = await context.services.forge({ url, headers, body })
    return status ?? error ?? 'no answer'
  },
  resend: async (event_id, webhook_id) => {
    context.write((world) => resendEvent(world, event_id, webhook_id))
    await context.services.deliverDue(context.workspace_id)
  },
  calls: () => callsOf(context),
  pause: (ms) => context.services.pause(ms, hungUp),
})

export const doctor = answerRoute(doctorRoute, {
  effect: 'async',
  handler: async (context, { probe }) => {
    // Few ask, so it is loaded for the first who does.
    const { examine } = await import('../../doctor/examine.ts')
    const { accessSystemsOf } = await import('./doctor-acs.ts')
    const evidence = context.read((world) => evidenceOf(context, world, accessSystemsOf))
    const findings = await examine(evidence, probe ? proberOf(context) : null)
    return {
      findings,
      calls: evidence.requests.length,
      deliveries: evidence.deliveries.length,
    }
  },
})
