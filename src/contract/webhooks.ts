/** Webhooks and what became of their messages. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { webhookSecret } from '../lib/webhook-secret.ts'
import { FRONT_DOOR, count, eventTypeOrTypes, instant, textOrNull } from './fields.ts'
import { RECEIVE } from './inbox.ts'
import { nextPage, paging } from './paging.ts'
import { acts, controlRoute, reads } from './route.ts'
import { seamWebhook } from './seam.ts'

const attempt = once(() =>
  z
    .strictObject({
      attempt: count('Which attempt it was, from 1 on.'),
      attempted_at: instant("When, by the workspace's clock."),
      duration: count('Milliseconds of real time from sending to the answer.'),
      status: z.number().nullable().describe('The HTTP status of the answer; null without one.'),
      response_body: textOrNull('The beginning of the answer.'),
      error: textOrNull('Why there was no answer.'),
      fault_id: textOrNull('The fault that acted on it.'),
    })
    .meta({ id: 'delivery_attempt', description: 'One attempt to deliver a message.' }),
)

export const deliveryStates = ['pending', 'delivered', 'failed', 'aborted', 'dropped'] as const

export const delivery = once(() =>
  z
    .strictObject({
      message_id: z
        .string()
        .describe('What the receiver sees as `svix-id`: the same for every attempt and copy.'),
      webhook_id: z.string().describe('To which webhook.'),
      event_id: z.string().describe('The event that it tells.'),
      event_type: textOrNull("The event's type."),
      state: z
        .enum(deliveryStates)
        .describe(
          '`failed`: tried in vain to the end; `aborted`: its webhook is gone; `dropped`: by a fault.',
        ),
      next_attempt_at: textOrNull('When the next attempt is due; null when there is none to come.'),
      held_by: textOrNull('The fault that holds the next attempt back.'),
      created_at: instant('When the event was recorded.'),
      attempts: z.array(attempt()).describe('The attempts so far.'),
    })
    .meta({ id: 'delivery', description: 'A message to a webhook, with every attempt.' }),
)
export type Delivery = z.output<ReturnType<typeof delivery>>

const webhookId = (description: string) => z.string().describe(description).optional()

export const webhookDeliveryRoutes = {
  list: controlRoute({
    path: '/_emulator/webhook_deliveries/list',
    methods: reads,
    summary:
      'Messages to webhooks with every attempt to deliver them; the latest ones, oldest first.',
    params: () =>
      z.strictObject({
        webhook_id: webhookId('Only messages to this webhook.'),
        event_id: z.string().describe('Only messages that tell this event.').optional(),
        event_type: eventTypeOrTypes()
          .describe('Only events of this type, or of these.')
          .optional(),
        ...paging('When not given: the latest, the oldest of them first.'),
        limit: z.number().int().min(1).max(10_000).describe('At most so many.').default(500),
      }),
    result: () => ({
      webhook_deliveries: z.array(delivery()).describe('The messages.'),
      ...nextPage(),
    }),
    example: () => ({ event_type: ['access_code.created', 'access_code.set_on_device'] }),
  }),
  resend: controlRoute({
    path: '/_emulator/webhook_deliveries/resend',
    methods: acts,
    summary:
      'Sends an event, or the message of a delivery, again as the same message; answers when it has been attempted.',
    params: () =>
      z.strictObject({
        event_id: z.string().describe('The event.').optional(),
        webhook_id: webhookId('To which webhook; the only one that had the event when not given.'),
        message_id: z
          .string()
          .describe('A message that was sent, in place of the other two.')
          .optional(),
      }),
    result: () => ({ webhook_delivery: delivery() }),
    after: () => [
      { path: '/webhooks/create', body: { url: `<endpoint>${RECEIVE}/default` } },
      { path: '/access_codes/create', body: { device_id: FRONT_DOOR, name: 'Guest' } },
      { path: '/events/get', body: { event_type: 'access_code.created' } },
    ],
    example: () => ({ event_id: '<event.event_id>' }),
  }),
}

const secret = () =>
  webhookSecret().meta({
    description:
      'The secret that its messages are signed with: `whsec_` and 24 to 64 bytes in base64; made when not given.',
    examples: ['whsec_c2VhbS1lbXVsYXRvci10ZXN0LXNlY3JldA=='],
  })

export const webhookRoutes = {
  create: controlRoute({
    path: '/_emulator/webhooks/create',
    methods: acts,
    summary:
      "Registers a receiver of events with a secret of your own, so that a test knows it beforehand; Seam's own `/webhooks/create` makes one.",
    params: () =>
      z.strictObject({
        url: z.url().meta({
          description: 'Where its messages go.',
          examples: ['http://localhost:3000/hook'],
        }),
        event_types: z
          .array(z.string())
          .meta({ description: 'The events that it receives.', examples: [['lock.unlocked']] })
          .default(['*']),
        secret: secret().optional(),
      }),
    result: () => ({ webhook: seamWebhook() }),
    example: () => ({
      url: 'http://localhost:3000/hook',
      secret: 'whsec_c2VhbS1lbXVsYXRvci10ZXN0LXNlY3JldA==',
    }),
  }),
}
