/** Instants at which a door turns by time alone: no job is due then, and another PIN opens all the same. */
import { slotsOf } from '../locks/memory-bank.ts'
import type { World } from '../kernel/world.ts'
import { nextEdge } from './agenda.ts'

/** The next edge of a declared window or of one that a lock keeps, or the end of a keypad's deafness; null: never. */
export const nextTurn = (world: World): number | null => {
  let next = Number.POSITIVE_INFINITY
  const note = (at: number | null): void => {
    if (at !== null && at > world.now && at < next) next = at
  }
  note(nextEdge(world, 'check_in'))
  note(nextEdge(world, 'check_out'))
  for (const { device_id, locked_out_until } of world.locks.all()) {
    note(locked_out_until)
    for (const { starts_at, ends_at } of slotsOf(world, device_id)) {
      note(starts_at)
      note(ends_at)
    }
  }
  return Number.isFinite(next) ? next : null
}
