/** Transactions over the rows of all tables, and the commits that they share. */
import { completeBefore, flushRows, forgetRows, putBack } from './flush.ts'
import type { Journal } from './rollback-journal.ts'
import type { Before, Commit, Rows, Work } from './shapes.ts'

/** Rows that may wait in memory; a bound, so that memory stays flat and nobody waits long for them. */
const MOST_WAITING = 32_768

interface State {
  isOpen: boolean
  serial: number
  /** The running transaction's writes. */
  readonly undo: Before[]
  /** SQL has written by itself since; SQLite takes back whatever follows. */
  isProtected: boolean
  /** Rows that have some waiting. */
  readonly dirty: Set<Rows>
  /** Rows whose table has what may be taken back. */
  readonly written: Set<Rows>
  waiting: number
  pending: Commit
  readonly listeners: Set<() => void>
}

const flushAll = (state: State, most = Number.POSITIVE_INFINITY): void => {
  let left = most
  for (const rows of state.dirty) {
    if (left <= 0) return
    left -= flushRows(rows, left)
  }
}

/** Nothing since the last commit, or since SQL wrote by itself, has been: the tables have what is so. */
const forgetAll = (state: State): void => {
  for (const rows of [...state.dirty, ...state.written]) forgetRows(rows)
  for (const listener of state.listeners) listener()
}

const lose = (state: State, journal: Journal, failure: Error): void => {
  journal.rollback()
  forgetAll(state)
  state.written.clear()
  Object.assign(state.pending, { isOver: true, failure })
  state.pending = { isOver: false, failure: null }
}

const close = (state: State, journal: Journal): void => {
  state.undo.length = 0
  state.isProtected = false
  if (!journal.isDurable) state.written.clear()
}

const abandon = (state: State, journal: Journal, failure: Error | null): void => {
  const { undo, isProtected, serial } = state
  if (failure !== null) lose(state, journal, failure)
  else {
    if (isProtected) {
      journal.revert()
      forgetAll(state)
    }
    for (const before of undo.toReversed()) putBack(before, serial)
  }
  close(state, journal)
  // Numbers that are free again must be so in the tables as well.
  for (const rows of state.dirty) if (rows.flushedIn === serial) flushRows(rows)
}

/** @param lossOf what to say of an error with which SQLite has given up its transaction; null: it has not. */
const runIn = <T>(
  state: State,
  journal: Journal,
  lossOf: (error: unknown) => Error | null,
  fn: () => T,
): T => {
  if (state.isOpen) return fn()
  state.isOpen = true
  state.serial++
  try {
    const result = fn()
    if (state.isProtected) journal.release()
    close(state, journal)
    return result
  } catch (error) {
    abandon(state, journal, lossOf(error))
    throw error
  } finally {
    state.isOpen = false
  }
}

export interface Keeper {
  /** Throws where nothing can be kept. */
  beforeCommit(): void
  /** What to say of an error of SQLite's. */
  explain(error: unknown): Error
}

const newState = (): State => ({
  isOpen: false,
  serial: 0,
  undo: [],
  isProtected: false,
  dirty: new Set(),
  written: new Set(),
  waiting: 0,
  pending: { isOver: false, failure: null },
  listeners: new Set(),
})

/** What rows tell of themselves, and what SQL tells that writes by itself. */
const noticesOf = (
  state: State,
  journal: Journal,
): Pick<Work, 'protect' | 'onUndone' | 'note' | 'count' | 'beforeFlush'> => ({
  protect: (rows) => {
    if (!state.isProtected) {
      flushAll(state)
      journal.protect()
      state.isProtected = true
    }
    if (rows !== undefined) state.written.add(rows)
  },
  onUndone: (listener) => void state.listeners.add(listener),
  note: (before) => {
    // Later ones SQLite takes back.
    if (!state.isProtected) state.undo.push(before)
  },
  count: (rows, more) => {
    state.waiting += more
    if (rows.waiting.size === 0) state.dirty.delete(rows)
    else if (rows.waiting.size === more) state.dirty.add(rows)
  },
  beforeFlush: (rows) => {
    if (state.isOpen) {
      if (!state.isProtected) {
        for (const before of state.undo) if (before.rows === rows) completeBefore(before)
      }
      rows.flushedIn = state.serial
    }
    state.written.add(rows)
    journal.enter()
  },
})

export const createWork = (journal: Journal, keeper: Keeper): Work => {
  const state = newState()
  const lossOf = (error: unknown) => (journal.isLost() ? keeper.explain(error) : null)
  const isKept = (): boolean => !journal.isDurable || (state.dirty.size === 0 && !journal.isBegun)

  const commit = (): void => {
    if (isKept()) return
    try {
      keeper.beforeCommit()
      flushAll(state)
      journal.commit()
    } catch (error) {
      const failure = keeper.explain(error)
      lose(state, journal, failure)
      throw failure
    }
    state.written.clear()
    state.pending.isOver = true
    state.pending = { isOver: false, failure: null }
  }
  const afterwards = (): void => {
    if (journal.isDurable) commit()
    else if (state.waiting > MOST_WAITING) flushAll(state, state.waiting - MOST_WAITING + 256)
  }

  return {
    isDurable: journal.isDurable,
    get isOpen() {
      return state.isOpen
    },
    get pending() {
      return isKept() ? null : state.pending
    },
    share: (fn) => {
      if (state.isOpen) return fn()
      const result = runIn(state, journal, lossOf, fn)
      if (!journal.isDurable) afterwards()
      return result
    },
    run: (fn) => {
      if (state.isOpen) return fn()
      const result = runIn(state, journal, lossOf, fn)
      afterwards()
      return result
    },
    commit,
    flushOf: (shelf) => {
      for (const rows of state.dirty) if (rows.shelf === shelf) flushRows(rows)
    },
    flush: (most) => {
      flushAll(state, most)
      return state.dirty.size > 0
    },
    ...noticesOf(state, journal),
  }
}
