/** The emulator's own receiver of webhooks. */
import { z } from 'zod'
import { isRecord } from '../lib/is-record.ts'
import { once } from '../lib/once.ts'
import { FRONT_DOOR, count, eventTypeOrTypes, instant, textOrNull } from './fields.ts'
import { nextPage, paging } from './paging.ts'
import { acts, controlRoute, reads, removes } from './route.ts'
import type { SeamEvent } from './seam.ts'
import { timeout } from './wait-until.ts'

/** Where the receiver is; the inbox's name follows. */
export const RECEIVE = '/_emulator/inbox/receive'

/** Whatever came with the three fields that the receiver asks for: it may be no event at all. */
const eventAsSent = (): z.ZodType<SeamEvent, object> =>
  z
    .custom<SeamEvent>((value) => isRecord(value))
    .meta({ type: 'object', description: 'The event as it was sent.' })

export const inboxMessage = once(() =>
  z
    .strictObject({
      inbox: z.string().describe('The inbox that received it: the end of its URL.'),
      message_id: textOrNull('`svix-id`: equal for every copy and every attempt of one message.'),
      event_id: textOrNull('The event that it tells.'),
      event_type: textOrNull("The event's type."),
      is_verified: z
        .boolean()
        .describe(
          "Whether the signature fitted the secret of one of the workspace's webhooks, in time.",
        ),
      received_at: instant("When it came, by the workspace's clock."),
      headers: z.record(z.string(), z.string()).describe('The headers that matter.'),
      body: eventAsSent(),
    })
    .meta({ id: 'inbox_message', description: 'A webhook message as it arrived.' }),
)
export type InboxMessage = z.output<ReturnType<typeof inboxMessage>>

const inbox = () =>
  z
    .string()
    .meta({
      description: 'The inbox: the end of the URL that was registered; all when not given.',
      examples: ['default'],
    })
    .optional()

const filter = once(() => ({
  inbox: inbox(),
  event_type: eventTypeOrTypes().describe('Only events of this type, or of these.').optional(),
  is_verified: z.boolean().describe('Only messages whose signature fitted, or did not.').optional(),
}))

const messages = once(() => ({
  messages: z.array(inboxMessage()).describe('The messages, in the order in which they came.'),
}))

export const inboxRoutes = {
  list: controlRoute({
    path: '/_emulator/inbox/list',
    methods: reads,
    summary: `Webhook messages received at ${RECEIVE}/<name>, in order.`,
    params: () =>
      z.strictObject({
        ...filter(),
        ...paging('`asc` when not given.'),
        limit: z.number().int().min(1).describe('At most so many.').default(1_000),
      }),
    result: () => ({ ...messages(), ...nextPage() }),
    example: () => ({ event_type: 'access_code.set_on_device' }),
  }),
  wait_for: controlRoute({
    path: '/_emulator/inbox/wait_for',
    methods: acts,
    summary:
      'Waits until `count` messages that fit have been received, earlier ones included; a frozen clock leaps there.',
    params: () =>
      z.strictObject({
        ...filter(),
        count: z.number().int().min(1).describe('How many there must be.').default(1),
        timeout: timeout(),
      }),
    result: messages,
    after: () => [
      { path: '/webhooks/create', body: { url: `<endpoint>${RECEIVE}/default` } },
      { path: '/locks/unlock_door', body: { device_id: FRONT_DOOR } },
    ],
    example: () => ({ inbox: 'default', event_type: 'lock.unlocked' }),
  }),
  clear: controlRoute({
    path: '/_emulator/inbox/clear',
    methods: removes,
    summary: 'Forgets received messages, of one inbox or of all.',
    params: () => z.strictObject({ inbox: inbox() }),
    result: () => ({ cleared: count('How many messages are gone.') }),
    example: () => ({ inbox: 'default' }),
  }),
  receive: controlRoute({
    path: `${RECEIVE}/:inbox`,
    methods: acts,
    open_to: 'anyone',
    summary: 'A webhook receiver: register this URL, with an inbox name of your choice.',
    params: () => z.looseObject({}),
    result: () => ({}),
  }),
}
