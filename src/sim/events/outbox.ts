/**
 * The outbox: messages to webhooks, of which the next ones are kept at hand. Every turn of a leap asks
 * which comes next, and asking the table for it was an eighth of a leap's time with one receiver.
 */
import { and, asc, eq, lte, orderBy, where } from '../../db/conditions.ts'
import { webhook_deliveries } from '../../db/tables/webhooks.ts'
import type { Delivery } from '../../db/tables/webhooks.ts'
import { noteHistory } from '../history/forget.ts'
import type { World } from '../kernel/world.ts'

const pending = where(webhook_deliveries, [], (c) => eq(c.state, 'pending'))
const dueTo = where(webhook_deliveries, ['webhook_id', 'due_at'], (c, its) =>
  and(eq(c.webhook_id, its.webhook_id), eq(c.state, 'pending'), lte(c.due_at, its.due_at)),
)
const heldBack = where(webhook_deliveries, ['webhook_id'], (c, its) =>
  and(eq(c.webhook_id, its.webhook_id), eq(c.state, 'pending'), eq(c.is_reordered, true)),
)
const soonestFirst = orderBy(webhook_deliveries, (c) => [asc(c.due_at), asc(c.seq)])

/** How many of the next messages are read at once. */
const AHEAD = 256

/** The next pending messages, soonest first: all up to the last of them; `is_whole` says that nothing comes after it. */
interface Queue {
  readonly next: Delivery[]
  is_whole: boolean
  /** What the table and the world were when this was so. */
  version: number
  readonly generation: number
}

const queues = new WeakMap<World, Queue>()

/** The queue, if nobody wrote to the table behind its back. */
const currentQueue = (world: World): Queue | null => {
  const known = queues.get(world)
  const isCurrent =
    known?.version === world.webhook_deliveries.version && known.generation === world.generation
  return isCurrent && (known.next.length > 0 || known.is_whole) ? known : null
}

const queueOf = (world: World): Queue => {
  const known = currentQueue(world)
  if (known !== null) return known
  const { generation, webhook_deliveries: table } = world
  const next = table.all(pending(), { order: soonestFirst, limit: AHEAD })
  const queue = { next, is_whole: next.length < AHEAD, version: table.version, generation }
  queues.set(world, queue)
  return queue
}

/** The newest message comes after all others of its instant. */
const isBefore = (a: Delivery, b: Delivery): boolean =>
  a.due_at < b.due_at || (a.due_at === b.due_at && a.seq < b.seq)

const insert = (queue: Queue, delivery: Delivery): void => {
  const { next } = queue
  let at = next.length
  for (let last = next[at - 1]; last !== undefined && isBefore(delivery, last);)
    last = next[--at - 1]
  if (at === next.length && !queue.is_whole) return
  next.splice(at, 0, delivery)
  if (next.length <= 2 * AHEAD) return
  next.length = AHEAD
  queue.is_whole = false
}

/** Brings the queue up to date with one message that was written. */
const follow = (world: World, queue: Queue | null, seq: number): void => {
  if (queue === null) return
  const { next } = queue
  const at = next.findIndex((it) => it.seq === seq)
  if (at !== -1) next.splice(at, 1)
  const delivery = world.webhook_deliveries.get(String(seq))
  if (delivery?.state === 'pending') insert(queue, delivery)
  queue.version = world.webhook_deliveries.version
}

export type NewDelivery = Omit<Delivery, 'seq' | 'workspace_id'>

/** Puts a message into the outbox. Answers its number. */
export const addDelivery = (world: World, row: NewDelivery): number => {
  const queue = currentQueue(world)
  const seq = world.webhook_deliveries.insert(row)
  follow(world, queue, seq)
  noteHistory(world, 'webhook_deliveries', 0)
  return seq
}

/** A message that is to be sent for the first time, now. */
export const firstDelivery = (
  world: World,
  about: Pick<Delivery, 'webhook_id' | 'event_id' | 'message_id'>,
): NewDelivery => ({
  ...about,
  state: 'pending',
  due_at: world.now,
  attempts: 0,
  held_by: null,
  is_reordered: false,
  created_at: world.now,
})

export const changeDelivery = (world: World, seq: number, patch: Partial<NewDelivery>): void => {
  const queue = currentQueue(world)
  world.webhook_deliveries.update(String(seq), patch)
  follow(world, queue, seq)
}

/** The instant of the next pending message; null when the outbox is empty. */
export const nextDeliveryAt = (world: World): number | null =>
  queueOf(world).next[0]?.due_at ?? null

/** The next of a webhook's messages that are due by now. */
export const nextDueTo = (world: World, webhook_id: string): Delivery | undefined => {
  const { next, is_whole } = queueOf(world)
  const found = next.find((it) => it.webhook_id === webhook_id || it.due_at > world.now)
  if (found !== undefined) return found.due_at > world.now ? undefined : found
  if (is_whole) return undefined
  return world.webhook_deliveries.first(dueTo({ webhook_id, due_at: world.now }), {
    order: soonestFirst,
    limit: 1,
  })
}

/** A webhook's messages that are held back until another one has gone first. */
export const heldBackTo = (world: World, webhook_id: string): Delivery[] => {
  const { next, is_whole } = queueOf(world)
  if (!is_whole) return world.webhook_deliveries.all(heldBack({ webhook_id }))
  return next
    .filter((it) => it.is_reordered && it.webhook_id === webhook_id)
    .toSorted((a, b) => a.seq - b.seq)
}
