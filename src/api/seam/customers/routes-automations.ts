/** What happens by itself with pushed data, and what came of it. */
import { z } from 'zod'
import { above, eq, is, lt, where } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { accessRules, automation_runs, ruleNames } from '../../../db/tables/automations.ts'
import { rulesOf, setRules } from '../../../sim/customers/automations.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { pagination } from '../../http/pagination.ts'
import { key } from './fields.ts'
import { automationRun, presentRun } from './wire.ts'

const consoleAuth = ['api_key', 'console_session_with_workspace'] as const

const climateRules = () => z.looseObject({ rules: z.looseObject({}) })

const get = defineEndpoint({
  path: '/seam/customer/v1/automations/get',
  methods: ['GET', 'POST'],
  auth: consoleAuth,
  summary: "The rules that are on: a customer's own, else the workspace's.",
  effect: 'read',
  params: () => z.object({ customer_key: key().optional() }),
  result: () => ({ access_rules: accessRules(), climate_rules: climateRules().optional() }),
  handler: ({ world }, { customer_key }) => {
    const { access_rules, climate_rules } = rulesOf(world, customer_key ?? null)
    return {
      access_rules,
      ...(climate_rules !== null && { climate_rules: climateRules().parse(climate_rules) }),
    }
  },
})

const update = defineEndpoint({
  path: '/seam/customer/v1/automations/update',
  methods: ['POST', 'PATCH'],
  auth: consoleAuth,
  summary: 'Sets the rules; one that access_rules does not name is off.',
  effect: 'write',
  params: () =>
    z.object({
      customer_key: key().optional(),
      access_rules: accessRules().optional(),
      climate_rules: climateRules().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, { customer_key, ...change }) => {
    setRules(world, customer_key ?? null, change)
    return {}
  },
})

const byRule = is(automation_runs.rule)
const bySuccess = where(automation_runs, ['success'], (c, its) => eq(c.success, its.success))
const byAutomation = is(automation_runs.automation_id)
const byResource = is(automation_runs.stay_id)
const byCustomer = is(automation_runs.customer_key)
const createdBefore = where(automation_runs, ['created_at'], (c, its) =>
  lt(c.created_at, its.created_at),
)
const after = above(automation_runs.seq)

const runs = defineEndpoint({
  path: '/seam/customer/v1/automation_runs/list',
  methods: ['GET', 'POST'],
  auth: [...consoleAuth, 'client_session_with_customer'],
  summary: 'What the automations did, and why they could not: nothing else tells it.',
  effect: 'read',
  params: () =>
    z.object({
      automation_id: id().optional(),
      created_before: timestamp().optional(),
      partner_resource_id: id().optional(),
      rule: z.enum(ruleNames).optional(),
      success: z.boolean().optional(),
      ...pageParams(500),
    }),
  result: () => ({ automation_runs: z.array(automationRun()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const { automation_id, created_before, partner_resource_id, rule, success } = params
    const filters: Filter<'automation_runs'>[] = []
    if (auth.customer_key !== null) filters.push(byCustomer(auth.customer_key))
    if (automation_id !== undefined) filters.push(byAutomation(automation_id))
    if (created_before !== undefined) filters.push(createdBefore({ created_at: created_before }))
    if (partner_resource_id !== undefined) filters.push(byResource(partner_resource_id))
    if (rule !== undefined) filters.push(byRule(rule))
    if (success !== undefined) filters.push(bySuccess({ success }))
    const { limit, page_cursor } = params
    const page = pageOfRows(call, world.automation_runs, filters, { limit, page_cursor, after })
    return {
      automation_runs: page.rows.map((row) => presentRun(world, row)),
      pagination: page.pagination,
    }
  },
})

export const undocumentedAutomationEndpoints = [get, update, runs]
