import { z } from 'zod'
import type { Delivery, WebhookAttempt } from '../../db/tables/webhooks.ts'
import { once } from '../../lib/once.ts'
import { invalidInput, notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { resendEvent } from '../../sim/webhooks/resend.ts'
import type { World } from '../../sim/kernel/world.ts'
import { serverAuth } from '../http/auth.ts'
import type { Condition } from '../http/conditions.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { eventTypeOrTypes } from '../seam/events/event-type.ts'

const attemptShape = once(() =>
  z.strictObject({
    attempt: z.number(),
    attempted_at: z.string(),
    /** Milliseconds of real time from sending to the answer. */
    duration: z.number(),
    status: z.number().nullable(),
    response_body: z.string().nullable(),
    error: z.string().nullable(),
    fault_id: z.string().nullable(),
  }),
)

const deliveryShape = once(() =>
  z.strictObject({
    /** What the receiver sees as `svix-id`: the same for every attempt and copy. */
    message_id: z.string(),
    webhook_id: z.string(),
    event_id: z.string(),
    event_type: z.string().nullable(),
    state: z.enum(['pending', 'delivered', 'failed', 'aborted', 'dropped']),
    /** When the next attempt is due; null when there is none to come. */
    next_attempt_at: z.string().nullable(),
    /** The fault that holds the next attempt back. */
    held_by: z.string().nullable(),
    created_at: z.string(),
    attempts: z.array(attemptShape()),
  }),
)

const presentAttempt = (row: WebhookAttempt): z.input<ReturnType<typeof attemptShape>> => ({
  attempt: row.attempt,
  attempted_at: toIso(row.attempted_at),
  duration: row.duration,
  status: row.status,
  response_body: row.response_body,
  error: row.error,
  fault_id: row.fault_id,
})

const present = (world: World, row: Delivery): z.input<ReturnType<typeof deliveryShape>> => ({
  message_id: row.message_id,
  webhook_id: row.webhook_id,
  event_id: row.event_id,
  event_type: world.events.get(row.event_id)?.event_type ?? null,
  state: row.state,
  next_attempt_at: row.state === 'pending' ? toIso(row.due_at) : null,
  held_by: row.held_by,
  created_at: toIso(row.created_at),
  attempts: world.webhook_attempts
    .all('event_id = ? and delivery_seq = ?', [row.event_id, row.seq], 'order by seq')
    .map(presentAttempt),
})

const ofTypes = (types: readonly string[]): Condition => [
  `exists (select 1 from events e where e.workspace_id = webhook_deliveries.workspace_id
    and e.event_id = webhook_deliveries.event_id
    and e.event_type in (select value from json_each(?)))`,
  JSON.stringify(types),
]

const list = defineEndpoint({
  path: '/_emulator/webhook_deliveries/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary:
    'Messages to webhooks with every attempt to deliver them; the latest ones, oldest first.',
  effect: 'read',
  params: () =>
    z.strictObject({
      webhook_id: z.string().optional(),
      event_id: z.string().optional(),
      event_type: eventTypeOrTypes().optional(),
      limit: z.number().int().min(1).max(10_000).default(500),
    }),
  result: () => ({ webhook_deliveries: z.array(deliveryShape()) }),
  handler: ({ world }, { webhook_id, event_id, event_type, limit }) => {
    const conditions: Condition[] = []
    if (webhook_id !== undefined) conditions.push(['webhook_id = ?', webhook_id])
    if (event_id !== undefined) conditions.push(['event_id = ?', event_id])
    if (event_type !== undefined) conditions.push(ofTypes([event_type].flat()))
    const rows = world.webhook_deliveries.all(
      conditions.map(([sql]) => sql).join(' and ') || 'true',
      conditions.flatMap(([, ...values]) => values),
      `order by seq desc limit ${limit}`,
    )
    return { webhook_deliveries: rows.toReversed().map((row) => present(world, row)) }
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
  const sent = world.webhook_deliveries.first('message_id = ?', [message_id], 'limit 1')
  if (sent === undefined) throw notFound('message', { message_id })
  return [sent.event_id, sent.webhook_id]
}

const resend = defineEndpoint({
  path: '/_emulator/webhook_deliveries/resend',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'Sends an event, or the message of a delivery, again as the same message; answers when it has been attempted.',
  effect: 'async',
  params: () =>
    z.strictObject({
      event_id: z.string().optional(),
      /** The only webhook that had the event, when not given. */
      webhook_id: z.string().optional(),
      message_id: z.string().optional(),
    }),
  result: () => ({ webhook_delivery: deliveryShape() }),
  handler: async ({ workspace_id, read, write, services }, given) => {
    const { seq } = write((world) => resendEvent(world, ...wantedOf(world, given)))
    await services.deliverDue(workspace_id)
    return {
      webhook_delivery: read((world) => {
        const row = world.webhook_deliveries.get(String(seq))
        if (row === undefined) throw new Error(`The delivery ${seq} is gone`)
        return present(world, row)
      }),
    }
  },
})

export const webhookDeliveryEndpoints = [list, resend]
