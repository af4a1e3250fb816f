/** What faults do to a message on its way out: the occasion `webhook`. */
import { noteHistory } from '../sim/history/forget.ts'
import { effectsOf } from '../contract/fault-effects.ts'
import type { EffectOf, FaultEffect } from '../contract/fault-effects.ts'
import { addDelivery, changeDelivery, heldBackTo } from '../sim/events/outbox.ts'
import { consultFaults } from '../sim/faults/registry.ts'
import type { FaultHit } from '../sim/faults/registry.ts'
import type { World } from '../sim/kernel/world.ts'
import type { Webhook } from '../db/tables/webhooks.ts'
import type { Delivery } from '../db/tables/webhooks.ts'

/** How a message is to be sent: signed with what, at which wall instant, with which pause inside. */
export interface Manner {
  secret: string
  wall: number
  /** ms of real time between the two halves of the body; 0 sends it at once. */
  pause: number
}

/** Another secret than any receiver holds. */
const wrongSecret = `whsec_${Buffer.alloc(24, 'wrong').toString('base64')}`

/** Asks whether a fault acts on this attempt. A message that a fault held back meets no other one. */
export const faultOn = (world: World, webhook: Webhook, delivery: Delivery): FaultHit | null => {
  if (delivery.held_by !== null) return null
  const event = world.events.get(delivery.event_id)
  return consultFaults(world, 'webhook', {
    webhook_id: webhook.webhook_id,
    url: webhook.url,
    event_id: delivery.event_id,
    event_type: event?.event_type,
    device_id: event?.device_id,
    access_code_id: event?.access_code_id,
    access_grant_id: event?.access_grant_id,
    access_method_id: event?.access_method_id,
    connected_account_id: event?.connected_account_id,
    attempt: delivery.attempts + 1,
  })
}

const effectOf = (effect: FaultEffect): EffectOf<'webhook'> => effectsOf.webhook().parse(effect)

/**
 * Does what the fault does before the message leaves: holds it back, doubles or drops it.
 *
 * @returns whether the message still is to be sent now.
 */
export const actBeforeSending = (world: World, delivery: Delivery, hit: FaultHit): boolean => {
  const { fault_id } = hit
  const effect = effectOf(hit.effect)
  switch (effect.kind) {
    case 'drop':
      drop(world, delivery, fault_id)
      return false
    case 'delay':
      changeDelivery(world, delivery.seq, { due_at: world.now + effect.by, held_by: fault_id })
      return false
    case 'reorder':
      changeDelivery(world, delivery.seq, {
        due_at: world.now + effect.within,
        held_by: fault_id,
        is_reordered: true,
      })
      return false
    case 'duplicate':
      for (let copy = 0; copy < effect.copies; copy++) {
        const { workspace_id: _workspace, seq: _seq, ...row } = delivery
        addDelivery(world, { ...row, held_by: fault_id })
      }
      return true
    case 'bad_signature':
    case 'stale_timestamp':
    case 'slow':
      return true
    default:
      return effect satisfies never
  }
}

const drop = (world: World, delivery: Delivery, fault_id: string): void => {
  const { seq, webhook_id, event_id } = delivery
  world.webhook_attempts.insert({
    delivery_seq: seq,
    webhook_id,
    event_id,
    attempt: delivery.attempts + 1,
    attempted_at: world.now,
    duration: 0,
    status: null,
    response_body: null,
    error: 'dropped by a fault',
    fault_id,
  })
  noteHistory(world, 'webhook_attempts', 0)
  changeDelivery(world, seq, { state: 'dropped', attempts: delivery.attempts + 1 })
}

/** The manner in which a faulty message is sent. */
export const faultyManner = (manner: Manner, fault: FaultEffect): Manner => {
  const effect = effectOf(fault)
  switch (effect.kind) {
    case 'bad_signature':
      return { ...manner, secret: wrongSecret }
    case 'stale_timestamp':
      return { ...manner, wall: manner.wall - effect.by }
    case 'slow':
      return { ...manner, pause: effect.by }
    case 'drop':
    case 'delay':
    case 'reorder':
    case 'duplicate':
      return manner
    default:
      return effect satisfies never
  }
}

/** Another message of the webhook has gone first: those that waited for that may go now. */
export const releaseReordered = (world: World, delivery: Delivery): void => {
  if (delivery.is_reordered) return
  for (const { seq } of heldBackTo(world, delivery.webhook_id)) {
    changeDelivery(world, seq, { is_reordered: false, due_at: world.now })
  }
}
