import { z } from 'zod'
import { asc, desc, is, orderBy } from '../../../db/conditions.ts'
import { bodyOf } from '../../../db/tables/event-body.ts'
import { events } from '../../../db/tables/events.ts'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import { createTableLists } from '../../answers/list-cache.ts'
import { anyClient } from '../../http/auth.ts'
import { rawAnswer } from '../../http/answer.ts'
import type { Answer } from '../../http/answer.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { WorldContext } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { conditionsOf, listParams, visible } from './find.ts'
import type { ListParams } from './find.ts'
import { event } from './wire.ts'

const oldestFirst = orderBy(events, (c) => [asc(c.created_at), asc(c.seq)])
const newestFirst = orderBy(events, (c) => [desc(c.created_at), desc(c.seq)])
const withId = is(events.event_id)
const ofType = is(events.event_type)
const ofDevice = is(events.device_id)

const json = { 'content-type': 'application/json' }

/**
 * The last list of each workspace: whoever waits for an event asks for the same one again and again.
 * Filters look at the other tables as well.
 */
const kept = createTableLists<Answer>(
  ['events', 'access_grants', 'connected_accounts', 'devices', 'spaces', 'user_identities'],
  undefined,
  1,
)

const listed = (
  { world, auth }: Pick<WorldContext, 'world' | 'auth'>,
  params: ListParams,
): Answer => {
  const rows = world.events.all([...conditionsOf(world, params), ...visible(auth)], {
    // The vendor's fake never sorts, so its world has the oldest first.
    order: world.workspace.loose_ids ? oldestFirst : newestFirst,
    limit: params.limit,
    offset: params.unstable_offset,
  })
  const bodies = rows.map((row) => bodyOf(world, row))
  return rawAnswer(200, json, `{"events":[${bodies.join(',')}],"ok":true}`)
}

const list = defineEndpoint({
  path: '/events/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Events since an instant, or between two and at neither; newest first.',
  effect: 'read',
  params: listParams,
  result: () => ({ events: z.array(event()) }),
  handler: (call, params) => kept(call, params, () => listed(call, params)),
})

const get = defineEndpoint({
  path: '/events/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One event by its id, or the latest of a type or device.',
  effect: 'read',
  params: () =>
    z.object({
      event_id: id().optional(),
      event_type: z.string().optional(),
      device_id: id().optional(),
    }),
  result: () => ({ event: event().optional(), message: z.string().optional() }),
  handler: ({ world, auth }, { event_id, event_type, device_id }) => {
    const conditions = visible(auth)
    if (event_id !== undefined) conditions.push(withId(event_id))
    if (event_type !== undefined) conditions.push(ofType(event_type))
    if (device_id !== undefined) conditions.push(ofDevice(device_id))
    if (event_id === undefined && event_type === undefined && device_id === undefined) {
      throw invalidInput('event_id', 'Give event_id, event_type or device_id')
    }
    const found = world.events.first(conditions, { order: newestFirst, limit: 1 })
    // The real service answers 200 without an event (legacy Python SDK recordings).
    if (found === undefined) return { message: 'No event found' }
    return rawAnswer(200, json, `{"event":${bodyOf(world, found)},"ok":true}`)
  },
})

export const eventEndpoints = [list, get]
