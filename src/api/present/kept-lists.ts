/** Whole lists of codes that are asked for again while nothing in them changed: polling is what clients do. */
import { requireLock } from '../../sim/devices/facts.ts'
import type { World } from '../../sim/world.ts'
import { keepText } from '../wire-text.ts'
import { viewOf } from './unchanged.ts'
import type { LockView } from './unchanged.ts'

/** Lists per world; a bound, so that memory stays flat. */
const KEPT_LISTS = 4

interface KeptList<T> {
  /** The codes as they were. */
  version: number
  locks: ReadonlyMap<string, LockView>
  from: number
  until: number
  result: T
}

/** What a list shows, and until when that stays true by itself, ms. */
export interface FreshList<T> {
  result: T
  locks: ReadonlyMap<string, LockView | null>
  until: number
}

const holds = (world: World, list: KeptList<unknown>): boolean => {
  if (list.version !== world.access_codes.version) return false
  if (world.now < list.from || world.now >= list.until) return false
  for (const [device_id, view] of list.locks) {
    if (viewOf(world, requireLock(world, device_id)) !== view) return false
  }
  return true
}

/** The views of all locks; null when one of them is to be looked at every time. */
const allViews = (locks: FreshList<unknown>['locks']): Map<string, LockView> | null => {
  const views = new Map<string, LockView>()
  for (const [device_id, view] of locks) {
    if (view === null) return null
    views.set(device_id, view)
  }
  return views
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
      const { result, locks, until } = make()
      const views = allViews(locks)
      if (views === null) return result
      for (const oldest of ofWorld.keys()) {
        if (ofWorld.size < KEPT_LISTS) break
        ofWorld.delete(oldest)
      }
      const { version } = world.access_codes
      ofWorld.set(key, { version, locks: views, from: world.now, until, result: keepText(result) })
      lists.set(world, ofWorld)
      return result
    },
  }
}
