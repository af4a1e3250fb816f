import type { Delivery, WebhookAttempt } from '../../db/tables/webhooks.ts'
import { invalidInput, notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { resendEvent } from '../../sim/webhooks/resend.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'
import type { Delivery as DeliveryAnswer } from '../../contract/webhooks.ts'
import { webhookDeliveryRoutes } from '../../contract/webhooks.ts'
import type { Condition } from '../http/conditions.ts'

const presentAttempt = (row: WebhookAttempt): DeliveryAnswer['attempts'][number] => ({
  attempt: row.attempt,
  attempted_at: toIso(row.attempted_at),
  duration: row.duration,
  status: row.status,
  response_body: row.response_body,
  error: row.error,
  fault_id: row.fault_id,
})

const present = (world: World, row: Delivery): DeliveryAnswer => ({
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

const list = answerRoute(webhookDeliveryRoutes.list, {
  effect: 'read',
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

const resend = answerRoute(webhookDeliveryRoutes.resend, {
  effect: 'async',
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
