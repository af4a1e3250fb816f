/** The numbers of a workspace that real Seam keeps to itself. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { duration } from '../lib/duration.ts'
import { acts, controlRoute, reads } from './route.ts'
import { apiVersions, settingProblem, settingsBounds } from './settings-bounds.ts'
import type { NumberSetting } from './settings-bounds.ts'

/** What each setting means; the same words for what is answered and for what may be given. */
const meaning = {
  delay_after:
    'After how long an access code that is not yet on its lock, or not yet off it, is reported as delayed.',
  fail_after: 'After how long such a code is reported as failed; it is tried again all the same.',
  retry_every:
    'How far apart the attempts are; from the thirty-seventh on, each pause is twice the one before.',
  retry_at_most: 'The longest pause between two attempts.',
  native_lead_time:
    'How long before its start a code is put on a lock that keeps the times itself (Seam: 72 hours).',
  just_in_time_lead_time:
    'How long before its start a code is put on a lock that does not (Seam: 60 minutes).',
  poll_interval:
    "After how long a change made at a lock is seen at most, for all locks; null: as each lock's model says.",
  automation_delay:
    'How long after `customers/push_data` its stays become access grants; null: 5 to 15 seconds, by the seed.',
  keep_history_for:
    'How long history is kept: events, messages to webhooks and attempts to send them, inboxes, action attempts that have ended, what doors took, runs of automations. What is older goes in passing, not at the minute. null: 30 days while the clock runs, for ever while it stands still.',
  keep_history_rows:
    'How many rows of each of these are kept; somewhat more at times. null: 100,000 while the clock runs, any number while it stands still.',
  keep_history_bytes:
    'How many bytes of text each of these may take; somewhat more at times. null: 268,435,456 (256 MiB).',
  backup_pool_size: 'How many backup codes are kept on a lock whose codes use the pool.',
  rate_limits: "Whether Seam's published rate limits apply.",
  pull_answers_backup:
    'Whether `access_codes/pull_backup_access_code` answers the backup code, as the guides show it, or the code that it stands in for, as the reference says.',
  enforce_code_constraints:
    "Whether what a provider's `code_constraints` forbid and Seam adapts is refused: a start that is not in the future, a name that is too short.",
  api_version:
    "Of which version of Seam's document (`@seamapi/types`) the API is: docs/api-version.md has what that changes.",
  keep_expired_codes:
    'Whether a code whose time is over can still be read, in place of being not found.',
} as const

const ms = (text: string) => z.number().describe(`${text} Milliseconds.`)
/** A length of time within the bounds of the setting, as ms. */
const bounded = (name: NumberSetting) =>
  duration().superRefine((value, context) => {
    const problem = settingProblem(name, value)
    if (problem !== null) context.addIssue(problem)
  })
const length = (name: NumberSetting) =>
  bounded(name)
    .meta({
      description: `${meaning[name]} Such as \`"10m"\`, \`"PT72H"\` or a number of milliseconds.`,
      examples: ['10m'],
    })
    .optional()
const number = (name: 'keep_history_rows' | 'keep_history_bytes') =>
  z
    .int()
    .min(settingsBounds[name].least)
    .max(settingsBounds[name].most)
    .nullable()
    .describe(meaning[name])
    .optional()
const flag = (text: string) => z.boolean().describe(text)

export const workspaceSettings = once(() =>
  z
    .strictObject({
      delay_after: ms(meaning.delay_after),
      fail_after: ms(meaning.fail_after),
      retry_every: ms(meaning.retry_every),
      retry_at_most: ms(meaning.retry_at_most),
      native_lead_time: ms(meaning.native_lead_time),
      just_in_time_lead_time: ms(meaning.just_in_time_lead_time),
      poll_interval: z.number().nullable().describe(`${meaning.poll_interval} Milliseconds.`),
      automation_delay: z.number().nullable().describe(`${meaning.automation_delay} Milliseconds.`),
      keep_history_for: z.number().nullable().describe(`${meaning.keep_history_for} Milliseconds.`),
      keep_history_rows: z.number().nullable().describe(meaning.keep_history_rows),
      keep_history_bytes: z.number().nullable().describe(meaning.keep_history_bytes),
      backup_pool_size: z.number().describe(meaning.backup_pool_size),
      rate_limits: flag(meaning.rate_limits),
      pull_answers_backup: flag(meaning.pull_answers_backup),
      keep_expired_codes: flag(meaning.keep_expired_codes),
      enforce_code_constraints: flag(meaning.enforce_code_constraints),
      api_version: z.enum(apiVersions).describe(meaning.api_version),
    })
    .meta({ id: 'settings', description: "The workspace's settings." }),
)
export type WorkspaceSettings = z.output<ReturnType<typeof workspaceSettings>>

const changes = () =>
  z.strictObject({
    delay_after: length('delay_after'),
    fail_after: length('fail_after'),
    retry_every: bounded('retry_every')
      .meta({ description: `${meaning.retry_every} A second at least.`, examples: ['5m'] })
      .optional(),
    retry_at_most: bounded('retry_at_most')
      .meta({ description: `${meaning.retry_at_most} A minute at least.`, examples: ['1h'] })
      .optional(),
    native_lead_time: length('native_lead_time'),
    just_in_time_lead_time: length('just_in_time_lead_time'),
    poll_interval: bounded('poll_interval').nullable().describe(meaning.poll_interval).optional(),
    automation_delay: bounded('automation_delay')
      .nullable()
      .describe(meaning.automation_delay)
      .optional(),
    keep_history_for: bounded('keep_history_for')
      .nullable()
      .meta({ description: meaning.keep_history_for, examples: ['7d'] })
      .optional(),
    keep_history_rows: number('keep_history_rows'),
    keep_history_bytes: number('keep_history_bytes'),
    backup_pool_size: z.int().min(0).max(100).describe(meaning.backup_pool_size).optional(),
    rate_limits: flag(meaning.rate_limits).optional(),
    pull_answers_backup: flag(meaning.pull_answers_backup).optional(),
    keep_expired_codes: flag(meaning.keep_expired_codes).optional(),
    enforce_code_constraints: flag(meaning.enforce_code_constraints).optional(),
    api_version: z.enum(apiVersions).describe(meaning.api_version).optional(),
  })

export const settingsRoutes = {
  get: controlRoute({
    path: '/_emulator/settings/get',
    methods: reads,
    summary: "The workspace's thresholds, lead times and switches; durations in milliseconds.",
    params: () => z.strictObject({}),
    result: () => ({ settings: workspaceSettings() }),
    example: () => ({}),
  }),
  update: controlRoute({
    path: '/_emulator/settings/update',
    methods: acts,
    summary: 'Changes some of them; durations such as "10m", "PT72H" or milliseconds.',
    params: changes,
    result: () => ({ settings: workspaceSettings() }),
    example: () => ({ delay_after: '5m', rate_limits: true }),
  }),
}
