/** What the work of a database has in hand. */
import { flushRows } from './flush.ts'
import type { Before, Commit, Rows, Shelf, Undo, Work } from './shapes.ts'

export interface State {
  isOpen: boolean
  serial: number
  /** The running transaction's writes. */
  readonly undo: (Before | Undo)[]
  /** Transactions that ended well have written to a file since its last commit. */
  isUnkept: boolean
  /** What they have written; not all of it, where the journal has begun. */
  readonly unkept: (Before | Undo)[]
  /** Rows that the running transaction has emptied, and that their tables still have. */
  readonly emptied: Set<Rows>
  /** SQL has written by itself since; SQLite takes back whatever follows. */
  isProtected: boolean
  /** Rows that have some waiting. */
  readonly dirty: Set<Rows>
  /** Rows whose table has what may be taken back. */
  readonly written: Set<Rows>
  waiting: number
  /** Tables of which more rows wait than there is room for. */
  readonly crowded: Set<Shelf>
  pending: Commit
  readonly listeners: Set<() => void>
  readonly openers: Work['openers']
}

/** Brings up to `most` rows into their tables, of whatever tables. */
export const flushAll = (state: State, most = Number.POSITIVE_INFINITY): void => {
  let left = most
  for (const rows of state.dirty) {
    if (left <= 0) return
    left -= flushRows(rows, left)
  }
}

export const newState = (): State => ({
  isOpen: false,
  serial: 0,
  undo: [],
  isUnkept: false,
  unkept: [],
  emptied: new Set(),
  isProtected: false,
  dirty: new Set(),
  written: new Set(),
  waiting: 0,
  crowded: new Set(),
  pending: { isOver: false, failure: null },
  listeners: new Set(),
  openers: new Map(),
})
