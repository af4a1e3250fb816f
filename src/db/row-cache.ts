/** Half of the rows at hand per table, over all workspaces; a bound, so that memory stays flat. */
const KEPT_ROWS = 5_000

/** The rows of one table and one workspace that were used lately, by their ids. */
export interface RowCache<Row> {
  get(id: string): Row | undefined
  set(id: string, row: Row): void
  delete(id: string): void
  clear(): void
}

/**
 * The caches of one table. When they have taken in `KEPT_ROWS` rows, what was not used since the
 * last time goes: two generations, so that the rows in use stay and nothing is counted per read.
 */
export const createRowCaches = <Row>(): { open(): RowCache<Row> } => {
  const open = new Set<{ rotate(): void }>()
  let taken = 0

  const take = (cache: { rotate(): void }): void => {
    open.add(cache)
    if (++taken < KEPT_ROWS) return
    taken = 0
    for (const each of open) each.rotate()
  }

  return {
    open: () => {
      let young = new Map<string, Row>()
      let old = new Map<string, Row>()
      const self = {
        rotate: () => {
          old = young
          young = new Map()
          if (old.size === 0) open.delete(self)
        },
      }
      const put = (id: string, row: Row): void => {
        const before = young.size
        young.set(id, row)
        if (young.size > before) take(self)
      }
      return {
        get: (id) => {
          const row = young.get(id)
          if (row !== undefined) return row
          const older = old.get(id)
          if (older !== undefined) put(id, older)
          return older
        },
        set: put,
        delete: (id) => {
          young.delete(id)
          old.delete(id)
        },
        clear: () => {
          young.clear()
          old.clear()
        },
      }
    },
  }
}
