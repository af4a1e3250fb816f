import { once } from '../../lib/once.ts'
import { keyOf } from './sql.ts'
import type { TableSql } from './sql.ts'

/** Tells of most ids that a table has never had them, without asking it. */
export interface IdFilter {
  /** Adds an id. Answers whether it is a new one for sure; never for one that was added before. */
  claim(scope: string | number, key: string): boolean
}

/** Never 0, which is a free place. */
const hashOf = (scope: string | number, key: string): number => {
  let hash = typeof scope === 'number' ? scope : hashOf(0, scope)
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  // The last characters reach the low bits only so.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  hash ^= hash >>> 13
  return hash === 0 ? 1 : hash
}

/**
 * A set of 32-bit hashes: some eight bytes an id, where the ids themselves would take a hundred. To
 * look for each new id in its table took a tenth of a create.
 */
export const createIdFilter = (): IdFilter => {
  let places = new Int32Array(256)
  let used = 0

  const placeOf = (hash: number): number => {
    const mask = places.length - 1
    let place = hash & mask
    while (places[place] !== 0 && places[place] !== hash) place = (place + 1) & mask
    return place
  }
  const grow = (): void => {
    const before = places
    places = new Int32Array(before.length * 2)
    for (const hash of before) if (hash !== 0) places[placeOf(hash)] = hash
  }

  return {
    claim: (scope, key) => {
      const hash = hashOf(scope, key)
      const place = placeOf(hash)
      if (places[place] === hash) return false
      places[place] = hash
      if (++used > places.length * 0.7) grow()
      return true
    },
  }
}

/** A table of more rows is asked for each id: to read those of so many takes some 30 ms. */
const MOST_READ = 32_768

/** The same of a table in a file, which another process may have filled: read when it is first asked. */
export const idsOf = (sql: TableSql): IdFilter => {
  const read = once((): IdFilter => {
    if (sql.newest() > MOST_READ) return { claim: () => false }
    const filter = createIdFilter()
    for (const [scope, ...id] of sql.ids()) filter.claim(scope, keyOf(id.map(String)))
    return filter
  })
  return { claim: (scope, key) => read().claim(scope, key) }
}
