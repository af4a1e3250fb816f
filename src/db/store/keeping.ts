/** How what transactions have written is kept in a file, and what becomes of it where it cannot be. */
import { forgetRows } from './flush.ts'
import { recall } from './redo.ts'
import type { Journal } from './rollback-journal.ts'
import { flushAll } from './state.ts'
import type { State } from './state.ts'

/** Rows that may wait beside a file: they go into their tables all at once, which takes some 10 µs each. */
const MOST_BESIDE = 8_192
/** Writes of a commit that go beside the tables; those of more go into them at once. */
const MOST_IN_TEXT = 1_024

export interface Keeper {
  /** Throws where nothing can be kept. */
  beforeCommit(): void
  /** What to say of an error of SQLite's. */
  explain(error: unknown): Error
}

export interface Keeping {
  /** Makes everything durable; in memory, where nothing is, there is nothing to be made. */
  readonly commit: () => void
  /** Brings up to `most` rows into their tables, and commits when there are no more; answers whether there are. */
  readonly fill: (most?: number) => boolean
  /** Takes back whatever is not kept, as SQLite does, or has done with this error; answers what to say of it. */
  readonly loseAfter: (error: unknown) => Error
}

/** Nothing since the last commit, or since SQL wrote by itself, has been: the tables have what is so. */
export const forgetAll = (state: State): void => {
  for (const rows of [...state.dirty, ...state.written]) forgetRows(rows)
  for (const listener of state.listeners) listener()
}

/** Tells who shares the commit that it has been, or why not. */
const settle = (state: State, failure: Error | null): void => {
  state.written.clear()
  state.unkept.length = 0
  state.isUnkept = false
  Object.assign(state.pending, { isOver: true, failure })
  state.pending = { isOver: false, failure: null }
}

export const createKeeping = (state: State, journal: Journal, keeper: Keeper): Keeping => {
  const loseAfter = (error: unknown): Error => {
    const failure = keeper.explain(error)
    journal.rollback()
    forgetAll(state)
    recall(journal.texts(), state.openers)
    settle(state, failure)
    return failure
  }
  const orLose = (fn: () => void): void => {
    try {
      fn()
    } catch (error) {
      throw loseAfter(error)
    }
  }
  const fill = (most?: number): void => {
    flushAll(state, most)
    if (state.waiting > 0) return
    keeper.beforeCommit()
    journal.commit()
    settle(state, null)
  }
  /** Answers whether there is a text of it now. */
  const append = (): boolean => {
    if (journal.isBegun || journal.isFull || state.waiting > MOST_BESIDE) return false
    // To be written once and not twice.
    if (state.unkept.length > MOST_IN_TEXT) return false
    keeper.beforeCommit()
    if (!journal.append(state.unkept)) return false
    settle(state, null)
    return true
  }
  return {
    commit: () => {
      if (!state.isUnkept) return
      orLose(() => {
        if (!append()) fill()
      })
    },
    fill: (most) => {
      if (journal.isBegun || state.waiting > 0) orLose(() => fill(most))
      return state.waiting > 0
    },
    loseAfter,
  }
}
