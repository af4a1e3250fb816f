/** Rows that stay at hand as their table has them, so that they need not be read and decoded anew. */
import type { Row } from './codec.ts'
import type { Room, Rows, Work } from './shapes.ts'

/** Rows at hand per table, over all workspaces; a bound, so that memory stays flat. */
const MOST_AT_HAND = 10_000

export const createRoom = (): Room => ({ most: MOST_AT_HAND })

/**
 * To be called before so many rows are read for one list, which is likely to be asked for again. With
 * room for fewer, none of them would be at hand the next time, and each be read and presented anew. All
 * tables get more room: who lists devices looks at as many rows of their kind's own table.
 */
export const makeRoomFor = ({ room }: Work, count: number): void => {
  room.most = Math.max(room.most, 2 * count)
}

export const keep = (rows: Rows, key: string, row: Row | null): void => {
  const { clean, shelf } = rows
  const before = clean.size
  clean.set(key, row)
  if (clean.size === before) return
  const { room } = shelf.work
  shelf.holders.add(rows)
  if (++shelf.taken < room.most) return
  // Those in use are soon at hand again: cheaper than to note every use.
  for (const holder of shelf.holders) holder.clean.clear()
  shelf.holders.clear()
  shelf.taken = 0
  room.most = Math.max(MOST_AT_HAND, room.most / 2)
}

export const letGo = ({ clean, shelf }: Rows, key: string): void => {
  if (clean.delete(key)) shelf.taken--
}

export const letGoOfAll = ({ clean, shelf }: Rows): void => {
  shelf.taken -= clean.size
  clean.clear()
}
