import type { Delivery, WebhookAttempt } from '../../db/tables/webhooks.ts'
import { invalidInput, notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { resendEvent } from '../../sim/webhooks/resend.ts'
import type { World } from '../../sim/kernel/world.ts'
import { cursorOf, latest, pageOf } from './paging.ts'
import type { PageChoice } from './paging.ts'
import { answerRoute } from './endpoint.ts'
import type { Delivery as DeliveryAnswer } from '../../contract/webhooks.ts'
import { webhookDeliveryRoutes } from '../../contract/webhooks.ts'
import type { Filter } from '../../db/conditions.ts'
import {
  and,
  asc,
  desc,
  eq,
  gt,
  inTable,
  is,
  lt,
  oneOf,
  orderBy,
  where,
} from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { webhook_deliveries, webhook_attempts } from '../../db/tables/webhooks.ts'

const ofDelivery = where(webhook_attempts, ['event_id', 'delivery_seq'], (c, its) =>
  and(eq(c.event_id, its.event_id), eq(c.delivery_seq, its.delivery_seq)),
)
const ofEvents = inTable(webhook_deliveries.event_id, events.event_id)
const ofTypes = oneOf(events.event_type)
const toWebhook = is(webhook_deliveries.webhook_id)
const ofEvent = is(webhook_deliveries.event_id)
const withMessage = is(webhook_deliveries.message_id)
const later = where(webhook_deliveries, ['seq'], (c, its) => gt(c.seq, its.seq))
const earlier = where(webhook_deliveries, ['seq'], (c, its) => lt(c.seq, its.seq))
const oldestFirst = orderBy(webhook_deliveries, (c) => [asc(c.seq)])
const latestFirst = orderBy(webhook_deliveries, (c) => [desc(c.seq)])

const presentAttempt = (row: WebhookAttempt): DeliveryAnswer['attempts'][number] => ({
  attempt: row.attempt,
  attempted_at: toIso(row.attempted_at),
  duration: row.duration,
  status: row.status,
  response_body: row.response_body,
  error: row.error,
  fault_id: row.fault_id,
})

export const presentDelivery = (world: World, row: Delivery): DeliveryAnswer => ({
  message_id: row.message_id,
  webhook_id: row.webhook_id,
  event_id: row.event_id,
  event_type: world.events.get(row.event_id)?.event_type ?? null,
  state: row.state,
  next_attempt_at: row.state === 'pending' ? toIso(row.due_at) : null,
  held_by: row.held_by,
  created_at: toIso(row.created_at),
  attempts: world.webhook_attempts
    .all(ofDelivery({ event_id: row.event_id, delivery_seq: row.seq }))
    .map(presentAttempt),
})

interface Wished extends Omit<PageChoice, 'order'> {
  order: PageChoice['order'] | undefined
}

const pageOfRows = (
  world: World,
  conditions: readonly Filter<'webhook_deliveries'>[],
  { order, after, limit }: Wished,
): { rows: Delivery[]; next: string | null } => {
  const { webhook_deliveries: all } = world
  if (order === undefined) {
    const rows = latest(all.all(conditions, { order: latestFirst, limit }).reverse(), {
      after,
      limit,
    })
    return { rows, next: null }
  }
  const seq = cursorOf({ after })
  const from = seq === null ? [] : [(order === 'asc' ? later : earlier)({ seq })]
  const found = all.all([...conditions, ...from], {
    order: order === 'asc' ? oldestFirst : latestFirst,
    limit: limit + 1,
  })
  const { page, next } = pageOf(found, limit, (row) => row.seq)
  return { rows: page, next }
}

const USUAL = 500

/** The latest ones, the oldest of them first. */
export const latestDeliveries = (world: World): DeliveryAnswer[] =>
  pageOfRows(world, [], { order: undefined, limit: USUAL }).rows.map((row) =>
    presentDelivery(world, row),
  )

const list = answerRoute(webhookDeliveryRoutes.list, {
  effect: 'read',
  handler: ({ world }, { webhook_id, event_id, event_type, order, after, limit }) => {
    const conditions: Filter<'webhook_deliveries'>[] = []
    if (webhook_id !== undefined) conditions.push(toWebhook(webhook_id))
    if (event_id !== undefined) conditions.push(ofEvent(event_id))
    if (event_type !== undefined) conditions.push(ofEvents(ofTypes([event_type].flat())))
    const { rows, next } = pageOfRows(world, conditions, { order, after, limit })
    return { webhook_deliveries: rows.map((row) => presentDelivery(world, row)), next }
  },
})

interface Wanted {
  event_id?: string | undefined
  webhook_id?: string | undefined
  message_id?: string | undefined
}

/** The event, and the webhook if one is named; a message is of one event and one webhook. */
const wantedOf = (
  world: World,
  { event_id, webhook_id, message_id }: Wanted,
): [event_id: string, webhook_id: string | undefined] => {
  if (event_id !== undefined && message_id === undefined) return [event_id, webhook_id]
  if (message_id === undefined || event_id !== undefined || webhook_id !== undefined)
    throw invalidInput('event_id', 'Give event_id, with webhook_id or without, or only message_id')
  const sent = world.webhook_deliveries.first(withMessage(message_id), { limit: 1 })
  if (sent === undefined) throw notFound('message', { message_id })
  return [sent.event_id, sent.webhook_id]
}

const resend = answerRoute(webhookDeliveryRoutes.resend, {
  effect: 'async',
  handler: async ({ workspace_id, read, write, services }, given) => {
    const { seq } = write((world) => resendEvent(world, ...wantedOf(world, given)))
    await services.deliverDue(workspace_id)
    return {
      webhook_delivery: read((world) => {
        const row = world.webhook_deliveries.get(String(seq))
        if (row === undefined) throw new Error(`The delivery ${seq} is gone`)
        return presentDelivery(world, row)
      }),
    }
  },
})

export const webhookDeliveryEndpoints = [list, resend]
