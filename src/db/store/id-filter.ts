import { once } from '../../lib/once.ts'
import { keyOf } from './sql.ts'
import type { TableSql } from './sql.ts'

/** Tells of most ids that a table has never had them, without asking it. */
export interface IdFilter {
  /** Adds an id. Answers whether it is a new one for sure; never for one that was added before. */
  claim(scope: string | number, key: string): boolean
}

const mix = (text: string, begin: number, factor: number): number => {
  let hash = begin
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), factor)
  // The last characters reach the low bits only so.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

/** Never 0, which is a free place. */
const hashOf = (scope: string | number, key: string): number => {
  const begin = typeof scope === 'number' ? scope : hashOf(0, scope)
  const hash = mix(key, begin, 0x01000193)
  return hash === 0 ? 1 : hash
}

/** Sixteen bits more, by which ids of one hash are told apart. */
const markOf = (scope: string | number, key: string): number => {
  const begin = typeof scope === 'number' ? scope : hashOf(0, scope)
  return mix(key, ~begin, 0x5bd1e995) >>> 16
}

/**
 * A set of 48-bit hashes: some eight bytes an id, where the ids themselves would take a hundred. To
 * look for each new id in its table took a tenth of a create. With 32 bits alone one of 65,536 ids
 * would be taken for another, and its table asked, which it need not be otherwise.
 */
export const createIdFilter = (): IdFilter => {
  let hashes = new Int32Array(256)
  let marks = new Uint16Array(256)
  let used = 0

  /** Where it is, or the free place where it belongs. */
  const placeOf = (hash: number, mark: number): number => {
    const last = hashes.length - 1
    let place = hash & last
    while (hashes[place] !== 0 && (hashes[place] !== hash || marks[place] !== mark))
      place = (place + 1) & last
    return place
  }
  const put = (hash: number, mark: number): boolean => {
    const place = placeOf(hash, mark)
    if (hashes[place] === hash) return false
    hashes[place] = hash
    marks[place] = mark
    return true
  }
  const grow = (): void => {
    const [oldHashes, oldMarks] = [hashes, marks]
    hashes = new Int32Array(oldHashes.length * 2)
    marks = new Uint16Array(oldHashes.length * 2)
    for (let place = 0; place < oldHashes.length; place++) {
      const hash = oldHashes[place] ?? 0
      if (hash !== 0) put(hash, oldMarks[place] ?? 0)
    }
  }

  return {
    claim: (scope, key) => {
      const isNew = put(hashOf(scope, key), markOf(scope, key))
      if (isNew && ++used > hashes.length * 0.7) grow()
      return isNew
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
