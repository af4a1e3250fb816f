import { desc, inTable, is, orderBy } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { webhook_deliveries } from '../../db/tables/webhooks.ts'
import { explainAccessCode } from '../../sim/access-codes/explain.ts'
import type { World } from '../../sim/kernel/world.ts'
import { buildTimeline } from '../../sim/timeline/build.ts'
import type { Services } from '../http/services.ts'
import { answerRoute } from './endpoint.ts'
import { accessCodeRoutes } from '../../contract/access-codes.ts'
import { causesOf, presentEvent } from './events.ts'
import { presentCall } from './requests.ts'
import { presentCode } from './timeline.ts'
import { presentDelivery } from './webhook-deliveries.ts'

const MOST = 500

const ofCode = is(events.access_code_id)
const ofEvents = inTable(webhook_deliveries.event_id, events.event_id)
const latestFirst = orderBy(events, (c) => [desc(c.seq)])
const latestSent = orderBy(webhook_deliveries, (c) => [desc(c.seq)])

const eventsOf = (world: World, id: string) =>
  world.events.all(ofCode(id), { order: latestFirst, limit: MOST }).reverse()

const toldEvents = (services: Services, world: World, access_code_id: string) => {
  const causeOf = causesOf(services, world.workspace_id)
  return eventsOf(world, access_code_id).map((row) => presentEvent(world, row, causeOf))
}

/** From its first trace to its end. */
const lifeOf = (world: World, access_code_id: string) => {
  const code = world.access_codes.get(access_code_id)
  const first = world.events.first(ofCode(access_code_id), { limit: 1 })
  const from = Math.min(code?.created_at ?? world.now, first?.created_at ?? world.now)
  const to = Math.max(world.now, code?.ends_at ?? world.now) + 1
  const { codes } = buildTimeline(world, {
    from,
    to,
    device_id: undefined,
    access_code_id,
    limit: Infinity,
  })
  const [life] = codes
  return life === undefined ? null : presentCode(life)
}

const requestsOf = ({ journal }: Services, world: World, access_code_id: string) => {
  const its = new Set(eventsOf(world, access_code_id).map(({ event_id }) => event_id))
  return journal
    .list(world.workspace_id, 'all')
    .filter(
      ({ body, query, event_ids }) =>
        body.includes(access_code_id) ||
        query.includes(access_code_id) ||
        event_ids.some((id) => its.has(id)),
    )
    .map(presentCall)
}

const deliveriesOf = (world: World, access_code_id: string) =>
  world.webhook_deliveries
    .all(ofEvents(ofCode(access_code_id)), { order: latestSent, limit: MOST })
    .reverse()
    .map((row) => presentDelivery(world, row))

const explain = answerRoute(accessCodeRoutes.explain, {
  effect: 'read',
  handler: ({ world, services }, { access_code_id, with: wanted = [] }) => ({
    explanation: {
      access_code_id,
      ...explainAccessCode(world, access_code_id),
      ...(wanted.includes('timeline') && { timeline: lifeOf(world, access_code_id) }),
      ...(wanted.includes('events') && {
        events: toldEvents(services, world, access_code_id),
      }),
      ...(wanted.includes('requests') && {
        requests: requestsOf(services, world, access_code_id),
      }),
      ...(wanted.includes('deliveries') && { deliveries: deliveriesOf(world, access_code_id) }),
    },
  }),
})

export const accessCodeControlEndpoints = [explain]
