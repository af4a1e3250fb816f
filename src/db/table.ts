/** What the rest of the program sees of a table. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ColumnShape, Param } from './codec.ts'
import type { Id } from './late-writes.ts'
import type { Traits } from './tables/traits.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Patch<T extends SQLiteTable> = Partial<T['$inferInsert']>

/**
 * One table of one workspace. Every statement is bound to the workspace before
 * anything else, so a query across workspaces cannot be written by accident.
 * Statements are prepared once per database and kept.
 */
export interface Repository<T extends SQLiteTable> {
  get(id: Id): T['$inferSelect'] | undefined
  /** Rows whose columns satisfy `where` (SQL with `?`), in the order given by `tail`. */
  all(where: string, params?: readonly Param[], tail?: string): T['$inferSelect'][]
  /** One column of such rows, as it is stored. */
  column(
    name: keyof T['$inferSelect'] & string,
    where: string,
    params?: readonly Param[],
    tail?: string,
  ): Param[]
  first(where: string, params?: readonly Param[], tail?: string): T['$inferSelect'] | undefined
  count(where: string, params?: readonly Param[]): number
  insert(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  /** Inserts, or takes the place of the row of the same identity (with a new `seq`). */
  replace(row: Omit<T['$inferInsert'], 'workspace_id' | 'seq'>): number
  update(id: Id, patch: Patch<T>): void
  updateWhere(where: string, params: readonly Param[], patch: Patch<T>): number
  delete(id: Id): void
  deleteWhere(where: string, params?: readonly Param[]): number
  /** Is another after every write, and after a rollback or restore. */
  readonly version: number
  /** Drops rows kept at hand; needed after a restore. */
  forget(): void
}

/** What a table with a lookup answers besides. */
export interface LookedUp<T extends SQLiteTable> {
  /** The rows with these two values in the columns of the table's lookup, by `seq`; asked of memory. */
  matching(group: string, value: string): T['$inferSelect'][]
}

/** A table's statements, shared by all workspaces of a database. */
export interface TableStatements<T extends SQLiteTable> {
  forWorkspace(workspace_id: string): Repository<T> & LookedUp<T>
  /** The SQL of every statement prepared so far, for looking at query plans. */
  prepared(): string[]
  readonly columns: readonly ColumnShape[]
  /** A workspace's rows as they came into being, decoded, without `workspace_id`. */
  dump(workspace_id: string): Record<string, unknown>[]
  /** Inserts dumped rows in their order; answers the `seq` that each got. */
  load(workspace_id: string, rows: readonly Readonly<Record<string, unknown>>[]): number[]
}

export type TableOptions = Pick<Traits, 'id' | 'at_hand'> &
  Pick<Traits, 'late' | 'lookup'> & {
    work: UnitOfWork
    /** What the table's `workspace_id` holds for a workspace; its id when not given. */
    scopeOf?: (workspace_id: string) => number
  }
