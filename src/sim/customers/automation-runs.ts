import type { RuleName, RunAction } from '../../db/tables/automations.ts'
import type { Stay } from '../../db/tables/customers.ts'
import { noteHistory } from '../history/forget.ts'
import type { World } from '../kernel/world.ts'
import type { Rules } from './automations.ts'

export interface Outcome {
  rule: RuleName
  /** Why nothing came of it; null: it worked. */
  error?: string | null
  message?: string | null
  actions?: RunAction[]
}

/** The only place where it shows whether a push had the effect it was meant to have. */
export const recordRun = (world: World, stay: Stay, rules: Rules, outcome: Outcome): void => {
  const { rule, error = null, message = null, actions = [] } = outcome
  world.automation_runs.insert({
    automation_run_id: world.random.uuid('automation_run'),
    automation_id: rules.automation_id,
    customer_key: stay.customer_key,
    stay_id: stay.stay_id,
    stay_key: stay.stay_key,
    stay_kind: stay.kind,
    rule,
    success: error === null,
    error,
    message,
    actions,
    created_at: world.now,
  })
  noteHistory(world, 'automation_runs', (message?.length ?? 0) + 100 * actions.length)
}

export const actionOn = (
  action_type: RunAction['action_type'],
  access_grant_id: string,
): RunAction => ({ action_type, resource_type: 'access_grant', access_grant_id })
