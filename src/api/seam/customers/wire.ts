import { z } from 'zod'
import type { AutomationRun } from '../../../db/tables/automations.ts'
import type { CustomerPortal, Stay } from '../../../db/tables/customers.ts'
import { once } from '../../../lib/once.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { encodeQuery } from '../../http/query-string.ts'
import { instant } from '../common.ts'

export const customerPortal = once(() =>
  z.strictObject({
    customer_key: z.string(),
    url: z.url(),
    expires_at: instant,
    created_at: instant,
    workspace_id: z.guid(),
  }),
)

/** Where on its portal's page a stay stands; also good as the end of an address. */
export const stayAnchor = ({ kind, stay_key }: Pick<Stay, 'kind' | 'stay_key'>): string =>
  `${kind}-${encodeURIComponent(stay_key)}`

export const spaceAnchor = (space_key: string): string => `space-${encodeURIComponent(space_key)}`

/** A portal as it goes over the wire; a `magic_link` is the same. */
export const presentPortal = (
  { workspace_id }: World,
  origin: string,
  { portal, token }: { portal: CustomerPortal; token: string },
) => ({
  customer_key: portal.customer_key,
  url: `${origin}/portals/${portal.customer_portal_id}?${encodeQuery({ token })}`,
  expires_at: toIso(portal.expires_at),
  created_at: toIso(portal.created_at),
  workspace_id,
})

export const automationRun = once(() =>
  z.strictObject({
    automation_run_id: z.guid(),
    automation_id: z.guid().nullable(),
    workspace_id: z.guid(),
    created_at: instant,
    partner_key: z.string().nullable(),
    partner_resource_id: z.guid().nullable(),
    resource_type: z.string().nullable(),
    resource_type_alias: z.string().nullable(),
    automation_result: z.strictObject({
      rule: z.string(),
      success: z.boolean(),
      error: z.string().optional(),
      message: z.string().optional(),
      actions: z.array(
        z.strictObject({
          action_type: z.enum(['create', 'update', 'delete']),
          resource_type: z.string(),
          access_grant_id: z.guid(),
        }),
      ),
    }),
  }),
)

/** A run as it goes over the wire. `partner_key` is the stay's own key. */
export const presentRun = ({ workspace_id }: World, row: AutomationRun) => ({
  automation_run_id: row.automation_run_id,
  automation_id: row.automation_id,
  workspace_id,
  created_at: toIso(row.created_at),
  partner_key: row.stay_key,
  partner_resource_id: row.stay_id,
  resource_type: row.stay_kind === 'staff_member' ? 'staff_member' : 'reservation',
  resource_type_alias: row.stay_kind,
  automation_result: {
    rule: row.rule,
    success: row.success,
    ...(row.error !== null && { error: row.error }),
    ...(row.message !== null && { message: row.message }),
    actions: row.actions,
  },
})
