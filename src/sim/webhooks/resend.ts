import type { Delivery } from '../../db/tables/webhooks.ts'
import { addDelivery, firstDelivery } from '../events/outbox.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { requireWebhook } from './operations.ts'
import { and, eq, is, where } from '../../db/conditions.ts'
import { webhook_deliveries } from '../../db/tables/webhooks.ts'

const ofEvent = is(webhook_deliveries.event_id)
const ofEventTo = where(webhook_deliveries, ['event_id', 'webhook_id'], (c, its) =>
  and(eq(c.event_id, its.event_id), eq(c.webhook_id, its.webhook_id)),
)

/** The webhook that an event is to be sent to again: the given one, or the only one that had it. */
const receiverOf = (world: World, event_id: string, webhook_id: string | undefined): string => {
  if (webhook_id !== undefined) return requireWebhook(world, webhook_id).webhook_id
  const known = new Set(
    world.webhook_deliveries.all(ofEvent(event_id)).map((row) => row.webhook_id),
  )
  const [only] = known
  if (only !== undefined && known.size === 1) return requireWebhook(world, only).webhook_id
  throw domainError(
    'invalid_input',
    known.size === 0
      ? 'The event was sent to no webhook: give webhook_id'
      : `The event was sent to ${known.size} webhooks: give the webhook_id of one`,
    { param: 'webhook_id' },
  )
}

/**
 * Puts an event into the outbox once more, as the same message, due now.
 *
 * @throws event_not_found, webhook_not_found, invalid_input when the webhook is switched off
 */
export const resendEvent = (
  world: World,
  event_id: string,
  webhook_id: string | undefined,
): Delivery => {
  if (world.events.get(event_id) === undefined) throw notFound('event', { event_id })
  const receiver = receiverOf(world, event_id, webhook_id)
  if (requireWebhook(world, receiver).disabled_at !== null) {
    throw domainError(
      'invalid_input',
      `The webhook ${receiver} is switched off after five days without one success. /webhooks/update switches it on again.`,
      { param: 'webhook_id', data: { webhook_id: receiver } },
    )
  }
  const before = world.webhook_deliveries.first(ofEventTo({ event_id, webhook_id: receiver }), {
    limit: 1,
  })
  const message_id =
    before?.message_id ?? `msg_${event_id.replaceAll('-', '')}${receiver.slice(0, 4)}`
  const seq = addDelivery(
    world,
    firstDelivery(world, { webhook_id: receiver, event_id, message_id }),
  )
  const delivery = world.webhook_deliveries.get(String(seq))
  if (delivery === undefined) throw new Error(`The delivery of ${event_id} was not written`)
  return delivery
}
