/** Stand for what the rows of some tables say, so that what was made of them holds while nothing of it changes. */
import type { World } from '../../sim/kernel/world.ts'
import { areSame } from './unchanged.ts'

interface Source {
  /** Is another after every change of the table. */
  version: (world: World) => number
  values: (world: World) => unknown[]
}

/**
 * All rows of a table, but for some columns.
 *
 * @param except columns that change often, and on which nothing depends that is made of the stamp
 */
export const rowsWithout = <Row extends object>(
  table: (world: World) => { readonly version: number; all(): Row[] },
  except: readonly (keyof Row & string)[] = [],
): Source => {
  const ignored = new Set<string>(except)
  const valuesOf = (row: Row): unknown[] => {
    const entries: [name: string, value: unknown][] = Object.entries(row)
    return entries.flatMap(([name, value]) => (ignored.has(name) ? [] : [value]))
  }
  return {
    version: (world) => table(world).version,
    values: (world) => table(world).all().flatMap(valuesOf),
  }
}

/**
 * A function that answers the same object as long as what the sources say is the same. For tables of
 * few rows on which much depends: each change of one has all of its rows read.
 */
export const createStamp = (...sources: readonly Source[]): ((world: World) => object) => {
  const known = new WeakMap<World, { versions: number[]; values: unknown[][]; stamp: object }>()
  return (world) => {
    const versions = sources.map((source) => source.version(world))
    const last = known.get(world)
    if (last !== undefined && areSame(versions, last.versions)) return last.stamp
    const values = sources.map((source, nth) => {
      const before = last?.values[nth]
      if (before !== undefined && last?.versions[nth] === versions[nth]) return before
      const now = source.values(world)
      return before !== undefined && areSame(before, now) ? before : now
    })
    const stamp = last !== undefined && areSame(values, last.values) ? last.stamp : {}
    known.set(world, { versions, values, stamp })
    return stamp
  }
}
