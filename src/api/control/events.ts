import { z } from 'zod'
import { eventRoutes } from '../../contract/events.ts'
import { asc, desc, gt, is, lt, oneOf, orderBy, where } from '../../db/conditions.ts'
import type { Filter } from '../../db/conditions.ts'
import { bodyOf } from '../../db/tables/event-body.ts'
import { events } from '../../db/tables/events.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Services } from '../http/services.ts'
import { answerRoute } from './endpoint.ts'
import { cursorOf, pageOf } from './paging.ts'

const ofDevice = is(events.device_id)
const ofCode = is(events.access_code_id)
const ofTypes = oneOf(events.event_type)
const later = where(events, ['seq'], (c, its) => gt(c.seq, its.seq))
const earlier = where(events, ['seq'], (c, its) => lt(c.seq, its.seq))
const oldestFirst = orderBy(events, (c) => [asc(c.seq)])
const newestFirst = orderBy(events, (c) => [desc(c.seq)])

/** Which call caused which event, as far as calls are kept. */
export const causesOf = (
  { journal }: Services,
  workspace_id: string,
): ReadonlyMap<string, string> =>
  new Map(
    journal
      .list(workspace_id, 'all')
      .flatMap(({ request_id, event_ids }) => event_ids.map((id) => [id, request_id] as const)),
  )

export const presentEvent = (
  world: World,
  row: typeof events.$inferSelect,
  causeOf: ReadonlyMap<string, string>,
) => ({
  event_id: row.event_id,
  event_type: row.event_type,
  at: toIso(row.created_at - (row.ahead ?? 0)),
  occurred_at: toIso(row.occurred_at),
  device_id: row.device_id,
  access_code_id: row.access_code_id,
  request_id: causeOf.get(row.event_id) ?? null,
  event: z.looseObject({}).parse(JSON.parse(bodyOf(world, row))),
})

const list = answerRoute(eventRoutes.list, {
  effect: 'read',
  handler: ({ world, services }, { device_id, access_code_id, event_type, ...choice }) => {
    const { order = 'asc', limit } = choice
    const seq = cursorOf(choice)
    const filters: Filter<'events'>[] = []
    if (device_id !== undefined) filters.push(ofDevice(device_id))
    if (access_code_id !== undefined) filters.push(ofCode(access_code_id))
    if (event_type !== undefined) filters.push(ofTypes([event_type].flat()))
    if (seq !== null) filters.push((order === 'asc' ? later : earlier)({ seq }))
    const rows = world.events.all(filters, {
      order: order === 'asc' ? oldestFirst : newestFirst,
      limit: limit + 1,
    })
    const { page, next } = pageOf(rows, limit, (row) => row.seq)
    const causeOf = causesOf(services, world.workspace_id)
    return {
      events: page.map((row) => presentEvent(world, row, causeOf)),
      next,
    }
  },
})

export const eventControlEndpoints = [list]
