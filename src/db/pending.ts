/** Writes that a table does not have yet: the newest state of each row, by its identity. */

/** A row's distance from what the table holds. */
export type Change<Row> =
  /** The table has no such row. */
  | { do: 'insert'; row: Row }
  /** Whatever the table has. */
  | { do: 'replace'; row: Row }
  /** The table has it, in an older state. */
  | { do: 'update'; patch: Partial<Row> }
  | { do: 'delete' }

/** Two changes of one row as one; undefined when they undo each other. */
export const combine = <Row>(
  first: Change<Row> | undefined,
  then: Change<Row>,
): Change<Row> | undefined => {
  if (first === undefined || then.do === 'replace') return then
  switch (then.do) {
    case 'insert':
      return { do: 'replace', row: then.row }
    case 'delete':
      return first.do === 'insert' ? undefined : then
    case 'update':
    default:
      if (first.do === 'delete') return first
      return first.do === 'update'
        ? { do: 'update', patch: { ...first.patch, ...then.patch } }
        : { do: first.do, row: { ...first.row, ...then.patch } }
  }
}

/** The pending writes of one table and one workspace. */
export interface Pending<Row> {
  /** `whole`: the row as the change leaves it, where it is at hand. */
  write(id: string, change: Change<Row>, whole?: Row): void
  /** What is pending for that row. */
  find(id: string): Change<Row> | undefined
  /** Writes of the transaction that is running. */
  readonly open: Map<string, Change<Row>>
  /** Writes of earlier transactions. */
  readonly settled: Map<string, Change<Row>>
  /** The transaction is over: its writes join the earlier ones. Answers how many rows that adds. */
  settle(): number
}

export const createPending = <Row>(): Pending<Row> => {
  const open = new Map<string, Change<Row>>()
  const settled = new Map<string, Change<Row>>()
  const put = (into: Map<string, Change<Row>>, id: string, change: Change<Row>): void => {
    const before = into.get(id)
    const combined = combine(before, change)
    // One that comes anew comes last, as it would in the table.
    if (before !== undefined && change.do !== 'update') into.delete(id)
    if (combined !== undefined) into.set(id, combined)
  }
  return {
    open,
    settled,
    write: (id, change, whole) => {
      const before = open.get(id)
      const isWhole = before?.do === 'insert' || before?.do === 'replace'
      if (isWhole && change.do === 'update' && whole !== undefined) {
        open.set(id, { do: before.do, row: whole })
      } else {
        put(open, id, change)
      }
    },
    find: (id) => {
      const now = open.get(id)
      const before = settled.get(id)
      return now === undefined ? before : combine(before, now)
    },
    settle: () => {
      const before = settled.size
      for (const [id, change] of open) put(settled, id, change)
      open.clear()
      return settled.size - before
    },
  }
}
