import { beginningOf } from '../../lib/text.ts'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import type { InboxMessage } from '../../db/tables/webhooks.ts'
import { once } from '../../lib/once.ts'
import { domainError } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { events } from '../../db/tables/events.ts'
import { formatDuration, timesInWords } from '../../lib/duration.ts'
import { noteHistory } from '../../sim/history/forget.ts'
import { allFaults, stateOf } from '../../sim/faults/registry.ts'
import { pageAtHand } from './paging.ts'
import { answerRoute } from './endpoint.ts'
import { unfinishedCodes } from './reasons.ts'
import { RECEIVE, inboxRoutes } from '../../contract/inbox.ts'
import type { inboxMessage } from '../../contract/inbox.ts'
import type { Call } from '../http/endpoint.ts'
import { apiError } from '../http/errors.ts'
import { is } from '../../db/conditions.ts'
import { inbox_messages } from '../../db/tables/webhooks.ts'

const ofInbox = is(inbox_messages.inbox)

const ofType = is(events.event_type)

const bodyOf = ({ body }: InboxMessage): object => z.looseObject({}).parse(JSON.parse(body))

const present = (row: InboxMessage): z.input<ReturnType<typeof inboxMessage>> => ({
  inbox: row.inbox,
  message_id: row.headers['svix-id'] ?? null,
  event_id: row.event_id,
  event_type: row.event_type,
  is_verified: row.is_verified,
  received_at: toIso(row.received_at),
  headers: row.headers,
  body: bodyOf(row),
})

interface Filter {
  inbox?: string | undefined
  event_type?: string | string[] | undefined
  is_verified?: boolean | undefined
}

/** Received messages that fit, in the order in which they came. */
const messagesOf = (world: World, { inbox, event_type, is_verified }: Filter): InboxMessage[] => {
  const types = event_type === undefined ? null : [event_type].flat()
  return world.inbox_messages
    .all(inbox === undefined ? [] : ofInbox(inbox))
    .filter(
      (row) =>
        (types === null || types.includes(row.event_type ?? '')) &&
        (is_verified ?? row.is_verified) === row.is_verified,
    )
}

const list = answerRoute(inboxRoutes.list, {
  effect: 'read',
  handler: ({ world }, { limit, order = 'asc', after, ...wanted }) => {
    const all = messagesOf(world, wanted)
    const { page, next } = pageAtHand(all, { order, after, limit }, (row) => row.seq)
    return { messages: page.map(present), next }
  },
})

const waitFor = answerRoute(inboxRoutes.wait_for, {
  effect: 'async',
  handler: async (context, { count, timeout, ...wanted }) => {
    const { workspace_id, read, services } = context
    const found = await services.waitUntil(
      workspace_id,
      (world) => {
        const messages = messagesOf(world, wanted)
        return messages.length >= count ? messages : undefined
      },
      timeout,
      context.hangUp(),
    )
    if (found !== undefined) return { messages: found.map(present) }
    return read((world) => {
      const fitting = messagesOf(world, wanted).map(present)
      const others = messagesOf(world, {})
      const type =
        wanted.event_type === undefined ? '' : ` of type ${[wanted.event_type].flat().join(' or ')}`
      const where = wanted.inbox === undefined ? '' : ` in the inbox ${wanted.inbox}`
      const rest = [
        ...new Set(others.map((row) => `${row.inbox}: ${row.event_type ?? 'unreadable'}`)),
      ]
      throw domainError(
        'wait_timeout',
        `After ${formatDuration(timeout)} of workspace time (it is now ${toIso(world.now)}) ${fitting.length} of ${count} messages${type}${where} had arrived. Received in all: ${others.length}${rest.length === 0 ? '' : ` (${rest.join(', ')})`}. ${hintsOf(world, wanted.event_type).join(' ')}`,
        { data: { messages: fitting } },
      )
    })
  },
})

/** What became of messages on their way here: faults, refusals. */
const sentWithout = (world: World, types: readonly string[]): string[] =>
  [...new Set(types)].flatMap((event_type) => {
    const event = world.events.first(ofType(event_type), { limit: 1 })
    if (event === undefined) return [`No event ${event_type} was recorded.`]
    const told = world
      .webhooksInUse()
      .some(({ event_types }) => event_types.includes('*') || event_types.includes(event_type))
    return told
      ? [`The event ${event_type} was recorded: see /_emulator/webhook_deliveries/list.`]
      : [`The event ${event_type} was recorded, and no webhook is subscribed to it.`]
  })

/** What is most likely missing when nothing arrives. */
const hintsOf = (world: World, wanted: string | string[] | undefined): string[] => {
  if (!world.webhooksInUse().some(({ url }) => url.includes(RECEIVE))) {
    return [`No webhook leads here: register <endpoint>${RECEIVE}/<name> with /webhooks/create.`]
  }
  const types = wanted === undefined ? [] : [wanted].flat()
  const faults = allFaults(world)
    .filter(
      (fault) => fault.definition.on === 'webhook' && stateOf(fault, world.now) !== 'never_fired',
    )
    .map(
      ({ definition, hits }) =>
        `The fault ${definition.name ?? definition.on} (${definition.effect.kind}) acts on webhooks; it has acted ${timesInWords(hits)}.`,
    )
  const codes = types.some((type) => type.startsWith('access_code.')) ? unfinishedCodes(world) : []
  const known = [...sentWithout(world, types), ...faults, ...codes]
  return known.length > 0
    ? known
    : ['See /_emulator/webhook_deliveries/list for what was sent, and try a longer timeout.']
}

const clear = answerRoute(inboxRoutes.clear, {
  effect: 'write',
  handler: ({ world: { inbox_messages } }, { inbox }) => {
    if (inbox !== undefined) return { cleared: inbox_messages.deleteWhere(ofInbox(inbox)) }
    const cleared = inbox_messages.count()
    inbox_messages.clear()
    return { cleared }
  },
})

const event = once(() =>
  z.looseObject({
    event_id: z.string(),
    event_type: z.string(),
    workspace_id: z.string(),
  }),
)

const keptHeaders = ['svix-id', 'svix-timestamp', 'svix-signature', 'user-agent', 'content-type']

const headersOf = ({ header }: Call): Record<string, string> =>
  Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = header(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** As a careful receiver does it: the signature of any of the workspace's webhooks, not too old. */
const isVerified = (world: World, body: string, headers: Record<string, string>): boolean =>
  world.webhooks.all().some(({ secret }) => {
    try {
      new Webhook(secret).verify(body, {
        'webhook-id': headers['svix-id'] ?? '',
        'webhook-timestamp': headers['svix-timestamp'] ?? '',
        'webhook-signature': headers['svix-signature'] ?? '',
      })
      return true
    } catch {
      return false
    }
  })

/** The name at the end of the URL. @throws 400 for one that is not encoded as URLs are */
const inboxOf = ({ path }: Call): string => {
  const name = path.slice(RECEIVE.length + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    throw apiError(
      400,
      'invalid_input',
      `The inbox name ${beginningOf(name, 100)} is not percent-encoded as URLs are: write % as %25.`,
    )
  }
}

/** The receiver itself. What it cannot verify it keeps as well, and refuses: senders then try again. */
const receive = answerRoute(inboxRoutes.receive, {
  effect: 'unscoped',
  handler: (call, input) => {
    const parsed = event().safeParse(input)
    if (!parsed.success || !call.universe.exists(parsed.data.workspace_id)) {
      throw apiError(
        400,
        'invalid_input',
        'This inbox takes Seam events of workspaces of this emulator: the body needs event_id, event_type and workspace_id.',
      )
    }
    const { event_id, event_type, workspace_id } = parsed.data
    const inbox = inboxOf(call)
    const headers = headersOf(call)
    const verified = call.universe.write(workspace_id, (world) => {
      const is_verified = isVerified(world, call.body, headers)
      world.inbox_messages.insert({
        inbox,
        received_at: world.now,
        event_id,
        event_type,
        is_verified,
        headers,
        body: call.body,
      })
      noteHistory(world, 'inbox_messages', call.body.length)
      return is_verified
    })
    if (verified) return {}
    throw apiError(
      400,
      'invalid_signature',
      "The signature fits the secret of none of the workspace's webhooks, or is older than five minutes.",
    )
  },
})

export const inboxEndpoints = [list, waitFor, clear, receive]
