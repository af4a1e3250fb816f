/** What the rest of the program sees of a table. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ColumnShape, Param, Row } from './codec.ts'
import type { Options, Where } from '../conditions.ts'
import type { Id, Scope } from './sql.ts'
import type { LateIndexes } from './late-indexes.ts'
import type { Work } from './shapes.ts'
import type { Bonds, Traits } from '../tables/traits.ts'

type Patch<T extends SQLiteTable> = Partial<T['$inferInsert']>

type NameOf<T extends SQLiteTable> = T['_']['name']
type ColumnOf<T extends SQLiteTable> = keyof T['$inferSelect'] & string

/**
 * One table of one workspace. Every statement is bound to the workspace before anything else, and
 * conditions come from `conditions.ts` alone, which binds what looks into other tables as well.
 * Statements are prepared once per database and kept.
 */
export interface Repository<T extends SQLiteTable> {
  get(id: Id): T['$inferSelect'] | undefined
  /** Rows of which the condition holds, all when there is none; in the order of creation unless `options` has another. */
  all(filter?: Where<NameOf<T>>, options?: Options<NameOf<T>>): T['$inferSelect'][]
  /** One column of such rows, as it is stored. */
  column(name: ColumnOf<T>, filter?: Where<NameOf<T>>, options?: Options<NameOf<T>>): Param[]
  first(filter?: Where<NameOf<T>>, options?: Options<NameOf<T>>): T['$inferSelect'] | undefined
  /** Whether there is such a row. */
  has(filter?: Where<NameOf<T>>): boolean
  count(filter?: Where<NameOf<T>>): number
  /** How many bytes the values of these columns take, of all rows. */
  bytes(columns: readonly ColumnOf<T>[]): number
  insert(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  /** Inserts, or takes the place of the row of the same identity (with a new `seq`). */
  replace(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  update(id: Id, patch: Patch<T>): void
  updateWhere(filter: Where<NameOf<T>>, patch: Patch<T>): number
  /** @param found the row as it is, so that nobody looks for it again */
  delete(id: Id, found?: Omit<T['$inferSelect'], 'workspace_id'>): void
  deleteWhere(filter: Where<NameOf<T>>): number
  /** Deletes all rows of the workspace. */
  clear(): void
  /**
   * Lets go of rows that wait to be written; to be called before `clear`, in its transaction, and for
   * all tables that are emptied with it: the first `clear` may write whatever waits then.
   */
  dropWaiting(): void
  /** Is another after every write, and after a rollback or restore. */
  readonly version: number
  /**
   * Who is told of every row that is written from now on, by its identity (parts of it are joined by
   * line breaks) and as it is then, or as it was before it went where that is at hand; also of what a
   * failed transaction takes back again. Null for nobody.
   */
  watch(watcher: ((id: string, row: Readonly<Row> | null) => void) | null): void
  /** Drops rows kept at hand; needed after a restore. */
  forget(): void
}

/** What a table with a lookup answers besides. */
export interface LookedUp<T extends SQLiteTable> {
  /**
   * The rows with these two values in columns of the table's lookup, by `seq`; asked of memory.
   *
   * @param column that of the value; the first one of the lookup when not given
   */
  matching(group: string, value: string, column?: ColumnOf<T>): T['$inferSelect'][]
}

/** A table's statements, shared by all workspaces of a database. */
export interface TableStatements<T extends SQLiteTable> {
  forWorkspace(workspace_id: string): Repository<T> & LookedUp<T>
  /** One row, without all that a repository is made of. */
  get(workspace_id: string, id: Id): T['$inferSelect'] | undefined
  /** The SQL of every statement prepared so far, for looking at query plans. */
  prepared(): string[]
  readonly columns: readonly ColumnShape[]
  /** Whether there may be something to empty: rows of the workspace, or the numbers of those that it had. */
  isTouched(workspace_id: string): boolean
  /** Brings a workspace's rows into the table; those of all when none is given. */
  flush(scope?: Scope): void
  /** A workspace's rows as they came into being, decoded, without `workspace_id`. */
  dump(workspace_id: string): Record<string, unknown>[]
  /** Inserts dumped rows in their order; answers the `seq` that each got. */
  load(workspace_id: string, rows: readonly Readonly<Record<string, unknown>>[]): number[]
}

export interface TableOptions
  extends Pick<Traits, 'id' | 'at_hand' | 'lookup' | 'is_final'>, Pick<Bonds, 'unique'> {
  work: Work
  /** What the table's `workspace_id` holds for a workspace; its id when not given. */
  scopeOf?: (workspace_id: string) => number
  /** Indexes that are not made yet. */
  late?: LateIndexes | null
  /** Brings the workspace's rows of other tables up to date. */
  flush?: (tables: readonly string[], scope: Scope) => void
}
