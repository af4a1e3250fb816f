import { z } from 'zod'
import type { webhook_attempts, webhook_deliveries } from '../../db/schema.ts'
import { toIso } from '../../sim/instant.ts'
import { resendEvent } from '../../sim/webhooks/resend.ts'
import type { World } from '../../sim/world.ts'
import { serverAuth } from '../auth.ts'
import { defineEndpoint } from '../endpoint.ts'

const attemptShape = z.strictObject({
  attempt: z.number(),
  attempted_at: z.string(),
  /** Milliseconds of real time from sending to the answer. */
  duration: z.number(),
  status: z.number().nullable(),
  response_body: z.string().nullable(),
  error: z.string().nullable(),
  fault_id: z.string().nullable(),
})

const deliveryShape = z.strictObject({
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
  attempts: z.array(attemptShape),
})

type Delivery = typeof webhook_deliveries.$inferSelect

const presentAttempt = (
  row: typeof webhook_attempts.$inferSelect,
): z.input<typeof attemptShape> => ({
  attempt: row.attempt,
  attempted_at: toIso(row.attempted_at),
  duration: row.duration,
  status: row.status,
  response_body: row.response_body,
  error: row.error,
  fault_id: row.fault_id,
})

const present = (world: World, row: Delivery): z.input<typeof deliveryShape> => ({
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

const list = defineEndpoint({
  path: '/_emulator/webhook_deliveries/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary:
    'Messages to webhooks with every attempt to deliver them; the latest ones, oldest first.',
  effect: 'read',
  params: z.strictObject({
    webhook_id: z.string().optional(),
    event_id: z.string().optional(),
    limit: z.number().int().min(1).max(10_000).default(500),
  }),
  result: { webhook_deliveries: z.array(deliveryShape) },
  handler: ({ world }, { webhook_id, event_id, limit }) => {
    const conditions = [
      ...(webhook_id === undefined ? [] : [['webhook_id = ?', webhook_id] as const]),
      ...(event_id === undefined ? [] : [['event_id = ?', event_id] as const]),
    ]
    const rows = world.webhook_deliveries.all(
      conditions.map(([sql]) => sql).join(' and ') || 'true',
      conditions.map(([, value]) => value),
      `order by seq desc limit ${limit}`,
    )
    return { webhook_deliveries: rows.toReversed().map((row) => present(world, row)) }
  },
})

const resend = defineEndpoint({
  path: '/_emulator/webhook_deliveries/resend',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Sends an event again as the same message; answers when it has been attempted.',
  effect: 'async',
  params: z.strictObject({ event_id: z.string(), webhook_id: z.string().optional() }),
  result: { webhook_delivery: deliveryShape },
  handler: async ({ workspace_id, read, write, services }, { event_id, webhook_id }) => {
    const { seq } = write((world) => resendEvent(world, event_id, webhook_id))
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
