import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { count, jsonText, headers, id, instant, prose, receiverUrl } from './meanings.ts'
import { webhookSecret } from '../../lib/webhook-secret.ts'
import { tableWith } from './traits.ts'

export const webhooks = sqliteTable(
  'webhooks',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    webhook_id: text('webhook_id').notNull(),
    url: text('url').notNull(),
    event_types: json('event_types').$type<string[]>().notNull(),
    secret: text('secret').notNull(),
    created_at: integer('created_at').notNull(),
    /** Since when every attempt has failed. */
    failing_since: integer('failing_since'),
    disabled_at: integer('disabled_at'),
  },
  (t) => [uniqueIndex('webhooks_id').on(t.workspace_id, t.webhook_id)],
)

export const webhooksTable = tableWith(webhooks, {
  id: ['webhook_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'stays',
  means: () => ({
    webhook_id: id(),
    url: receiverUrl(),
    event_types: z.array(prose()),
    secret: webhookSecret(),
    created_at: instant(),
    failing_since: instant(),
    disabled_at: instant(),
  }),
})

/** The outbox: one row per event and webhook. */
export const webhook_deliveries = sqliteTable(
  'webhook_deliveries',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    webhook_id: text('webhook_id').notNull(),
    event_id: text('event_id').notNull(),
    message_id: text('message_id').notNull(),
    state: text('state')
      .$type<'pending' | 'delivered' | 'failed' | 'aborted' | 'dropped'>()
      .notNull(),
    due_at: integer('due_at').notNull(),
    attempts: integer('attempts').notNull(),
    /** The fault that held the next attempt back; that attempt meets no further fault. */
    held_by: text('held_by'),
    /** Held back until another message of the webhook has gone first. */
    is_reordered: flag('is_reordered').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    index('webhook_deliveries_by_workspace').on(t.workspace_id),
    index('webhook_deliveries_by_due').on(t.workspace_id, t.state, t.due_at),
    index('webhook_deliveries_by_webhook').on(t.workspace_id, t.webhook_id, t.state, t.due_at),
    index('webhook_deliveries_by_event').on(t.workspace_id, t.event_id),
  ],
)

export const webhookDeliveriesTable = tableWith(webhook_deliveries, {
  id: ['seq'],
  is_history: true,
  in_world: true,
  sandbox_reset: 'stays',
  means: () => ({
    webhook_id: id(),
    event_id: id(),
    message_id: id(),
    state: z.enum(['pending', 'delivered', 'failed', 'aborted', 'dropped']),
    due_at: instant(),
    attempts: count(),
    held_by: id(),
    created_at: instant(),
  }),
})

export const webhook_attempts = sqliteTable(
  'webhook_attempts',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    delivery_seq: integer('delivery_seq').notNull(),
    webhook_id: text('webhook_id').notNull(),
    event_id: text('event_id').notNull(),
    attempt: integer('attempt').notNull(),
    attempted_at: integer('attempted_at').notNull(),
    /** Wall-clock milliseconds from sending to answer. */
    duration: integer('duration').notNull(),
    status: integer('status'),
    response_body: text('response_body'),
    error: text('error'),
    fault_id: text('fault_id'),
  },
  (t) => [
    index('webhook_attempts_by_webhook').on(t.workspace_id, t.webhook_id),
    index('webhook_attempts_by_event').on(t.workspace_id, t.event_id),
    index('webhook_attempts_by_time').on(t.workspace_id, t.attempted_at),
  ],
)

export const webhookAttemptsTable = tableWith(webhook_attempts, {
  id: ['seq'],
  is_history: true,
  is_final: true,
  in_world: true,
  not_shown: '`webhook_deliveries/list` has them',
  sandbox_reset: 'stays',
  means: () => ({
    delivery_seq: count(),
    webhook_id: id(),
    event_id: id(),
    attempt: count(),
    attempted_at: instant(),
    duration: count(),
    status: z.int().min(100).max(999),
    response_body: prose(),
    error: prose(),
    fault_id: id(),
  }),
})

export const inbox_messages = sqliteTable(
  'inbox_messages',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    inbox: text('inbox').notNull(),
    received_at: integer('received_at').notNull(),
    event_id: text('event_id'),
    event_type: text('event_type'),
    is_verified: flag('is_verified').notNull(),
    headers: json('headers').$type<Record<string, string>>().notNull(),
    body: text('body').notNull(),
  },
  (t) => [
    index('inbox_messages_by_inbox').on(t.workspace_id, t.inbox),
    index('inbox_messages_by_time').on(t.workspace_id, t.received_at),
  ],
)

export const inboxMessagesTable = tableWith(inbox_messages, {
  id: ['seq'],
  is_history: true,
  is_final: true,
  in_world: true,
  not_shown: 'counted; `inbox/list` has them',
  sandbox_reset: 'stays',
  means: () => ({
    inbox: prose(),
    received_at: instant(),
    event_id: prose(),
    event_type: prose(),
    headers: headers(),
    body: jsonText(),
  }),
})

export type Webhook = typeof webhooks.$inferSelect

export type Delivery = typeof webhook_deliveries.$inferSelect

export type WebhookAttempt = typeof webhook_attempts.$inferSelect

export type InboxMessage = typeof inbox_messages.$inferSelect
