/** SQLite's own transactions around what the store brings into the tables. */
import type BetterSqlite3 from 'better-sqlite3'
import { tell } from './redo.ts'
import type { Before, Undo } from './shapes.ts'
import { createUnjournaled } from './unjournaled.ts'

export interface Journal {
  /** Whether there is anything to commit to. */
  readonly isDurable: boolean
  /** To be called before each write. */
  enter(): void
  /** What is written from now on can be taken back by itself; everything before must be written. */
  protect(): void
  /** It need not any more. */
  release(): void
  /** Takes it back. */
  revert(): void
  /** Whether something was written that is not committed. */
  readonly isBegun: boolean
  /** SQLite has given up by itself, on a full disk for example. */
  isLost(): boolean
  commit(): void
  rollback(): void
  /** Keeps rows that were written, all of which wait, beside their tables; answers false where they are too long for that. */
  append(steps: readonly (Before | Undo)[]): boolean
  /** So much is kept there that the tables had better get it. */
  readonly isFull: boolean
  /** All that is kept there. */
  texts(): string[]
}

/** In memory nothing is to be durable, and hardly anything is ever to be taken back. */
export const memoryJournal = (db: BetterSqlite3.Database): Journal => {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const unjournaled = createUnjournaled(db)
  let isProtected = false
  return {
    isDurable: false,
    isBegun: false,
    isLost: () => false,
    enter: () => {
      if (!isProtected) unjournaled.enter()
    },
    protect: () => {
      unjournaled.leave()
      begin.run()
      isProtected = true
    },
    release: () => {
      isProtected = false
      commit.run()
    },
    revert: () => {
      isProtected = false
      rollback.run()
    },
    commit: () => undefined,
    rollback: () => undefined,
    append: () => false,
    isFull: false,
    texts: () => [],
  }
}

/** Of texts, before their rows are brought into the tables. */
const MOST_TEXT = 4_000_000

/** What a file keeps beside its tables: a text for each commit. */
const createTexts = (db: BetterSqlite3.Database) => {
  const insert = db.prepare('insert into redo (changes) values (?)')
  const remove = db.prepare('delete from redo')
  const all = db.prepare<[], string>('select changes from redo order by seq').pluck()
  const named = new Set<string>()
  let size = 0
  return {
    size: () => size,
    all: () => all.all(),
    add: (steps: readonly (Before | Undo)[]): boolean => {
      const text = tell(steps, named)
      if (text === null) return false
      insert.run(text)
      size += text.length
      return true
    },
    /** In a transaction, at whose end there are none, or all again. */
    remove: () => {
      if (size > 0) remove.run()
    },
    removed: () => {
      size = 0
      named.clear()
    },
    /** What was named may have been lost. */
    isBack: () => named.clear(),
  }
}

/**
 * In a file a commit leaves the rows that it keeps beside their tables, as a text. Once anything is written
 * to a table, one transaction of SQLite lasts until all of them are in their tables.
 */
export const fileJournal = (db: BetterSqlite3.Database): Journal => {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const savepoint = db.prepare('savepoint protected')
  const release = db.prepare('release protected')
  const revert = db.prepare('rollback to protected')
  const texts = createTexts(db)
  let isBegun = false
  const goBack = (): void => {
    isBegun = false
    texts.isBack()
    if (db.inTransaction) rollback.run()
  }
  const enter = (): void => {
    if (isBegun) return
    begin.run()
    isBegun = true
    try {
      // First of all, so that their tables find room on a full disk.
      texts.remove()
    } catch (error) {
      // No transaction may end with rows in their tables and the texts of them.
      goBack()
      throw error
    }
  }
  return {
    isDurable: true,
    get isBegun() {
      return isBegun
    },
    get isFull() {
      return texts.size() > MOST_TEXT
    },
    isLost: () => isBegun && !db.inTransaction,
    enter,
    protect: () => {
      enter()
      savepoint.run()
    },
    release: () => void release.run(),
    revert: () => {
      revert.run()
      release.run()
    },
    append: texts.add,
    texts: texts.all,
    commit: () => {
      commit.run()
      isBegun = false
      texts.removed()
    },
    rollback: goBack,
  }
}
