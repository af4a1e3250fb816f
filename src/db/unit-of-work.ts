import type BetterSqlite3 from 'better-sqlite3'
import { createUnjournaled } from './unjournaled.ts'

/** A repository with writes that its table does not have yet. */
export interface Writer {
  readonly hasOpen: boolean
  readonly hasSettled: boolean
  /** Brings the running transaction's writes into the table. */
  applyOpen(): void
  /** Brings up to `most` writes of earlier transactions into the table; answers how many. */
  applySettled(most: number): number
  /** Lets the running transaction's writes wait; answers how many more rows wait now. */
  settle(): number
  /** The transaction never was. */
  drop(): void
}

/**
 * Transactions whose writes reach the tables late: together at the end, or, in a database that dies
 * with the process anyway, when somebody asks for them (docs/decisions/0022).
 */
export interface UnitOfWork {
  /** Runs `fn` in a transaction; an inner call joins the outer one. */
  run<T>(fn: () => T): T
  /** Says that the writer has open writes; outside of a transaction they are one of their own. */
  noteOpen(writer: Writer): void
  /** To be called before SQL that must see what the writer has written. */
  bringUpToDate(writer: Writer): void
  bringAllUpToDate(): void
  /** To be called before SQL that writes. */
  beforeWrite(): void
  /** Calls `undo` once should the running transaction fail; answers whether that is news. */
  ifUndone(undo: () => void): boolean
  /** Brings up to `most` settled writes into their tables; answers whether there are more. */
  flush(most?: number): boolean
}

/** Settled writes that may wait; a bound, so that memory stays flat and nobody waits long for them. */
const MOST_WAITING = 32_768

export const createUnitOfWork = (db: BetterSqlite3.Database, mayWait: boolean): UnitOfWork => {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const unjournaled = createUnjournaled(db)
  /** A transaction's function is running, and whether SQLite knows of it. */
  let isOpen = false
  let hasBegun = false
  const dirty = new Set<Writer>()
  const undos = new Set<() => void>()
  const waiting = new Set<Writer>()
  let waitingRows = 0

  const flush = (most = Number.POSITIVE_INFINITY): boolean => {
    if (waiting.size === 0) return false
    let left = most
    // Row by row they leave the notes as they reach their tables: nothing of it is ever to be undone.
    unjournaled.enter()
    for (const writer of waiting) {
      left -= writer.applySettled(left)
      if (!writer.hasSettled) waiting.delete(writer)
      if (left <= 0) break
    }
    waitingRows = waiting.size === 0 ? 0 : waitingRows - (most - left)
    return waiting.size > 0
  }

  const beginInSqlite = (): void => {
    if (hasBegun) return
    // Or a rollback would take what was settled with it.
    flush()
    unjournaled.leave()
    begin.run()
    hasBegun = true
  }

  const close = (): void => {
    hasBegun = false
    dirty.clear()
    undos.clear()
  }

  const finish = (): void => {
    if (!hasBegun && mayWait) {
      for (const writer of dirty) {
        waitingRows += writer.settle()
        waiting.add(writer)
      }
      close()
      if (waitingRows > MOST_WAITING) flush(waitingRows - MOST_WAITING + 256)
      return
    }
    if (dirty.size > 0) beginInSqlite()
    for (const writer of dirty) writer.applyOpen()
    if (hasBegun) commit.run()
    close()
  }

  const abandon = (): void => {
    try {
      // SQLite may have done so itself, on a full disk for example.
      if (hasBegun && db.inTransaction) rollback.run()
    } finally {
      for (const writer of dirty) writer.drop()
      for (const undo of undos) undo()
      close()
    }
  }

  const run = <T>(fn: () => T): T => {
    if (isOpen) return fn()
    isOpen = true
    try {
      const result = fn()
      finish()
      return result
    } catch (error) {
      abandon()
      throw error
    } finally {
      isOpen = false
    }
  }

  return {
    run,
    noteOpen: (writer) => {
      dirty.add(writer)
      if (!isOpen) run(() => undefined)
    },
    bringUpToDate: (writer) => {
      if (writer.hasOpen) {
        beginInSqlite()
        writer.applyOpen()
      } else if (writer.hasSettled) {
        unjournaled.enter()
        waitingRows -= writer.applySettled(Number.POSITIVE_INFINITY)
        waiting.delete(writer)
      }
    },
    bringAllUpToDate: () => {
      if (dirty.size > 0) beginInSqlite()
      else flush()
      for (const writer of dirty) writer.applyOpen()
    },
    beforeWrite: () => {
      if (isOpen) beginInSqlite()
      else unjournaled.leave()
    },
    ifUndone: (undo) => {
      if (!isOpen || undos.has(undo)) return false
      undos.add(undo)
      return true
    },
    flush,
  }
}
