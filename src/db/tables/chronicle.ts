import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import {
  chronicleKinds,
  commandKinds,
  commandOutcomes,
  linkParts,
  slotActions,
} from '../../contract/chronicle-kinds.ts'
import type { ChronicleKind } from '../../contract/chronicle-kinds.ts'
import { json, seq, workspaceId } from './column-kinds.ts'
import { count, id, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** What physically happened and left no other trace (docs/decisions/0160). Rows are only added. */
export const chronicle = sqliteTable(
  'chronicle',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    at: integer('at').notNull(),
    kind: text('kind').$type<ChronicleKind>().notNull(),
    device_id: text('device_id'),
    access_code_id: text('access_code_id'),
    /** What else there is to be told of it. */
    body: json('body').$type<ChronicleBody>().notNull(),
  },
  // It is read in the order in which it was written, by pages as by what forgets the oldest.
  (t) => [index('chronicle_by_workspace').on(t.workspace_id)],
)

/** What an entry says, by its kind; the wire has the same fields. */
export interface ChronicleBody {
  command?: (typeof commandKinds)[number]
  attempt?: number
  fault_id?: string | null
  outcome?: (typeof commandOutcomes)[number]
  message?: string | null
  code?: string
  opened?: boolean
  reason?: string | null
  part?: (typeof linkParts)[number]
  bridge_id?: string
  up?: boolean
  action?: (typeof slotActions)[number]
  slot?: number
  on?: string
}

const body = () =>
  z.strictObject({
    command: z.enum(commandKinds).optional(),
    attempt: count().optional(),
    fault_id: id().nullable().optional(),
    outcome: z.enum(commandOutcomes).optional(),
    message: prose().nullable().optional(),
    code: prose().optional(),
    opened: z.boolean().optional(),
    reason: prose().nullable().optional(),
    part: z.enum(linkParts).optional(),
    bridge_id: id().optional(),
    up: z.boolean().optional(),
    action: z.enum(slotActions).optional(),
    slot: z.int().min(1).max(1_000_000).optional(),
    on: prose().optional(),
  })

export const chronicleTable = tableWith(chronicle, {
  id: ['seq'],
  is_history: true,
  is_final: true,
  in_world: true,
  not_shown: '`chronicle` has it',
  sandbox_reset: 'goes',
  means: () => ({
    at: instant(),
    kind: z.enum(chronicleKinds),
    device_id: id(),
    access_code_id: id(),
    body: body(),
  }),
})

export type ChronicleRow = typeof chronicle.$inferSelect
