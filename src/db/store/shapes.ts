/** What the store is made of: rows, what waits of them, what was before, and the work that writes them. */
import type { Question } from '../conditions.ts'
import type { Row } from './codec.ts'
import type { IdFilter } from './id-filter.ts'
import type { Lookup } from './lookup.ts'
import type { Id, Scope, TableSql } from './sql.ts'

/** By which columns rows are found in memory. */
export interface LookupColumns {
  readonly group: string
  readonly values: readonly string[]
}

export interface ColumnLookup {
  readonly column: string
  readonly lookup: Lookup
}

/** What all workspaces' rows of a table have in common. */
export interface Shelf {
  readonly sql: TableSql
  readonly work: Work
  /** Answers questions about rows of which none is in the table yet. */
  readonly askWaiting: Asker
  /** Rows stay at hand when they are in their table. */
  readonly isKept: boolean
  readonly lookup: LookupColumns | undefined
  /** Columns that other rows of the table must not share. */
  readonly unique: readonly string[]
  /** Of every id that the table ever had. */
  readonly ids: IdFilter
  /** Whose rows the table may have; null for a file, of which nobody knows. */
  readonly filled: Set<Scope> | null
  /** The number of the newest row; null: the table is to be asked. */
  lastSeq: number | null
  /** Its rows that wait, over all workspaces, and how many of them may. */
  waiting: number
  readonly mostWaiting: number
  /** Those that have rows at hand, and how many that are. */
  readonly holders: Set<Rows>
  taken: number
}

/** A row that its table does not have in this state. */
export interface Waiting {
  readonly id: Id
  /** Null: it is to go. */
  readonly row: Row | null
  /** The row as its table has it, or no more than its number; null: it has none; undefined: nobody has looked. */
  readonly base: Row | null | undefined
}

export interface Rows {
  readonly shelf: Shelf
  readonly scope: Scope
  readonly waiting: Map<string, Waiting>
  /** Rows as their table has them; null where it has none. */
  readonly clean: Map<string, Row | null>
  /** Of each value's column; none where the table has no lookup. */
  readonly lookups: readonly ColumnLookup[]
  /** Is another after every write, and after one is undone. */
  version: number
  /** The table's rows of this workspace are gone as soon as the transaction has ended well. */
  isEmptied: boolean
  /** A row that waits may have what the table still gives to another one: its number, or its name. */
  isMoved: boolean
  /**
   * Is told of every row that is written, by its key: as it is then, or as it was before it went, if
   * that is known; null while nobody looks.
   */
  watcher: ((key: string, row: Row | null) => void) | null
  /** The last transaction in which rows went to the table. */
  flushedIn: number
}

/** A row before a transaction wrote it. */
export interface Before {
  readonly rows: Rows
  readonly id: Id
  readonly waiting: Waiting | undefined
  clean: Row | null | undefined
  readonly lastSeq: number | null
}

/** The rows that a question finds; null where their table is to be asked. */
export type Asker = (rows: Rows, question: Question) => Row[] | null

/** What takes something back. */
export type Undo = () => void

/** A commit to a file, which several transactions may share. */
export interface Commit {
  isOver: boolean
  /** Why nothing of them was kept. */
  failure: Error | null
}

/** For how many rows of each table there is room at hand, over all workspaces. */
export interface Room {
  most: number
}

export interface Work {
  /** The rows of each table, by the scope. */
  readonly openers: Map<string, (scope: Scope) => Rows>
  readonly room: Room
  /** In a file: what was written outlasts the process. */
  readonly isDurable: boolean
  /** A transaction's function is running. */
  readonly isOpen: boolean
  /** Runs `fn` in a transaction; an inner call joins the outer one. Its commit is left to `commit`. */
  share<T>(fn: () => T): T
  /** The same with its commit, which takes along whatever waits for one. */
  run<T>(fn: () => T): T
  /** The commit that will keep what is not kept yet; null when everything is, and always in memory. */
  readonly pending: Commit | null
  /** Makes everything durable. @throws what SQLite says; then nothing since the last commit has been. */
  commit(): void
  /** Brings up to `most` rows into their tables; answers whether there are more. When there are none, a file is committed. */
  flush(most?: number): boolean
  /** The same for all rows of one table. */
  flushOf(shelf: Shelf): void
  /** To be called before SQL that writes by itself; SQLite takes it back with the transaction. What was emptied is so in its table then. */
  protect(): void
  /** Runs SQL that writes by itself. @param undo SQL that takes it back, where SQLite need not. */
  write(sql: () => void, undo: Undo): void
  /** Empties the table of a workspace's rows, of which none waits; in memory when the transaction ends. */
  empty(rows: Rows): void
  /** Is called when SQL that wrote by itself is undone. */
  onUndone(listener: () => void): void
  /** For rows: notes one as it was. */
  note(before: Before): void
  /** For rows: so many more of them wait. */
  count(rows: Rows, more: number): void
  /** For rows: to be called before they are brought into their table. */
  beforeFlush(rows: Rows): void
  /** For rows: to be called when they could not be, after which SQLite may have given up. */
  afterFailure(error: unknown): void
}
