import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { seq, workspaceId } from '../column-kinds.ts'

export const jobs = sqliteTable(
  'jobs',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    due_at: integer('due_at').notNull(),
    kind: text('kind').notNull(),
    /** What the job is about; one job per kind and subject. */
    subject: text('subject').notNull(),
  },
  (t) => [
    uniqueIndex('jobs_by_subject').on(t.workspace_id, t.subject, t.kind),
    index('jobs_by_due').on(t.workspace_id, t.due_at),
  ],
)
