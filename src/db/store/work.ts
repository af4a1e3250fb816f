/** Transactions over the rows of all tables, and the commits that they share. */
import { createRoom } from './at-hand.ts'
import { completeBefore, flushRows, putBack } from './flush.ts'
import { createKeeping, forgetAll } from './keeping.ts'
import type { Keeper, Keeping } from './keeping.ts'
import { makeWay } from './make-way.ts'
import type { Journal } from './rollback-journal.ts'
import { removeEmptied, writersOf } from './self-written.ts'
import type { Work } from './shapes.ts'
import { flushAll, newState } from './state.ts'
import type { State } from './state.ts'

/** In a file: has what was written outlast the process, once it is committed. */
const note = (state: State): void => {
  const { undo, unkept, isProtected } = state
  state.isUnkept ||= isProtected || undo.length > 0
  for (const step of undo) unkept.push(step)
}

const close = (state: State, journal: Journal): void => {
  state.undo.length = 0
  state.isProtected = false
  if (!journal.isDurable) state.written.clear()
}

const abandon = (state: State, journal: Journal, keeping: Keeping, error: unknown): void => {
  const { undo, isProtected, serial } = state
  if (journal.isLost()) {
    keeping.loseAfter(error)
    return close(state, journal)
  }
  if (isProtected) {
    journal.revert()
    forgetAll(state)
  }
  for (const step of undo.toReversed()) {
    if (typeof step === 'function') step()
    else putBack(step, serial)
  }
  close(state, journal)
  // Numbers that are free again must be so in the tables as well.
  for (const rows of state.dirty) if (rows.flushedIn === serial) flushRows(rows)
}

const runIn = <T>(state: State, journal: Journal, keeping: Keeping, fn: () => T): T => {
  if (state.isOpen) return fn()
  state.isOpen = true
  state.serial++
  try {
    const result = fn()
    if (state.isProtected) journal.release()
    removeEmptied(state, journal)
    if (journal.isDurable) note(state)
    close(state, journal)
    return result
  } catch (error) {
    abandon(state, journal, keeping, error)
    throw error
  } finally {
    state.isOpen = false
  }
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
    const { shelf } = rows
    if (more > 0 && shelf.waiting > shelf.mostWaiting) state.crowded.add(shelf)
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
  const keeping = createKeeping(state, journal, keeper)
  const afterwards = (): void => {
    if (journal.isDurable) keeping.commit()
    else if (state.crowded.size > 0) makeWay(state)
  }

  return {
    isDurable: journal.isDurable,
    room: createRoom(),
    get isOpen() {
      return state.isOpen
    },
    get pending() {
      return state.isUnkept ? state.pending : null
    },
    share: (fn) => {
      if (state.isOpen) return fn()
      const result = runIn(state, journal, keeping, fn)
      if (!journal.isDurable) afterwards()
      return result
    },
    run: (fn) => {
      if (state.isOpen) return fn()
      const result = runIn(state, journal, keeping, fn)
      afterwards()
      return result
    },
    commit: keeping.commit,
    flushOf: (shelf) => {
      for (const rows of state.dirty) if (rows.shelf === shelf) flushRows(rows)
    },
    flush: (most) => {
      if (journal.isDurable) return keeping.fill(most)
      flushAll(state, most)
      return state.waiting > 0
    },
    openers: state.openers,
    afterFailure: (error) => {
      // A transaction looks after this itself. Of what is kept already nothing need be half-way.
      if (!state.isOpen && (journal.isLost() || (journal.isBegun && !state.isUnkept)))
        keeping.loseAfter(error)
    },
    ...writersOf(state, journal),
    ...noticesOf(state, journal),
  }
}
