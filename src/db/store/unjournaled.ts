import type BetterSqlite3 from 'better-sqlite3'

/** A long transaction of a database in memory that can end only well. */
export interface Unjournaled {
  /** Begins it, unless it is under way. */
  enter(): void
  /** Ends it, if it is under way; to be called before a transaction that may be undone. */
  leave(): void
}

/**
 * SQLite copies each page that a transaction touches, to be able to undo it, and at each commit it may
 * walk through all of its pages: the larger the database, the slower. What can only succeed, and dies
 * with the process, needs neither.
 */
export const createUnjournaled = (db: BetterSqlite3.Database): Unjournaled => {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const journalOn = db.prepare('pragma journal_mode = memory')
  // A rollback without a journal would leave damage, so SQLite wants to be told that this is meant.
  db.unsafeMode(true)
  const journalOff = db.prepare('pragma journal_mode = off')
  db.unsafeMode(false)
  let isUnderWay = false
  return {
    enter: () => {
      if (isUnderWay) return
      journalOff.get()
      begin.run()
      isUnderWay = true
    },
    leave: () => {
      if (!isUnderWay) return
      commit.run()
      journalOn.get()
      isUnderWay = false
    },
  }
}
