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

/** What is pending for one row. */
interface Entry<Row> {
  readonly key: string
  /** By earlier transactions. */
  settled: Change<Row> | undefined
  /** By the transaction that is running. */
  open: Change<Row> | undefined
  /** Where it stands among what the transaction has written; -1 when it has not. */
  place: number
  /** The transaction made the row anew: it comes last, as it would in the table. */
  isLast: boolean
}

/** The pending writes of one table and one workspace. */
export interface Pending<Row> {
  /** `whole`: the row as the change leaves it, where it is at hand. */
  write(key: string, change: Change<Row>, whole?: Row): void
  /** What is pending for that row. */
  find(key: string): Change<Row> | undefined
  /** Whether the transaction that is running has written. */
  readonly hasOpen: boolean
  readonly hasSettled: boolean
  /** Takes what the running transaction has written, which is then no longer pending. */
  takeOpen(apply: (key: string, change: Change<Row>) => void): void
  /** The same for up to `most` rows of earlier transactions; answers how many. */
  takeSettled(most: number, apply: (key: string, change: Change<Row>) => void): number
  /** The transaction is over: its writes join the earlier ones. Answers how many rows that adds. */
  settle(): number
  /** The transaction never was. */
  drop(): void
}

export const createPending = <Row>(): Pending<Row> => {
  /** In the order in which rows came, but for those of the running transaction that come last. */
  const entries = new Map<string, Entry<Row>>()
  /** What the transaction has written, in its order. */
  let written: Entry<Row>[] = []
  let settledRows = 0

  const note = (entry: Entry<Row>): void => {
    entry.place = written.length
    written.push(entry)
  }
  const endFor = (entry: Entry<Row>): void => {
    entry.open = undefined
    entry.place = -1
    entry.isLast = false
    if (entry.settled === undefined) entries.delete(entry.key)
  }
  /** Each entry that the transaction has written once, at its last place. */
  const eachWritten = (visit: (entry: Entry<Row>) => void): void => {
    for (let i = 0; i < written.length; i++) {
      const entry = written[i]
      if (entry?.place === i) visit(entry)
    }
  }
  const close = (): void => {
    eachWritten(endFor)
    written = []
  }

  return {
    write: (key, change, whole) => {
      const entry = entries.get(key)
      if (entry === undefined) {
        const made = { key, settled: undefined, open: change, place: -1, isLast: false }
        entries.set(key, made)
        note(made)
        return
      }
      const before = entry.open
      const isWhole = before?.do === 'insert' || before?.do === 'replace'
      if (isWhole && change.do === 'update' && whole !== undefined) {
        entry.open = { do: before.do, row: whole }
        return
      }
      entry.open = combine(before, change)
      if (entry.place !== -1 && change.do === 'update') return
      entry.isLast = change.do !== 'update'
      note(entry)
    },
    find: (key) => {
      const entry = entries.get(key)
      if (entry?.open === undefined) return entry?.settled
      return combine(entry.settled, entry.open)
    },
    get hasOpen() {
      return written.length > 0
    },
    get hasSettled() {
      return settledRows > 0
    },
    takeOpen: (apply) => {
      eachWritten((entry) => {
        if (entry.open !== undefined) apply(entry.key, entry.open)
      })
      close()
    },
    takeSettled: (most, apply) => {
      let taken = 0
      for (const entry of entries.values()) {
        if (taken >= most || settledRows === 0) break
        if (entry.settled === undefined) continue
        apply(entry.key, entry.settled)
        entry.settled = undefined
        if (entry.place === -1) entries.delete(entry.key)
        settledRows--
        taken++
      }
      return taken
    },
    settle: () => {
      const before = settledRows
      let areLast = false
      eachWritten((entry) => {
        const change = entry.open
        if (entry.settled !== undefined) settledRows--
        if (change !== undefined) {
          entry.settled = combine(entry.settled, change)
          areLast ||= entry.isLast
          if (areLast && change.do !== 'update' && entries.delete(entry.key)) {
            entries.set(entry.key, entry)
          }
        }
        if (entry.settled !== undefined) settledRows++
      })
      close()
      return settledRows - before
    },
    drop: close,
  }
}
