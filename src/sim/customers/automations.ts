/** Which rules hold for a customer. */
import { is, isNull, where } from '../../db/conditions.ts'
import { automations } from '../../db/tables/automations.ts'
import type { AccessRules, Automation } from '../../db/tables/automations.ts'
import type { World } from '../kernel/world.ts'

const ofCustomer = is(automations.customer_key)
const ofWorkspace = where(automations, [], (c) => isNull(c.customer_key))

/**
 * In production the rules are off until somebody switches them on in the console. There is none here,
 * so all of them are on, and a stay gets a PIN.
 */
const standard: AccessRules = {
  reservation_created: {
    rule: 'reservation_created',
    config: { access_methods: ['code'], method_issuance_strategy: 'first_available' },
  },
  reservation_time_updated: { rule: 'reservation_time_updated', config: {} },
  reservation_spaces_updated: { rule: 'reservation_spaces_updated', config: {} },
  reservation_deleted: { rule: 'reservation_deleted', config: {} },
  space_name_updated: { rule: 'space_name_updated', config: {} },
  user_identity_name_updated: { rule: 'user_identity_name_updated', config: {} },
  staff_member_created: { rule: 'staff_member_created', config: {} },
  staff_member_name_updated: { rule: 'staff_member_name_updated', config: {} },
}

export interface Rules {
  /** null: nobody has set any. */
  automation_id: string | null
  access_rules: AccessRules
  climate_rules: Record<string, unknown> | null
}

const ownRow = (world: World, customer_key: string | null): Automation | undefined =>
  world.automations.first(customer_key === null ? ofWorkspace() : ofCustomer(customer_key))

/** The customer's own rules, else the workspace's, else the standard ones. */
export const rulesOf = (world: World, customer_key: string | null): Rules =>
  (customer_key === null ? undefined : ownRow(world, customer_key)) ??
  ownRow(world, null) ?? { automation_id: null, access_rules: standard, climate_rules: null }

/** Sets the rules of a customer, or of all who have none of their own; what is undefined stays. */
export const setRules = (
  world: World,
  customer_key: string | null,
  change: {
    access_rules?: AccessRules | undefined
    climate_rules?: Record<string, unknown> | undefined
  },
): void => {
  const before = rulesOf(world, customer_key)
  const rules = {
    access_rules: change.access_rules ?? before.access_rules,
    climate_rules: change.climate_rules ?? before.climate_rules,
  }
  const own = ownRow(world, customer_key)
  if (own !== undefined) {
    world.automations.update(own.automation_id, rules)
    return
  }
  world.automations.insert({
    automation_id: world.random.uuid('automation'),
    customer_key,
    ...rules,
    created_at: world.now,
  })
}

export const forgetRulesOf = (world: World, customer_key: string): void => {
  world.automations.deleteWhere(ofCustomer(customer_key))
}
