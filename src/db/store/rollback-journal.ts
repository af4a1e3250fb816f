/** SQLite's own transactions around what the store brings into the tables. */
import type BetterSqlite3 from 'better-sqlite3'
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
  }
}

/** In a file one transaction of SQLite lasts from the first write to the commit. */
export const fileJournal = (db: BetterSqlite3.Database): Journal => {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const savepoint = db.prepare('savepoint protected')
  const release = db.prepare('release protected')
  const revert = db.prepare('rollback to protected')
  let isBegun = false
  const enter = (): void => {
    if (isBegun) return
    begin.run()
    isBegun = true
  }
  return {
    isDurable: true,
    get isBegun() {
      return isBegun
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
    commit: () => {
      commit.run()
      isBegun = false
    },
    rollback: () => {
      isBegun = false
      if (db.inTransaction) rollback.run()
    },
  }
}
