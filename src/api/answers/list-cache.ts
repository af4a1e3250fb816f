/** Whole lists of codes that are asked for again while nothing in them changed: polling is what clients do. */
import { requireLock } from '../../sim/locks/lock-view.ts'
import { worldTables } from '../../db/tables/index.ts'
import type { WorldTable } from '../../db/tables/index.ts'
import type { World } from '../../sim/kernel/world.ts'
import { keepText } from './json-cache.ts'
import { fingerprintOf } from './lock-fingerprint.ts'
import type { LockFingerprint } from './lock-fingerprint.ts'

/** Lists per world, if not told otherwise; a bound, so that memory stays flat. */
const KEPT_LISTS = 4

/** A table whose rows the list was made from; it counts its changes. */
interface ReadTable {
  readonly version: number
}

interface KeptList<T> {
  /** The tables that were read, as they were. */
  reads: readonly { table: ReadTable; version: number }[]
  locks: ReadonlyMap<string, LockFingerprint>
  from: number
  until: number
  result: T
  /** Whether its text is kept as well: from the second time on that it is asked for. */
  isTextKept: boolean
}

/** What a list shows, and until when that stays true by itself, ms. */
export interface FreshList<T> {
  result: T
  /** Every table that the list was made from, but for those that a lock's fingerprint stands for. */
  reads: readonly ReadTable[]
  locks: ReadonlyMap<string, LockFingerprint | null>
  until: number
}

const holds = (world: World, list: KeptList<unknown>): boolean => {
  if (list.reads.some(({ table, version }) => table.version !== version)) return false
  if (world.now < list.from || world.now >= list.until) return false
  for (const [device_id, fingerprint] of list.locks) {
    if (fingerprintOf(world, requireLock(world, device_id)) !== fingerprint) return false
  }
  return true
}

/** The fingerprints of all locks; null when one of them is to be looked at every time. */
const allFingerprints = (
  locks: FreshList<unknown>['locks'],
): Map<string, LockFingerprint> | null => {
  const fingerprints = new Map<string, LockFingerprint>()
  for (const [device_id, fingerprint] of locks) {
    if (fingerprint === null) return null
    fingerprints.set(device_id, fingerprint)
  }
  return fingerprints
}

/** Keeps the last few lists of every world; `get` makes the one of that key if what is kept no longer holds. */
export const createKeptLists = <T extends object>(most = KEPT_LISTS) => {
  const lists = new WeakMap<World, Map<string, KeptList<T>>>()
  return {
    get: (world: World, key: string, make: () => FreshList<T>): T => {
      const ofWorld = lists.get(world) ?? new Map<string, KeptList<T>>()
      const known = ofWorld.get(key)
      if (known !== undefined && holds(world, known)) {
        if (!known.isTextKept) keepText(known.result)
        known.isTextKept = true
        return known.result
      }
      ofWorld.delete(key)
      const { result, reads, locks, until } = make()
      const fingerprints = allFingerprints(locks)
      if (fingerprints === null) return result
      for (const oldest of ofWorld.keys()) {
        if (ofWorld.size < most) break
        ofWorld.delete(oldest)
      }
      ofWorld.set(key, {
        reads: reads.map((table) => ({ table, version: table.version })),
        locks: fingerprints,
        from: world.now,
        until,
        result,
        isTextKept: false,
      })
      lists.set(world, ofWorld)
      return result
    },
  }
}

/** What a list depends on, of a call, besides its parameters. */
interface ListCall {
  readonly world: World
  readonly auth: { readonly client_session_id: string | null }
  readonly origin: string
  readonly input: Readonly<Record<string, unknown>>
}

const noLocks: ReadonlyMap<string, null> = new Map()

/** All tables of a world as one, which counts every change. */
const wholeWorld = (world: World): ReadTable => ({
  get version() {
    return worldTables.reduce((sum, name) => sum + world[name].version, 0)
  },
})

/**
 * Lists of things that may change by time alone: they are kept while the clock stands and nothing at
 * all has changed. Only the last one is, since devices take much room.
 */
export const createStillLists = <T extends object>() => {
  const lists = createKeptLists<T>(1)
  return (call: ListCall, params: object, make: () => T): T => {
    const { world, auth, origin, input } = call
    if (world.workspace.clock_mode !== 'frozen' || auth.client_session_id !== null) return make()
    return lists.get(world, JSON.stringify([origin, params, input, world.settings]), () => ({
      result: make(),
      reads: [wholeWorld(world)],
      locks: noLocks,
      until: world.now + 1,
    }))
  }
}

/**
 * Lists that only changes of these tables change.
 *
 * @param until until when that is so in a world, ms; for ever when not given
 * @param most lists that are kept of a world
 */
export const createTableLists = <T extends object>(
  tables: readonly WorldTable[],
  until: (world: World) => number = () => Number.POSITIVE_INFINITY,
  most = KEPT_LISTS,
) => {
  const lists = createKeptLists<T>(most)
  return (call: ListCall, params: object, make: () => T): T => {
    const { world, auth, origin, input } = call
    if (auth.client_session_id !== null) return make()
    return lists.get(world, JSON.stringify([origin, params, input]), () => ({
      result: make(),
      reads: tables.map((name) => world[name]),
      locks: noLocks,
      until: until(world),
    }))
  }
}
