/** The outbox: what is due, made ready, and what became of it. Sending itself is in `send.ts`. */
import { bodyOf } from '../db/tables/event-body.ts'
import type { Delivery } from '../db/tables/webhooks.ts'
import { NOW_HEADER } from '../contract/headers.ts'
import { changeDelivery, nextDeliveryAt, nextDueTo } from '../sim/events/outbox.ts'
import { noteHistory } from '../sim/history/forget.ts'
import { toIso } from '../sim/kernel/instant.ts'
import type { World } from '../sim/kernel/world.ts'
import type { Webhook } from '../db/tables/webhooks.ts'
import { hasFaultsOn } from '../sim/faults/registry.ts'
import { actBeforeSending, faultOn, faultyManner, releaseReordered } from './delivery-faults.ts'
import { DISABLE_AFTER, nextAttemptAt } from './retry-schedule.ts'
import { refused } from './send.ts'
import type { OutgoingMessage, SendResult } from './send.ts'
import { svixHeaders } from './sign.ts'
import { and, eq, where } from '../db/conditions.ts'
import { webhook_deliveries } from '../db/tables/webhooks.ts'

const pendingTo = where(webhook_deliveries, ['webhook_id'], (c, its) =>
  and(eq(c.webhook_id, its.webhook_id), eq(c.state, 'pending')),
)

/** The webhooks that have something due now. */
export const dueWebhookIds = (world: World): string[] => {
  const due = nextDeliveryAt(world)
  if (due === null || due > world.now) return []
  return world
    .webhooksInUse()
    .filter(({ webhook_id }) => nextDueTo(world, webhook_id) !== undefined)
    .map(({ webhook_id }) => webhook_id)
}

/** One attempt, ready to be sent. */
export interface Attempt {
  delivery: Delivery
  message: OutgoingMessage
  /** What became of it at once, where nothing can go out. */
  refusal: SendResult | null
  /** The fault that has a hand in it. */
  fault_id: string | null
}

/** The webhook's next due delivery as a signed message; null when nothing is due. */
export const takeNext = (world: World, webhook_id: string, wall: number): Attempt | null => {
  for (;;) {
    const webhook = world.webhooks.get(webhook_id)
    const delivery = nextDueTo(world, webhook_id)
    if (webhook === undefined || delivery === undefined) return null
    const event = world.events.get(delivery.event_id)
    if (event === undefined) {
      const message = { url: webhook.url, headers: {}, body: '{}' }
      const refusal = { ...refused('its event is gone'), abort: true }
      return { delivery, fault_id: null, message, refusal }
    }
    const hit = hasFaultsOn(world, 'webhook') ? faultOn(world, webhook, delivery) : null
    if (hit !== null && !actBeforeSending(world, delivery, hit)) continue
    const usual = { secret: webhook.secret, wall, pause: 0 }
    const { secret, wall: signed_at, pause } = hit ? faultyManner(usual, hit.effect) : usual
    return {
      delivery,
      fault_id: hit?.fault_id ?? delivery.held_by,
      ...signed({ url: webhook.url, headers: {}, body: bodyOf(world, event), pause }, (body) => ({
        ...svixHeaders(secret, delivery.message_id, body, signed_at),
        [NOW_HEADER]: toIso(world.now),
      })),
    }
  }
}

/** The message with its signature; one that cannot be signed is an attempt that failed, with the reason. */
const signed = (
  message: OutgoingMessage,
  sign: (body: string) => Record<string, string>,
): Pick<Attempt, 'message' | 'refusal'> => {
  try {
    return { message: { ...message, headers: sign(message.body) }, refusal: null }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { message, refusal: refused(`cannot be signed: ${reason}`) }
  }
}

/** Whether taking the next message may change something: faults count and hold back. */
export const takingChanges = (world: World): boolean => hasFaultsOn(world, 'webhook')

const isSuccess = (result: SendResult): boolean =>
  result.status !== null && result.status >= 200 && result.status < 300

/** How an attempt ended. */
interface Outcome {
  result: SendResult
  /** ms */
  duration: number
  /** The fault that acted on it. */
  fault_id?: string | null
}

/** Writes down an attempt and decides whether there is to be another. */
export const recordAttempt = (
  world: World,
  delivery: Delivery,
  { result, duration, fault_id = null }: Outcome,
): void => {
  const current = world.webhook_deliveries.get(String(delivery.seq))
  const webhook = world.webhooks.get(delivery.webhook_id)
  const attempts = delivery.attempts + 1
  world.webhook_attempts.insert({
    delivery_seq: delivery.seq,
    webhook_id: delivery.webhook_id,
    event_id: delivery.event_id,
    attempt: attempts,
    attempted_at: world.now,
    duration,
    status: result.status,
    response_body: result.response_body,
    error: result.error,
    fault_id,
  })
  noteHistory(world, 'webhook_attempts', result.response_body.length)
  if (takingChanges(world)) releaseReordered(world, delivery)
  // Reset, restore or deletion may have taken the delivery away while it was on its way.
  if (current === undefined || current.state !== 'pending' || webhook === undefined) return
  const ok = isSuccess(result)
  const due_at = ok || result.abort ? null : nextAttemptAt(attempts, world.now)
  changeDelivery(world, delivery.seq, {
    attempts,
    state: ok ? 'delivered' : result.abort ? 'aborted' : due_at === null ? 'failed' : 'pending',
    ...(due_at !== null && { due_at }),
    // What was held back once takes its chances again.
    held_by: null,
    is_reordered: false,
  })
  noteHealth(world, webhook, ok)
}

const noteHealth = (world: World, webhook: Webhook, ok: boolean): void => {
  if (ok) {
    if (webhook.failing_since === null) return
    world.webhooks.update(webhook.webhook_id, { failing_since: null })
  } else if (webhook.failing_since === null) {
    world.webhooks.update(webhook.webhook_id, { failing_since: world.now })
  } else if (world.now - webhook.failing_since >= DISABLE_AFTER) {
    world.webhooks.update(webhook.webhook_id, { disabled_at: world.now })
    world.webhook_deliveries.updateWhere(pendingTo({ webhook_id: webhook.webhook_id }), {
      state: 'failed',
    })
  } else {
    return
  }
  world.forgetWebhooks()
}
