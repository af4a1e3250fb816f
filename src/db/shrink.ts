/** Gives room that a database file no longer needs back to the disk. */
import type BetterSqlite3 from 'better-sqlite3'

/** Pages given back at once: some milliseconds. */
const STEP = 64
/** Begins when so much of the file is free … */
const BEGIN = { share: 1 / 4, pages: 1_024 }
/** … and ends when no more than this is: new rows take that again. */
const END = 1 / 20

/** SQLite's `auto_vacuum = incremental`. */
const INCREMENTAL = 2

const read = (db: BetterSqlite3.Database, name: string): number =>
  Number(db.pragma(name, { simple: true }))

/**
 * To be called before anything is written: a new file can give back room as it goes. One of an older
 * version with much free room is written anew once; on a disk that has no room for that it stays.
 */
export const prepareShrinking = (db: BetterSqlite3.Database): void => {
  db.pragma('auto_vacuum = incremental')
  if (read(db, 'auto_vacuum') === INCREMENTAL || !hasMuchFree(db)) return
  try {
    db.exec('vacuum')
  } catch {
    // The file is as it was.
  }
}

const hasMuchFree = (db: BetterSqlite3.Database): boolean => {
  const free = read(db, 'freelist_count')
  return free >= BEGIN.pages && free >= read(db, 'page_count') * BEGIN.share
}

/** Makes what gives back a little at a time, and answers whether there is more to do. */
export const createShrinker = (db: BetterSqlite3.Database): (() => boolean) => {
  if (read(db, 'auto_vacuum') !== INCREMENTAL) return () => false
  let isUnderWay = false
  return () => {
    isUnderWay ||= hasMuchFree(db)
    if (!isUnderWay) return false
    try {
      db.pragma(`incremental_vacuum(${STEP})`)
      isUnderWay = read(db, 'freelist_count') > read(db, 'page_count') * END
    } catch {
      // A full disk has no room for the log of it; the file is as it was, and it is tried again.
      isUnderWay = false
    }
    return isUnderWay
  }
}
