/** The numbers of a workspace that real Seam keeps to itself. */
import { z } from 'zod'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import { duration } from '../../lib/duration.ts'
import { once } from '../../lib/once.ts'
import { settleEverything } from '../../sim/access-codes/wake.ts'
import { updateSettings } from '../../sim/workspaces/operations.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'

const settings = once(
  () =>
    z.strictObject({
      delay_after: z.number(),
      fail_after: z.number(),
      retry_every: z.number(),
      retry_at_most: z.number(),
      native_lead_time: z.number(),
      just_in_time_lead_time: z.number(),
      poll_interval: z.number().nullable(),
      backup_pool_size: z.number(),
      rate_limits: z.boolean(),
      pull_answers_backup: z.boolean(),
      keep_expired_codes: z.boolean(),
      enforce_code_constraints: z.boolean(),
    }) satisfies z.ZodType<WorkspaceSettings>,
)

const get = defineEndpoint({
  path: '/_emulator/settings/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: "The workspace's thresholds, lead times and switches; durations in milliseconds.",
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({ settings: settings() }),
  handler: ({ world }) => ({ settings: world.settings }),
})

const update = defineEndpoint({
  path: '/_emulator/settings/update',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Changes some of them; durations such as "10m", "PT72H" or milliseconds.',
  effect: 'write',
  params: () =>
    z.strictObject({
      delay_after: duration().optional(),
      fail_after: duration().optional(),
      retry_every: duration()
        .refine((ms) => ms > 0, 'retry_every must be longer than nothing')
        .optional(),
      retry_at_most: duration().optional(),
      native_lead_time: duration().optional(),
      just_in_time_lead_time: duration().optional(),
      poll_interval: duration().nullable().optional(),
      backup_pool_size: z.int().min(0).max(100).optional(),
      rate_limits: z.boolean().optional(),
      pull_answers_backup: z.boolean().optional(),
      keep_expired_codes: z.boolean().optional(),
      enforce_code_constraints: z.boolean().optional(),
    }),
  result: () => ({ settings: settings() }),
  handler: ({ world }, changes) => {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined)
    updateSettings(world, Object.fromEntries(given))
    settleEverything(world)
    return { settings: world.settings }
  },
})

export const settingsEndpoints = [get, update]
