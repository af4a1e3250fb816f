/** A file or memory: how SQLite is set, which format the file has, and words for what is wrong with it. */
import Database from 'better-sqlite3'
import { z } from 'zod'
import { databaseError, explain } from './database-error.ts'
import { prepareShrinking } from './shrink.ts'
import { isForeign, migrate, newestFormat } from './migrate.ts'
import { replay } from './replay.ts'

/** A database that dies with the process. */
export const IN_MEMORY = ':memory:'

const open = (file: string, isDurable: boolean): Database.Database => {
  const db = new Database(file, { timeout: 200 })
  try {
    prepareCache(db)
    if (file === IN_MEMORY) migrate(db, 0)
    else prepareFile(db, file, isDurable)
    return db
  } catch (error) {
    // Or its lock would stay with this process.
    db.close()
    throw error
  }
}

const prepareCache = (db: Database.Database): void => {
  db.pragma('temp_store = memory')
  db.pragma('cache_size = -65536')
}

/** Brings in what a process that was killed has kept. @throws DatabaseError when it cannot be read */
const bringIn = (db: Database.Database, file: string): void => {
  try {
    replay(db)
  } catch (error) {
    if (error instanceof Database.SqliteError) throw error
    throw databaseError(
      `${file} is damaged (what was kept last cannot be read). Nothing was changed. Restore a copy, or give another --db file.`,
      error,
    )
  }
}

const prepareFile = (db: Database.Database, file: string, isDurable: boolean): void => {
  // Looked at before anything is written, be it the mode of its journal.
  const version = Number(db.pragma('user_version', { simple: true }))
  const newest = newestFormat()
  if (isForeign(db, version)) {
    throw databaseError(
      `${file} is a database of another program. Nothing was changed. Give another --db file.`,
    )
  }
  if (version > newest) {
    throw databaseError(
      `${file} was written by a newer seam-emulator (format ${version}; this one knows ${newest}). Update, or give another --db file.`,
    )
  }
  if (version === 0) prepareShrinking(db)
  // One process owns the file: two emulators on one file would each move time without the other.
  db.pragma('locking_mode = exclusive')
  db.pragma('journal_mode = wal')
  // A killed process loses nothing that WAL has written; a power cut could, unless each commit waits
  // for the disk (docs/durability.md).
  db.pragma(`synchronous = ${isDurable ? 'full' : 'normal'}`)
  // The log of rows that went into their tables at once may be as large as the file; it is not kept so.
  db.pragma('journal_size_limit = 8000000')
  // Reads every page once: damage is told now, and not by a wrong answer in an hour.
  const [problem] = z
    .array(z.object({ quick_check: z.string() }))
    .parse(db.pragma('quick_check(1)'))
  if (problem?.quick_check !== 'ok') {
    const found = problem?.quick_check.replaceAll(/\s+/g, ' ') ?? 'unknown'
    throw databaseError(
      `${file} is damaged (${found}). Nothing was changed. Restore a copy, or give another --db file.`,
    )
  }
  if (version > 0) {
    prepareShrinking(db)
    bringIn(db, file)
  }
  if (version < newest) migrate(db, version)
  // SQLite opens a file that may not be written all the same, and says so only at a write: this one.
  db.exec(`begin immediate; pragma user_version = ${newest}; rollback`)
}

/** Opens `file`, or `:memory:`, in the present format. @throws DatabaseError */
export const openSqlite = (file: string, isDurable = false): Database.Database => {
  try {
    return open(file, isDurable)
  } catch (error) {
    throw explain(file, error)
  }
}
