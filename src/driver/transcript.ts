import type { World } from '../sim/kernel/world.ts'
import { and, asc, desc, gt, gte, orderBy, where } from '../db/conditions.ts'
import { events } from '../db/tables/events.ts'
import { webhook_attempts } from '../db/tables/webhooks.ts'

const eventsSince = where(events, ['created_at', 'seq'], (c, its) =>
  and(gte(c.created_at, its.created_at), gt(c.seq, its.seq)),
)
const attemptsSince = where(webhook_attempts, ['attempted_at', 'seq'], (c, its) =>
  and(gte(c.attempted_at, its.attempted_at), gt(c.seq, its.seq)),
)
const eventsByTime = orderBy(events, (c) => [asc(c.created_at), asc(c.seq)])
const latestEvent = orderBy(events, (c) => [desc(c.created_at), desc(c.seq)])
const attemptsByTime = orderBy(webhook_attempts, (c) => [asc(c.attempted_at), asc(c.seq)])
const latestAttempt = orderBy(webhook_attempts, (c) => [desc(c.attempted_at), desc(c.seq)])

/** One line of what happened during a leap; `at` is an instant, ms. */
export type TranscriptEntry =
  | {
      at: number
      kind: 'event'
      event_id: string
      event_type: string
      device_id: string | null
      access_code_id: string | null
      connected_account_id: string | null
    }
  | {
      at: number
      kind: 'delivery'
      webhook_id: string
      event_id: string
      event_type: string
      attempt: number
      status: number | null
      error: string | null
    }

export interface Transcript {
  entries: TranscriptEntry[]
  /** There was more than fits; `/events/list` has all of it. */
  truncated: boolean
}

/** More lines than this are cut off. */
const LIMIT = 1_000

export interface TranscriptStart {
  at: number
  event_seq: number
  attempt_seq: number
}

/** Remembers where the histories stand now. */
export const startTranscript = (world: World): TranscriptStart => ({
  at: world.now,
  event_seq: world.events.first([], { order: latestEvent, limit: 1 })?.seq ?? 0,
  attempt_seq: world.webhook_attempts.first([], { order: latestAttempt, limit: 1 })?.seq ?? 0,
})

/** What has happened since, in the order in which it happened; at one instant events come before deliveries. */
export const readTranscript = (world: World, start: TranscriptStart): Transcript => {
  const recorded = world.events.all(eventsSince({ created_at: start.at, seq: start.event_seq }), {
    order: eventsByTime,
    limit: LIMIT + 1,
  })
  const attempts = world.webhook_attempts.all(
    attemptsSince({ attempted_at: start.at, seq: start.attempt_seq }),
    { order: attemptsByTime, limit: LIMIT + 1 },
  )
  const typeOf = new Map(recorded.map((event) => [event.event_id, event.event_type]))
  const lines: { entry: TranscriptEntry; order: number }[] = [
    ...recorded.map((event) => ({
      order: event.seq,
      entry: {
        // The leap's own clock: an event's stamp may be ahead of it.
        at: event.created_at - (event.ahead ?? 0),
        kind: 'event' as const,
        event_id: event.event_id,
        event_type: event.event_type,
        device_id: event.device_id,
        access_code_id: event.access_code_id,
        connected_account_id: event.connected_account_id,
      },
    })),
    ...attempts.map((attempt) => ({
      order: attempt.delivery_seq,
      entry: {
        at: attempt.attempted_at,
        kind: 'delivery' as const,
        webhook_id: attempt.webhook_id,
        event_id: attempt.event_id,
        event_type:
          typeOf.get(attempt.event_id) ?? world.events.get(attempt.event_id)?.event_type ?? '',
        attempt: attempt.attempt,
        status: attempt.status,
        error: attempt.error,
      },
    })),
  ]
  lines.sort(
    (a, b) =>
      a.entry.at - b.entry.at ||
      Number(a.entry.kind === 'delivery') - Number(b.entry.kind === 'delivery') ||
      a.order - b.order,
  )
  return {
    entries: lines.slice(0, LIMIT).map((line) => line.entry),
    truncated: lines.length > LIMIT,
  }
}
