/** Ids of rows by the values of two of their columns, kept at hand for the groups that were asked for. */

/** Entries over all groups; a bound, so that memory stays flat. */
const KEPT_ENTRIES = 200_000

type Value = string | number | boolean | null

/** Where a row stands in a lookup. */
export interface Place {
  readonly group: Value
  readonly value: Value
}

export interface Lookup {
  /** The ids of the group's rows with this value; `load` reads all of the group. */
  find(place: Place, load: () => Iterable<{ id: string; value: Value }>): readonly string[]
  add(id: string, place: Place): void
  remove(id: string, place: Place): void
  clear(): void
}

const none: readonly string[] = []

export const createLookup = (): Lookup => {
  const groups = new Map<Value, Map<Value, string[]>>()
  let entries = 0

  const insert = (group: Map<Value, string[]>, value: Value, id: string): void => {
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
        for (const row of load()) insert(group, row.value, row.id)
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
