/** The tables that tell what was: which of their rows may be forgotten, oldest first. */
import { and, asc, eq, isNotNull, ne, orderBy, where } from '../../db/conditions.ts'
import type { Order, Where } from '../../db/conditions.ts'
import type { AnyTable, Repository } from '../../db/database.ts'
import { action_attempts } from '../../db/tables/action-attempts.ts'
import { automation_runs } from '../../db/tables/automations.ts'
import { chronicle } from '../../db/tables/chronicle.ts'
import { events } from '../../db/tables/events.ts'
import { tableNames } from '../../db/tables/index.ts'
import type { HistoryTable, TableName } from '../../db/tables/index.ts'
import { door_history } from '../../db/tables/locks.ts'
import { inbox_messages, webhook_attempts, webhook_deliveries } from '../../db/tables/webhooks.ts'
import type { World } from '../kernel/world.ts'

/** A row that may be forgotten. */
export interface Past {
  /** ms */
  readonly at: number
  readonly bytes: number
  readonly forget: () => void
}

export interface HistoryKind {
  count(world: World): number
  bytes(world: World): number
  /**
   * Of the so many oldest rows those that may be forgotten. What is held back for a while (by a receiver
   * that does not answer, say) holds those behind it back as well, so that nobody looks through all.
   */
  oldest(world: World, most: number): Past[]
}

type NameOf<T extends AnyTable> = T['_']['name']
type RowOf<T extends AnyTable> = T['$inferSelect']

interface Spec<T extends AnyTable> {
  rows: (world: World) => Repository<T>
  /** Which rows are looked at, by an index; all when not given. */
  ended?: () => Where<NameOf<T>>
  /** Which of those are still needed for a while. */
  isNeeded?: (world: World, row: RowOf<T>) => boolean
  order: Order<NameOf<T>>
  id: (row: RowOf<T>) => string
  at: (row: RowOf<T>) => number
  /** The columns that can be large. */
  texts: readonly (keyof RowOf<T> & string)[]
}

/** What a value takes in its table, about: texts as they are, the rest as JSON. */
const bytesOf = (value: unknown): number =>
  value === null ? 0 : Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value))

const kindOf = <T extends AnyTable>(spec: Spec<T>): HistoryKind => {
  const { rows, ended, isNeeded = () => false, order, id, at, texts } = spec
  const size = (row: RowOf<T>): number =>
    texts.reduce((sum, column) => sum + bytesOf(row[column]), 0)
  return {
    count: (world) => rows(world).count(),
    bytes: (world) => (texts.length === 0 ? 0 : rows(world).bytes(texts)),
    oldest: (world, most) =>
      rows(world)
        .all(ended?.(), { order, limit: most })
        .filter((row) => !isNeeded(world, row))
        .map((row) => ({
          at: at(row),
          bytes: size(row),
          forget: () => rows(world).delete(id(row), row),
        })),
  }
}

const sending = where(webhook_deliveries, ['event_id'], (c, its) =>
  and(eq(c.event_id, its.event_id), eq(c.state, 'pending')),
)
// By it an account is known to be no new one.
const noFirstSync = where(events, [], (c) =>
  ne(c.event_type, 'connected_account.completed_first_sync'),
)
const over = where(action_attempts, [], (c) => ne(c.status, 'pending'))
const closed = where(door_history, [], (c) => isNotNull(c.ended_at))

const isKind = (name: TableName): name is HistoryTable => name in historyKinds

export const historyKinds: Record<HistoryTable, HistoryKind> = {
  events: kindOf<typeof events>({
    rows: (world) => world.events,
    ended: noFirstSync,
    isNeeded: (world, { event_id }) => world.webhook_deliveries.has(sending({ event_id })),
    order: orderBy(events, (c) => [asc(c.created_at), asc(c.seq)]),
    id: (row) => row.event_id,
    at: (row) => row.created_at,
    texts: ['event_id', 'event_type', 'device_id', 'access_code_id', 'declared', 'body'],
  }),
  webhook_deliveries: kindOf<typeof webhook_deliveries>({
    rows: (world) => world.webhook_deliveries,
    isNeeded: (_, { state }) => state === 'pending',
    order: orderBy(webhook_deliveries, (c) => [asc(c.seq)]),
    id: (row) => String(row.seq),
    at: (row) => row.created_at,
    texts: [],
  }),
  webhook_attempts: kindOf<typeof webhook_attempts>({
    rows: (world) => world.webhook_attempts,
    order: orderBy(webhook_attempts, (c) => [asc(c.attempted_at), asc(c.seq)]),
    id: (row) => String(row.seq),
    at: (row) => row.attempted_at,
    texts: ['response_body', 'error'],
  }),
  inbox_messages: kindOf<typeof inbox_messages>({
    rows: (world) => world.inbox_messages,
    order: orderBy(inbox_messages, (c) => [asc(c.received_at), asc(c.seq)]),
    id: (row) => String(row.seq),
    at: (row) => row.received_at,
    texts: ['headers', 'body'],
  }),
  action_attempts: kindOf<typeof action_attempts>({
    rows: (world) => world.action_attempts,
    ended: over,
    order: orderBy(action_attempts, (c) => [asc(c.seq)]),
    id: (row) => row.action_attempt_id,
    at: (row) => row.created_at,
    texts: ['result', 'error', 'action'],
  }),
  door_history: kindOf<typeof door_history>({
    rows: (world) => world.door_history,
    ended: closed,
    order: orderBy(door_history, (c) => [asc(c.ended_at), asc(c.seq)]),
    id: (row) => String(row.seq),
    at: (row) => row.ended_at ?? row.began_at,
    texts: ['code'],
  }),
  chronicle: kindOf<typeof chronicle>({
    rows: (world) => world.chronicle,
    order: orderBy(chronicle, (c) => [asc(c.seq)]),
    id: (row) => String(row.seq),
    at: (row) => row.at,
    texts: ['body'],
  }),
  automation_runs: kindOf<typeof automation_runs>({
    rows: (world) => world.automation_runs,
    order: orderBy(automation_runs, (c) => [asc(c.created_at), asc(c.seq)]),
    id: (row) => row.automation_run_id,
    at: (row) => row.created_at,
    texts: ['message', 'actions'],
  }),
}

export const historyTables: readonly HistoryTable[] = tableNames.filter(isKind)
