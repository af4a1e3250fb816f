/** What a table says of itself. Every list of tables is made from this. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { z } from 'zod'

type ColumnOf<T extends SQLiteTable> = keyof T['$inferSelect'] & string

export interface Traits<Column extends string = string> {
  /** The columns that follow `workspace_id` in a row's identity. */
  id: readonly [Column, ...Column[]]
  /**
   * The stream of luck from which its ids are drawn, where it is not called as the column is without
   * its `_id`. Several tables with the same column share one.
   */
  drawn_from?: string
  /** Rows stay at hand once they are in their table: for tables read at every request. */
  at_hand?: boolean
  /** The columns by which `matching` finds rows in memory: that of their group, and those of their values. */
  lookup?: readonly [group: Column, ...values: [Column, ...Column[]]]
  /**
   * Indexes that are made when a condition first names this column, which is that after the workspace: those of tables that grow with all that happens, and that most runs never ask for.
   */
  late_indexes?: Readonly<Record<string, Column>>
  /** Whether its rows are the world: what a snapshot copies and a reset begins anew. */
  in_world: boolean
  /** Why `/_emulator/world` tells nothing of its rows, where it does not. */
  not_shown?: string
  /** What `/workspaces/reset_sandbox` does; `partly`: sim/workspaces/reset-sandbox.ts says which rows go. */
  sandbox_reset: 'goes' | 'stays' | 'partly'
  /** Its rows tell what was, and grow for as long as the world lives: `sim/history` forgets the oldest. */
  is_history?: true
  /** A row is written once, and hardly ever again: it gains nothing by waiting in memory. */
  is_final?: true
}

type Row<T extends SQLiteTable> = T['$inferSelect']

/** The columns whose type does not say all: numbers, texts and JSON. */
type MeantColumn<T extends SQLiteTable> = {
  [C in ColumnOf<T>]: C extends 'seq' | 'workspace_id'
    ? never
    : Exclude<Row<T>[C], null> extends boolean
      ? never
      : C
}[ColumnOf<T>]

/** What the values of a column are, beside their type (see `meanings.ts`). */
export type Meanings = Readonly<Record<string, z.ZodType>>

/** What holds between the rows of a table and others. */
export interface Bonds<Column extends string = string> {
  /** Columns that name a row of another table by its id. */
  refers?: { readonly [C in Column]?: string }
  /** Further columns that no two rows share, beside the id. */
  unique?: readonly (readonly Column[])[]
}

/** Adds to a table what it is; the result stands in the registry (`index.ts`). */
export const tableWith = <
  T extends SQLiteTable,
  const R extends Traits<ColumnOf<T>> &
    Bonds<ColumnOf<T>> & {
      /** What the values of each column are. Made when a snapshot is read. */
      means: () => Record<MeantColumn<T>, z.ZodType>
    },
>(
  table: T,
  traits: R,
): R & { readonly table: T } => ({ ...traits, table })
