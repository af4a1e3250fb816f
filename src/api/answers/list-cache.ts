/** Whole lists of codes that are asked for again while nothing in them changed: polling is what clients do. */
import { requireLock } from '../../sim/locks/lock-view.ts'
import type { World } from '../../sim/kernel/world.ts'
import { keepText } from './json-cache.ts'
import { fingerprintOf } from './lock-fingerprint.ts'
import type { LockFingerprint } from './lock-fingerprint.ts'

/** Lists per world; a bound, so that memory stays flat. */
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
export const createKeptLists = <T extends object>() => {
  const lists = new WeakMap<World, Map<string, KeptList<T>>>()
  return {
    get: (world: World, key: string, make: () => FreshList<T>): T => {
      const ofWorld = lists.get(world) ?? new Map<string, KeptList<T>>()
      const known = ofWorld.get(key)
      if (known !== undefined && holds(world, known)) return known.result
      ofWorld.delete(key)
      const { result, reads, locks, until } = make()
      const fingerprints = allFingerprints(locks)
      if (fingerprints === null) return result
      for (const oldest of ofWorld.keys()) {
        if (ofWorld.size < KEPT_LISTS) break
        ofWorld.delete(oldest)
      }
      ofWorld.set(key, {
        reads: reads.map((table) => ({ table, version: table.version })),
        locks: fingerprints,
        from: world.now,
        until,
        result: keepText(result),
      })
      lists.set(world, ofWorld)
      return result
    },
  }
}
