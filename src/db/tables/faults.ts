import type { FaultEffect } from '../../contract/fault-effects.ts'
import type { FaultOn } from '../../contract/fault-occasions.ts'
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { count, id, ids, instant, record } from './meanings.ts'
import { tableWith } from './traits.ts'

export const faults = sqliteTable(
  'faults',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    fault_id: text('fault_id').notNull(),
    definition: json('definition').$type<FaultDefinition>().notNull(),
    /** How often its condition was met, and how often it acted. */
    seen: integer('seen').notNull(),
    hits: integer('hits').notNull(),
    created_at: integer('created_at').notNull(),
    last_hit_at: integer('last_hit_at'),
    /** What a link fault has taken down and when it acts next; null for the other kinds. */
    progress: json('progress').$type<LinkFaultProgress>(),
  },
  (t) => [uniqueIndex('faults_id').on(t.workspace_id, t.fault_id)],
)

export const faultsTable = tableWith(faults, {
  id: ['fault_id'],
  in_world: true,
  sandbox_reset: 'stays',
  means: () => ({
    fault_id: id(),
    definition: record(),
    seen: count(),
    hits: count(),
    created_at: instant(),
    last_hit_at: instant(),
    progress: z.strictObject({
      from: instant(),
      rounds: count(),
      is_down: z.boolean(),
      down: ids(),
      is_over: z.boolean(),
    }),
  }),
})

export type { FaultEffect, FaultOn }

/** What a key of `match` may be compared with: one value, or any of several. */
export type FaultMatch = Record<
  string,
  string | number | boolean | null | (string | number | boolean | null)[]
>

/** A fault as it was asked for; see `sim/faults`. */
export interface FaultDefinition {
  on: FaultOn
  name?: string | undefined
  match?: FaultMatch | undefined
  /** Acts at most so often. */
  times?: number | undefined
  /** Lets so many occasions pass first. */
  after?: number | undefined
  /** Acts from the first instant (ms) on, and before the second. */
  between?: [number, number] | undefined
  probability?: number | undefined
  effect: FaultEffect
}

/** How far a fault of a link has come. */
export interface LinkFaultProgress {
  /** When its first outage began or will begin. */
  from: number
  /** How many outages have begun, also those that luck left out. */
  rounds: number
  is_down: boolean
  /** The links that it took down and has not brought back. */
  down: string[]
  /** Nothing more will come of it. */
  is_over: boolean
}

export type Fault = typeof faults.$inferSelect
