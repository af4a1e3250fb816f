import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { seq, workspaceId } from './column-kinds.ts'
import { jobKinds } from './jobs.ts'
import type { JobKind } from './jobs.ts'
import { id, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** Jobs that could not be done: undone and set aside, so that time goes on without them. */
export const failed_jobs = sqliteTable(
  'failed_jobs',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    kind: text('kind').$type<JobKind>().notNull(),
    /** What the job is about; the last failure of each kind and subject is kept. */
    subject: text('subject').notNull(),
    /** When it was to run, and failed. */
    due_at: integer('due_at').notNull(),
    /** Why, in the words of the error. */
    reason: text('reason').notNull(),
  },
  (t) => [uniqueIndex('failed_jobs_by_subject').on(t.workspace_id, t.subject, t.kind)],
)

export const failedJobsTable = tableWith(failed_jobs, {
  id: ['subject', 'kind'],
  in_world: true,
  not_shown: 'in `clock`',
  sandbox_reset: 'goes',
  means: () => ({
    kind: z.enum(jobKinds),
    subject: id(),
    due_at: instant(),
    reason: prose(1_000_000),
  }),
})

export type FailedJob = typeof failed_jobs.$inferSelect
