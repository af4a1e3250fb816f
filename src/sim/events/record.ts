import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'

/** What an event is about; every id given is also a filter of `/events/list`. */
export interface EventSubject {
  device_id?: string
  access_code_id?: string
  connected_account_id?: string
  connect_webview_id?: string
}

/** Only these carry `customer_key` (OpenAPI `event`). */
const carriesCustomerKey = (event_type: string): boolean =>
  event_type.startsWith('device.') ||
  event_type.startsWith('lock.') ||
  event_type === 'connected_account.connected' ||
  event_type === 'connected_account.deleted' ||
  event_type === 'connect_webview.login_succeeded'

/**
 * Records an event and puts one delivery per interested webhook in the outbox, in
 * the running transaction. The only place that makes events.
 *
 * A device's event carries the device's and its account's custom metadata.
 *
 * @param payload the fields beside the common ones, as they go over the wire.
 * @param occurred_at when it happened, if Seam hears of it later than that.
 */
export const recordEvent = (
  world: World,
  event_type: string,
  subject: EventSubject,
  payload: Record<string, unknown> = {},
  occurred_at: number = world.now,
): string => {
  const event_id = world.random.uuid('event')
  const device = subject.device_id === undefined ? undefined : world.devices.get(subject.device_id)
  const connected_account_id = subject.connected_account_id ?? device?.connected_account_id
  const account =
    connected_account_id === undefined
      ? undefined
      : world.connected_accounts.get(connected_account_id)
  const isAttempt = event_type.startsWith('action_attempt.')
  const created_at = toIso(world.now)
  const body: Record<string, unknown> = {
    event_id,
    event_type,
    workspace_id: world.workspace_id,
    created_at,
    occurred_at: occurred_at === world.now ? created_at : toIso(occurred_at),
    ...subject,
  }
  if (connected_account_id !== undefined) {
    body.connected_account_id = connected_account_id
    if (account !== undefined && !isAttempt) {
      body.connected_account_custom_metadata = account.custom_metadata
    }
  }
  if (device !== undefined && !isAttempt) body.device_custom_metadata = device.custom_metadata
  const customer_key = device?.customer_key ?? account?.customer_key ?? null
  if (customer_key !== null && carriesCustomerKey(event_type)) body.customer_key = customer_key
  Object.assign(body, payload)

  const { device_id = null, access_code_id = null } = subject
  world.recorded.push({ event_id, event_type, occurred_at, device_id, access_code_id })
  world.events.insert({
    event_id,
    event_type,
    created_at: world.now,
    occurred_at,
    device_id,
    access_code_id,
    connected_account_id: connected_account_id ?? null,
    connect_webview_id: subject.connect_webview_id ?? null,
    body: JSON.stringify(body),
  })
  for (const webhook of world.webhookList) {
    if (!webhook.event_types.includes('*') && !webhook.event_types.includes(event_type)) continue
    world.webhook_deliveries.insert({
      webhook_id: webhook.webhook_id,
      event_id,
      message_id: `msg_${event_id.replaceAll('-', '')}${webhook.webhook_id.slice(0, 4)}`,
      state: 'pending',
      due_at: world.now,
      attempts: 0,
      held_by: null,
      is_reordered: false,
      created_at: world.now,
    })
  }
  return event_id
}
