import { z } from 'zod'
import { is } from '../../../db/conditions.ts'
import { acs_access_groups } from '../../../db/tables/acs-access-groups.ts'
import type { AcsSystem } from '../../../db/tables/acs-systems.ts'
import { acs_users } from '../../../db/tables/acs-users.ts'
import { once } from '../../../lib/once.ts'
import { managersOf } from '../../../sim/acs-systems/create.ts'
import { systemLinkErrors } from '../../../sim/acs-systems/issues.ts'
import { acsModels } from '../../../sim/acs-systems/models/index.ts'
import { modelOfSystem } from '../../../sim/acs-systems/rows.ts'
import { subscriptionIssues } from '../../../sim/acs-users/subscription.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { coded, flag, instant, number, plain, text } from '../common.ts'
import { imageOf } from '../devices/wire-providers.ts'
import { presentIssue } from '../issues.ts'

const usersOf = is(acs_users.acs_system_id)
const groupsOf = is(acs_access_groups.acs_system_id)

const dated = { created_at: instant }
const externalType = once(() =>
  z.enum(Object.values(acsModels).map(({ external_type }) => external_type)),
)

export const acsSystem = once(() =>
  z.strictObject({
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    connected_account_ids: z.array(z.guid()),
    workspace_id: z.guid(),
    name: z.string(),
    external_type: externalType().optional(),
    external_type_display_name: text,
    system_type: externalType().optional(),
    system_type_display_name: text,
    image_url: z.string(),
    image_alt_text: z.string(),
    is_credential_manager: z.boolean(),
    default_credential_manager_acs_system_id: z.guid().nullish(),
    location: z.strictObject({ time_zone: z.string().nullable() }),
    acs_user_count: number,
    acs_access_group_count: number,
    visionline_metadata: z
      .strictObject({ lan_address: text, mobile_access_uuid: text, system_id: text })
      .optional(),
    errors: z.array(
      coded('error_code', dated, {
        ...plain(
          'seam_bridge_disconnected',
          'visionline_instance_unreachable',
          'salto_ks_subscription_limit_exceeded',
          'acs_system_disconnected',
          'account_disconnected',
          'salto_ks_certification_expired',
          'provider_service_unavailable',
        ),
        bridge_disconnected: { is_bridge_error: flag },
      }),
    ),
    warnings: z.array(
      coded('warning_code', dated, {
        ...plain('salto_ks_subscription_limit_almost_reached', 'setup_required'),
        time_zone_does_not_match_location: {
          misconfigured_acs_entrance_ids: z.array(z.guid()).optional(),
        },
      }),
    ),
    created_at: instant,
  }),
)

/** What Visionline shows of its server. Assumed: an address as on a network at home. */
const visionlineMetadata = ({ acs_system_id }: AcsSystem) => ({
  visionline_metadata: {
    lan_address: '192.168.1.100',
    system_id: acs_system_id.slice(0, 8),
  },
})

/** An access system as it goes over the wire. */
export const presentAcsSystem = (world: World, row: AcsSystem) => {
  const { acs_system_id, connected_account_id } = row
  const { external_type, display_name, kind, manager } = modelOfSystem(row)
  const { errors, warnings } = subscriptionIssues(world, row)
  return {
    acs_system_id,
    connected_account_id,
    connected_account_ids: [connected_account_id],
    workspace_id: world.workspace_id,
    name: row.name,
    external_type,
    external_type_display_name: display_name,
    system_type: external_type,
    system_type_display_name: display_name,
    image_url: imageOf(display_name),
    image_alt_text: `${display_name} Logo`,
    is_credential_manager: kind === 'manager',
    ...(manager !== null && {
      default_credential_manager_acs_system_id: managersOf(world, row)[0]?.acs_system_id ?? null,
    }),
    location: { time_zone: row.time_zone },
    acs_user_count: world.acs_users.count(usersOf(acs_system_id)),
    acs_access_group_count: world.acs_access_groups.count(groupsOf(acs_system_id)),
    ...(row.model === 'visionline' && visionlineMetadata(row)),
    errors: [...systemLinkErrors(world, row), ...errors].map(presentIssue),
    warnings: warnings.map(presentIssue),
    created_at: toIso(row.created_at),
  }
}
