import { z } from 'zod'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { once } from '../../lib/once.ts'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { stayKinds } from './customers.ts'
import type { StayKind } from './customers.ts'
import { id, instant, prose, record, word } from './meanings.ts'
import { tableWith } from './traits.ts'

export const ruleNames = [
  'reservation_created',
  'reservation_time_updated',
  'reservation_spaces_updated',
  'reservation_deleted',
  'space_name_updated',
  'user_identity_name_updated',
  'staff_member_created',
  'staff_member_name_updated',
] as const

export type RuleName = (typeof ruleNames)[number]

const plainRule = <Name extends RuleName>(name: Name) =>
  z
    .strictObject({ rule: z.literal(name), config: z.record(z.string(), z.unknown()).optional() })
    .optional()

/** The rules that are on, as Seam's document has them. */
export const accessRules = once(() =>
  z.strictObject({
    reservation_created: z
      .strictObject({
        rule: z.literal('reservation_created'),
        config: z.strictObject({
          /** In the order of preference. */
          access_methods: z.array(z.enum(['card', 'mobile_key', 'code'])).min(1),
          method_issuance_strategy: z.enum([
            'first_available',
            'first_two_available',
            'all_available',
          ]),
          card_count_on_reservation_create: z.int().min(0).optional(),
          instant_key_max_use_count: z.int().min(1).optional(),
          prefer_guest_phone_last4_as_code: z.boolean().optional(),
          allow_shared_email_and_phone_across_user_identities: z.boolean().optional(),
        }),
      })
      .optional(),
    reservation_time_updated: plainRule('reservation_time_updated'),
    reservation_spaces_updated: plainRule('reservation_spaces_updated'),
    reservation_deleted: plainRule('reservation_deleted'),
    space_name_updated: plainRule('space_name_updated'),
    user_identity_name_updated: plainRule('user_identity_name_updated'),
    staff_member_created: plainRule('staff_member_created'),
    staff_member_name_updated: plainRule('staff_member_name_updated'),
  }),
)

export type AccessRules = z.output<ReturnType<typeof accessRules>>
export type GrantRuleConfig = NonNullable<AccessRules['reservation_created']>['config']
export type AutomationMode = GrantRuleConfig['access_methods'][number]

/** What happens by itself with pushed data: for all customers, or for one. */
export const automations = sqliteTable(
  'automations',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    automation_id: text('automation_id').notNull(),
    /** null: for all who have none of their own. */
    customer_key: text('customer_key'),
    access_rules: json('access_rules').$type<AccessRules>().notNull(),
    climate_rules: json('climate_rules').$type<Record<string, unknown>>(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('automations_id').on(t.workspace_id, t.automation_id),
    index('automations_by_customer').on(t.workspace_id, t.customer_key),
  ],
)

export const automationsTable = tableWith(automations, {
  id: ['automation_id'],
  in_world: true,
  not_shown: 'their grants are shown',
  sandbox_reset: 'goes',
  means: () => ({
    automation_id: id(),
    customer_key: prose(),
    access_rules: accessRules(),
    climate_rules: record(),
    created_at: instant(),
  }),
})

/** What an automation did about a stay, and whether it could. */
export const automation_runs = sqliteTable(
  'automation_runs',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    automation_run_id: text('automation_run_id').notNull(),
    /** null: by the rules that hold when nobody has set any. */
    automation_id: text('automation_id'),
    customer_key: text('customer_key').notNull(),
    stay_id: text('stay_id').notNull(),
    stay_key: text('stay_key').notNull(),
    stay_kind: text('stay_kind').$type<StayKind>().notNull(),
    rule: text('rule').$type<RuleName>().notNull(),
    success: flag('success').notNull(),
    error: text('error'),
    message: text('message'),
    actions: json('actions').$type<RunAction[]>().notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('automation_runs_id').on(t.workspace_id, t.automation_run_id),
    index('automation_runs_by_stay').on(t.workspace_id, t.stay_id),
    index('automation_runs_by_time').on(t.workspace_id, t.created_at),
  ],
)

export const automationRunsTable = tableWith(automation_runs, {
  id: ['automation_run_id'],
  is_history: true,
  is_final: true,
  in_world: true,
  not_shown: 'their grants are shown',
  sandbox_reset: 'goes',
  means: () => ({
    automation_run_id: id(),
    automation_id: id(),
    customer_key: id(),
    stay_id: id(),
    stay_key: id(),
    stay_kind: z.enum(stayKinds),
    rule: z.enum(ruleNames),
    error: word(),
    message: prose(),
    actions: z.array(
      z.strictObject({
        action_type: z.enum(['create', 'update', 'delete']),
        resource_type: z.literal('access_grant'),
        access_grant_id: id(),
      }),
    ),
    created_at: instant(),
  }),
})

export interface RunAction {
  action_type: 'create' | 'update' | 'delete'
  resource_type: 'access_grant'
  access_grant_id: string
}

export type Automation = typeof automations.$inferSelect
export type AutomationRun = typeof automation_runs.$inferSelect
