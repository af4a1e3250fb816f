/** The instants that events bear: no two of a workspace's are the same. */
import { desc, orderBy } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { lock_log } from '../../db/tables/locks.ts'
import { createMemo } from '../kernel/derived.ts'
import type { World } from '../kernel/world.ts'

const latestEvent = orderBy(events, (c) => [desc(c.created_at), desc(c.seq)])
const latestEntry = orderBy(lock_log, (c) => [desc(c.occurred_at), desc(c.seq)])

const newest = createMemo<{ stamp: number }>()

/** What was given last: to an event, or to what a lock has in its log to be told later. */
const lastGiven = (world: World): { stamp: number } => ({
  stamp: Math.max(
    world.events.first([], { order: latestEvent, limit: 1 })?.created_at ?? 0,
    world.lock_log.first([], { order: latestEntry, limit: 1 })?.occurred_at ?? 0,
  ),
})

/**
 * The present instant, ms, or where that was given already a millisecond after the last one given.
 * So a stamp can be ahead of the clock, which it does not move (docs/decisions/0061).
 */
export const nextStamp = (world: World): number => {
  const last = newest.get(world, '', () => lastGiven(world))
  last.stamp = Math.max(world.now, last.stamp + 1)
  return last.stamp
}
