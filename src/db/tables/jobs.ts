import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { seq, workspaceId } from './column-kinds.ts'
import { id, instant } from './meanings.ts'
import { tableWith } from './traits.ts'

export const jobs = sqliteTable(
  'jobs',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    due_at: integer('due_at').notNull(),
    kind: text('kind').$type<JobKind>().notNull(),
    /** What the job is about; one job per kind and subject. */
    subject: text('subject').notNull(),
  },
  (t) => [
    uniqueIndex('jobs_by_subject').on(t.workspace_id, t.subject, t.kind),
    index('jobs_by_due').on(t.workspace_id, t.due_at),
  ],
)

/** Whatever happens by itself when its time has come. What each does is in `sim/job-handlers.ts`. */
export const jobKinds = [
  'access_code.settle',
  'access_grant.settle',
  'acs_access_group.settle',
  'acs_credential.settle',
  'acs_credential.lose',
  'acs_user.settle',
  'action_attempt.settle',
  'backup_pool.fill',
  'connected_account.first_sync',
  'customer.stay',
  'device.space',
  'device.stabilize',
  'device.subscription_lapse',
  'device.subscription_renewal',
  'device.sync',
  'fault.link',
  'history.forget',
  'lock.auto_lock',
  'lock.battery',
  'lock.keypad_battery',
  'lock.lose_slot',
  'noise_sensor.battery',
  'noise_sensor.listen',
  'noise_threshold.lose',
  'noise_threshold.settle',
  'thermostat.look',
  'thermostat.outdoor',
  'thermostat.period',
  'thermostat.settle',
  'thermostat.watch',
  'workspace.reset_sandbox',
] as const

export type JobKind = (typeof jobKinds)[number]

export const jobsTable = tableWith(jobs, {
  id: ['subject', 'kind'],
  in_world: true,
  not_shown: 'what comes next is `clock/agenda`',
  sandbox_reset: 'partly',
  means: () => ({
    due_at: instant(),
    kind: z.enum(jobKinds),
    subject: id(),
  }),
})

/** What is known of a job that is to come. */
export type Job = Pick<typeof jobs.$inferSelect, 'seq' | 'due_at' | 'kind' | 'subject'>
