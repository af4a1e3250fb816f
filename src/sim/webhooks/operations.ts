import { receiverProblem } from '../../lib/addresses.ts'
import { beginningOf } from '../../lib/text.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import type { Webhook } from '../../db/tables/webhooks.ts'
import { eventTypes } from '../events/catalog.ts'
import { and, eq, where } from '../../db/conditions.ts'
import { webhook_deliveries } from '../../db/tables/webhooks.ts'

const pendingTo = where(webhook_deliveries, ['webhook_id'], (c, its) =>
  and(eq(c.webhook_id, its.webhook_id), eq(c.state, 'pending')),
)

/** More unknown types than this are counted, not named, and longer ones are cut. */
const NAMED = 20
const LONGEST = 100

const checkTypes = (event_types: readonly string[]): void => {
  const unknown = event_types.filter((type) => type !== '*' && !eventTypes.has(type))
  if (unknown.length === 0) return
  const named = unknown.slice(0, NAMED).map((type) => beginningOf(type, LONGEST))
  const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : ''
  throw domainError(
    'invalid_event_types',
    `Unknown event types: ${named.join(', ')}${more}. Use names of Seam events, or "*" for all.`,
    { data: { invalid_event_types: named } },
  )
}

/** @throws invalid_input for an address that is none of a receiver */
const checkUrl = (url: string): void => {
  const problem = receiverProblem(url)
  if (problem !== null) throw domainError('invalid_input', `url ${problem}`, { param: 'url' })
}

const secretOf = (world: World, webhook_id: string): string => {
  const stream = world.random.stream(`webhook secret ${webhook_id}`)
  const bytes = Uint8Array.from({ length: 24 }, (_, i) => stream.at(i) & 255)
  return `whsec_${Buffer.from(bytes).toString('base64')}`
}

/**
 * Registers a receiver. The secret, when none is given, is `whsec_` and 24 random bytes in base64, as
 * Svix verifiers expect.
 */
export const insertWebhook = (
  world: World,
  url: string,
  event_types: string[],
  secret?: string,
): Webhook => {
  checkUrl(url)
  checkTypes(event_types)
  const webhook_id = world.random.uuid('webhook')
  world.webhooks.insert({
    webhook_id,
    url,
    event_types,
    secret: secret ?? secretOf(world, webhook_id),
    created_at: world.now,
    failing_since: null,
    disabled_at: null,
  })
  world.forgetWebhooks()
  return requireWebhook(world, webhook_id)
}

export const requireWebhook = (world: World, webhook_id: string): Webhook => {
  const webhook = world.webhooks.get(webhook_id)
  if (webhook === undefined) throw notFound('webhook', { webhook_id })
  return webhook
}

/** Chooses other events; a webhook that was switched off for its failures is on again. */
export const updateWebhook = (world: World, webhook_id: string, event_types: string[]): void => {
  requireWebhook(world, webhook_id)
  checkTypes(event_types)
  world.webhooks.update(webhook_id, { event_types, disabled_at: null, failing_since: null })
  world.forgetWebhooks()
}

/** Forgets a receiver; what it has not received yet is never sent. */
export const deleteWebhook = (world: World, webhook_id: string): void => {
  requireWebhook(world, webhook_id)
  world.webhook_deliveries.updateWhere(pendingTo({ webhook_id }), {
    state: 'aborted',
  })
  world.webhooks.delete(webhook_id)
  world.forgetWebhooks()
}
