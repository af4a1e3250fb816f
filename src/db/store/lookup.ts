/** Ids of rows by the values of two of their columns, kept at hand for the groups that were asked for. Nobody asks for those without a value. */

/** Entries over all groups; a bound, so that memory stays flat. */
const KEPT_ENTRIES = 200_000

/** Where a row stands in a lookup. */
export interface Place {
  readonly group: unknown
  readonly value: unknown
}

export interface Lookup {
  /** The ids of the group's rows with this value; `load` reads all of the group. */
  find(place: Place, load: () => Iterable<readonly [id: string, value: unknown]>): readonly string[]
  add(id: string, place: Place): void
  remove(id: string, place: Place): void
  clear(): void
}

const none: readonly string[] = []

export const createLookup = (): Lookup => {
  const groups = new Map<unknown, Map<unknown, string[]>>()
  let entries = 0

  const insert = (group: Map<unknown, string[]>, value: unknown, id: string): void => {
    if (value === null) return
    const ids = group.get(value)
    if (ids === undefined) group.set(value, [id])
    else ids.push(id)
    entries++
  }

  return {
    find: ({ group: name, value }, load) => {
      let group = groups.get(name)
      if (group === undefined) {
        if (entries > KEPT_ENTRIES) {
          groups.clear()
          entries = 0
        }
        group = new Map()
        for (const [id, own] of load()) insert(group, own, id)
        groups.set(name, group)
      }
      return group.get(value) ?? none
    },
    add: (id, { group: name, value }) => {
      const group = groups.get(name)
      if (group !== undefined) insert(group, value, id)
    },
    remove: (id, { group: name, value }) => {
      const group = groups.get(name)
      const left = group?.get(value)?.filter((other) => other !== id)
      if (left === undefined) return
      if (left.length === 0) group?.delete(value)
      else group?.set(value, left)
      entries--
    },
    clear: () => {
      groups.clear()
      entries = 0
    },
  }
}
