/** What a table says of itself. Every list of tables is made from this. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

type ColumnOf<T extends SQLiteTable> = keyof T['$inferSelect'] & string

export interface Traits<Column extends string = string> {
  /** The columns that follow `workspace_id` in a row's identity. */
  id: readonly [Column, ...Column[]]
  /** Rows stay at hand once they are in their table: for tables read at every request. */
  at_hand?: boolean
  /** The two columns by which `matching` finds rows in memory. */
  lookup?: readonly [group: Column, value: Column]
  /** Whether its rows are the world: what a snapshot copies and a reset begins anew. */
  in_world: boolean
  /** What `/workspaces/reset_sandbox` does; `partly`: sim/workspaces/reset-sandbox.ts says which rows go. */
  sandbox_reset: 'goes' | 'stays' | 'partly'
}

/** Adds to a table what it is; the result stands in the registry (`index.ts`). */
export const tableWith = <T extends SQLiteTable, const R extends Traits<ColumnOf<T>>>(
  table: T,
  traits: R,
): R & { readonly table: T } => ({ ...traits, table })
