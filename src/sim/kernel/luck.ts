/** A workspace's luck: named streams, and how far each was drawn from. */
import type { Tables } from '../../db/database.ts'
import type { DrawnId } from '../../db/tables/index.ts'
import { createStream } from './random.ts'
import type { Stream } from './random.ts'

/** Draws from the workspace's named streams. */
export interface WorldRandom {
  stream(name: string): Stream
  /** The next position of the stream; it is kept with the world, over restarts and snapshots. */
  next(name: string): number
  /** The next UUID of the stream. A snapshot is asked whether the next one is free. */
  uuid(name: DrawnId | 'common_code_key'): string
}

/** A stream's key is cheap to derive again: a bound keeps a long run's memory flat. */
const MOST_AT_HAND = 10_000

/** @param seed the workspace's, which a restore may change */
export const createLuck = (seed: () => string, rows: Tables['streams']) => {
  let streams = new Map<string, Stream>()
  let positions = new Map<string, number>()
  const drawn = new Set<string>()
  /** Streams that have a row already. */
  let kept = new Set<string>()

  const stream = (name: string): Stream => {
    let found = streams.get(name)
    if (found === undefined) {
      found = createStream(seed(), name)
      if (streams.size > MOST_AT_HAND) streams = new Map()
      streams.set(name, found)
    }
    return found
  }
  const storedPosition = (name: string): number => {
    const row = rows.get(name)
    if (row === undefined) return 0
    kept.add(name)
    return row.position
  }
  const next = (name: string): number => {
    const position = positions.get(name) ?? storedPosition(name)
    positions.set(name, position + 1)
    drawn.add(name)
    return position
  }
  const random: WorldRandom = { stream, next, uuid: (name) => stream(name).uuid(next(name)) }

  return {
    random,
    /** Writes the positions that were drawn from. */
    keep: (): void => {
      if (drawn.size === 0) return
      for (const name of drawn) {
        const position = positions.get(name) ?? 0
        if (kept.has(name)) rows.update(name, { position })
        else rows.insert({ name, position })
        kept.add(name)
      }
      drawn.clear()
      if (positions.size > MOST_AT_HAND) {
        positions = new Map()
        kept = new Set()
      }
    },
    /** Drops what was read, and what was drawn since it was written. */
    forget: (): void => {
      streams = new Map()
      positions = new Map()
      kept = new Set()
      drawn.clear()
    },
  }
}
