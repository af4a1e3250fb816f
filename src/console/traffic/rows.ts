/** Calls, events, deliveries and inbox messages in one order, joined by what caused what. */
import type { AnswerOf } from '../../contract/route.ts'
import type { Routes } from '../live/routes.ts'

export type Call = AnswerOf<Routes['/_emulator/requests/list']>['requests'][number]
export type Told = AnswerOf<Routes['/_emulator/events/list']>['events'][number]
export type Delivery = AnswerOf<
  Routes['/_emulator/webhook_deliveries/list']
>['webhook_deliveries'][number]
export type Message = AnswerOf<Routes['/_emulator/inbox/list']>['messages'][number]

/** What was asked for, each the newest first. */
export interface Traffic {
  readonly calls: readonly Call[]
  readonly events: readonly Told[]
  readonly deliveries: readonly Delivery[]
  readonly messages: readonly Message[]
}

export const trafficKinds = ['call', 'event', 'delivery', 'message'] as const
export type TrafficKind = (typeof trafficKinds)[number]

interface Common {
  /** The same as long as the thing is there. */
  readonly id: string
  /** By the workspace's clock, ms. */
  readonly at: number
  readonly title: string
  /** What became of it, in a word or a number. */
  readonly outcome: string
  readonly isBad: boolean
  readonly request_id: string | null
  readonly event_id: string | null
  readonly message_id: string | null
  /** Everything that it can be found by, in small letters. */
  readonly text: string
}

export type TrafficRow = Common &
  (
    | { readonly kind: 'call'; readonly of: Call }
    | { readonly kind: 'event'; readonly of: Told }
    | { readonly kind: 'delivery'; readonly of: Delivery }
    | { readonly kind: 'message'; readonly of: Message }
  )

const searchable = (...parts: unknown[]): string =>
  parts
    .map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? '')))
    .join(' ')
    .toLowerCase()

const callRow = (of: Call): TrafficRow => ({
  kind: 'call',
  id: of.request_id,
  at: Date.parse(of.at),
  title: `${of.method} ${of.path}`,
  outcome: String(of.status),
  isBad: of.status >= 400,
  request_id: of.request_id,
  event_id: null,
  message_id: null,
  text: searchable(
    of.request_id,
    of.path,
    of.query,
    of.body,
    of.error_type,
    of.event_ids,
    of.status,
  ),
  of,
})

const eventRow = (of: Told): TrafficRow => ({
  kind: 'event',
  id: of.event_id,
  at: Date.parse(of.at),
  title: of.event_type,
  outcome: '',
  isBad: /\.(failed_|delay_|could_not_|disconnected|deleted_external|access_denied)/.test(
    of.event_type,
  ),
  request_id: of.request_id,
  event_id: of.event_id,
  message_id: null,
  text: searchable(of.request_id, of.event),
  of,
})

const deliveryRow = (of: Delivery): TrafficRow => {
  const last = of.attempts.at(-1)
  const answered = last === undefined ? '' : String(last.status ?? 'no answer')
  return {
    kind: 'delivery',
    id: `${of.message_id} ${of.created_at}`,
    at: Date.parse(last?.attempted_at ?? of.created_at),
    title: of.event_type ?? of.event_id,
    outcome: of.state === 'delivered' ? answered : `${of.state} ${answered}`.trim(),
    isBad:
      !['delivered', 'pending'].includes(of.state) ||
      (last !== undefined && last.status !== null && last.status >= 300),
    request_id: null,
    event_id: of.event_id,
    message_id: of.message_id,
    text: searchable(
      of.message_id,
      of.event_id,
      of.event_type,
      of.webhook_id,
      of.state,
      of.attempts,
    ),
    of,
  }
}

const messageRow = (of: Message, index: number): TrafficRow => ({
  kind: 'message',
  // Copies of one message have one id; the page of the inbox counts from its end.
  id: `${of.message_id ?? of.event_id ?? ''} ${of.received_at} ${index}`,
  at: Date.parse(of.received_at),
  title: of.event_type ?? 'no event',
  outcome: of.is_verified ? 'verified' : 'not verified',
  isBad: !of.is_verified,
  request_id: null,
  event_id: of.event_id,
  message_id: of.message_id,
  text: searchable(of.inbox, of.message_id, of.event_id, of.event_type, of.body, of.headers),
  of,
})

const rank: Record<TrafficKind, number> = { call: 0, event: 1, delivery: 2, message: 3 }

/**
 * Where each chain of causes begins: calls have numbers, and what time caused stands behind the call
 * that came last before it, in the order in which events were recorded.
 */
const chains = (calls: readonly Call[], events: readonly Told[]): Map<string, number> => {
  const numbers = new Map([...calls].reverse().map((call, index) => [call.request_id, index + 1]))
  const chain = new Map<string, number>()
  let at = ''
  let current = 0
  for (const told of [...events].reverse()) {
    if (told.at !== at) {
      at = told.at
      current = 0
    }
    current = (told.request_id === null ? undefined : numbers.get(told.request_id)) ?? current
    chain.set(told.event_id, current)
  }
  for (const [id, number] of numbers) chain.set(id, number)
  return chain
}

/** All of it, the newest first; at one instant what was caused stands above its cause. */
export const rowsOf = ({ calls, events, deliveries, messages }: Traffic): TrafficRow[] => {
  const chain = chains(calls, events)
  const place = new Map([...events].reverse().map(({ event_id }, index) => [event_id, index]))
  const inbox = [...messages].reverse()
  const rows = [
    ...[...calls].reverse().map(callRow),
    ...[...events].reverse().map(eventRow),
    ...[...deliveries].reverse().map(deliveryRow),
    ...inbox.map(messageRow),
  ].map((row, index) => ({
    row,
    index,
    chain: chain.get((row.kind === 'call' ? row.request_id : row.event_id) ?? '') ?? 0,
    place: (row.event_id === null ? undefined : place.get(row.event_id)) ?? -1,
  }))
  return rows
    .sort(
      (a, b) =>
        a.row.at - b.row.at ||
        a.chain - b.chain ||
        a.place - b.place ||
        rank[a.row.kind] - rank[b.row.kind] ||
        a.index - b.index,
    )
    .map(({ row }) => row)
    .reverse()
}

export interface TrafficFilter {
  readonly kinds: ReadonlySet<TrafficKind>
  /** Words that must all be there. */
  readonly search: string
  readonly onlyBad: boolean
}

export const fits = (row: TrafficRow, { kinds, search, onlyBad }: TrafficFilter): boolean =>
  kinds.has(row.kind) &&
  (!onlyBad || row.isBad) &&
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.text.includes(word))

/** The call, its events, their deliveries and what arrived: everything that hangs together with a row, causes first. */
export const chainOf = (rows: readonly TrafficRow[], row: TrafficRow): TrafficRow[] => {
  const events = new Set(
    row.kind === 'call' ? row.of.event_ids : row.event_id === null ? [] : [row.event_id],
  )
  const calls = new Set(
    rows.flatMap((it) =>
      it.kind === 'event' && events.has(it.id) && it.request_id !== null ? [it.request_id] : [],
    ),
  )
  if (row.kind === 'call') calls.add(row.id)
  // What else the same call caused.
  for (const it of rows) {
    if (it.kind === 'call' && calls.has(it.id)) for (const id of it.of.event_ids) events.add(id)
  }
  return rows
    .filter((it) =>
      it.kind === 'call' ? calls.has(it.id) : it.event_id !== null && events.has(it.event_id),
    )
    .toReversed()
}

/** The row that an id means: its own, or the first that carries it. */
export const findRow = (rows: readonly TrafficRow[], id: string): TrafficRow | null => {
  const wanted = id.toLowerCase()
  return (
    rows.find((row) => row.id === id) ??
    rows.find((row) => row.kind === 'delivery' && row.message_id === id) ??
    rows.find((row) => row.text.includes(wanted)) ??
    null
  )
}
