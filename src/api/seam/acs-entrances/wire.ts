import { z } from 'zod'
import { entranceMetadata } from '../../../contract/acs-metadata.ts'
import type { AcsEntrance } from '../../../db/tables/acs-entrances.ts'
import { once } from '../../../lib/once.ts'
import { entranceWarnings } from '../../../sim/acs-entrances/issues.ts'
import { modesOfDoor } from '../../../sim/acs-entrances/modes.ts'
import type { AcsModel } from '../../../sim/acs-systems/model.ts'
import { modelOfSystem } from '../../../sim/acs-systems/rows.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { coded, flag, instant, plain } from '../common.ts'
import { presentIssue } from '../issues.ts'

const dated = { created_at: instant }

export const acsEntrance = once(() =>
  z.strictObject({
    acs_entrance_id: z.guid(),
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    display_name: z.string(),
    space_ids: z.array(z.guid()),
    can_belong_to_reservation: flag,
    can_unlock_with_card: flag,
    can_unlock_with_cloud_key: flag,
    can_unlock_with_code: flag,
    can_unlock_with_mobile_key: flag,
    is_locked: flag,
    ...Object.fromEntries(
      Object.entries(entranceMetadata()).map(([key, schema]) => [key, schema.optional()]),
    ),
    errors: z.array(z.strictObject({ error_code: z.string(), message: z.string(), ...dated })),
    warnings: z.array(
      coded(
        'warning_code',
        dated,
        plain(
          'salto_ks_entrance_access_code_support_removed',
          'entrance_shares_zone',
          'entrance_setup_required',
          'salto_ks_privacy_mode',
          'privacy_mode',
        ),
      ),
    ),
    created_at: instant,
  }),
)

/** What brands say of a door that changes. */
const liveFields: Readonly<Record<string, (row: AcsEntrance) => Record<string, unknown>>> = {
  salto_ks: ({ offline_at, privacy_mode_at }) => ({
    online: offline_at === null,
    privacy_mode: privacy_mode_at !== null,
  }),
  latch: ({ offline_at }) => ({ is_connected: offline_at === null }),
}

/** What the brand says of the door, and what changes with the door itself. */
const presentMetadata = ({ model, doors }: AcsModel, row: AcsEntrance) => {
  if (doors.metadata === null) return {}
  return { [doors.metadata.key]: { ...row.metadata, ...liveFields[model]?.(row) } }
}

/** A door of an access system as it goes over the wire. */
export const presentAcsEntrance = (world: World, row: AcsEntrance) => {
  const system = world.acs_systems.get(row.acs_system_id)
  const model = system === undefined ? undefined : modelOfSystem(system)
  const modes = model === undefined ? [] : modesOfDoor(model, row)
  const can = (method: AcsModel['methods'][number]) => modes.includes(method)
  return {
    acs_entrance_id: row.acs_entrance_id,
    acs_system_id: row.acs_system_id,
    connected_account_id: row.connected_account_id,
    display_name: row.display_name,
    space_ids: row.space_ids,
    can_belong_to_reservation: row.category === 'guest',
    can_unlock_with_card: can('card'),
    can_unlock_with_cloud_key: can('cloud_key'),
    can_unlock_with_code: can('code'),
    can_unlock_with_mobile_key: can('mobile_key'),
    ...(model !== undefined && presentMetadata(model, row)),
    errors: [],
    warnings: entranceWarnings(world, row).map(presentIssue),
    created_at: toIso(row.created_at),
  }
}
