/** Transactions over the rows of all tables, and the commits that they share. */
import { createRoom } from './at-hand.ts'
import { completeBefore, flushRows, forgetRows, putBack } from './flush.ts'
import { makeWay } from './make-way.ts'
import type { Journal } from './rollback-journal.ts'
import { removeEmptied, writersOf } from './self-written.ts'
import type { Work } from './shapes.ts'
import { flushAll, newState } from './state.ts'
import type { State } from './state.ts'

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
    for (const step of undo.toReversed()) {
      if (typeof step === 'function') step()
      else putBack(step, serial)
    }
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
    removeEmptied(state, journal)
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

/** What rows tell of themselves. */
const noticesOf = (
  state: State,
  journal: Journal,
): Pick<Work, 'onUndone' | 'note' | 'count' | 'beforeFlush'> => ({
  onUndone: (listener) => void state.listeners.add(listener),
  note: (before) => {
    // Later ones SQLite takes back.
    if (!state.isProtected) state.undo.push(before)
  },
  count: (rows, more) => {
    state.waiting += more
    if (rows.shelf.isFinal) state.final += more
    if (rows.waiting.size === 0) state.dirty.delete(rows)
    else if (rows.waiting.size === more) state.dirty.add(rows)
  },
  beforeFlush: (rows) => {
    if (state.isOpen) {
      if (!state.isProtected) {
        for (const step of state.undo)
          if (typeof step !== 'function' && step.rows === rows) completeBefore(step)
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
    else makeWay(state)
  }

  return {
    isDurable: journal.isDurable,
    room: createRoom(),
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
    ...writersOf(state, journal),
    ...noticesOf(state, journal),
  }
}
