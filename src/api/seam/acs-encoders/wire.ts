import { z } from 'zod'
import type { AcsEncoder } from '../../../db/tables/acs-encoders.ts'
import { once } from '../../../lib/once.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { instant } from '../common.ts'

export const acsEncoder = once(() =>
  z.strictObject({
    acs_encoder_id: z.guid(),
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    workspace_id: z.guid(),
    display_name: z.string(),
    errors: z.array(
      z.strictObject({
        error_code: z.literal('acs_encoder_removed'),
        message: z.string(),
        created_at: instant,
      }),
    ),
    created_at: instant,
  }),
)

/** An encoder as it goes over the wire. */
export const presentAcsEncoder = (world: World, row: AcsEncoder) => ({
  acs_encoder_id: row.acs_encoder_id,
  acs_system_id: row.acs_system_id,
  connected_account_id: row.connected_account_id,
  workspace_id: world.workspace_id,
  display_name: row.display_name,
  errors:
    row.removed_at === null
      ? []
      : [
          {
            error_code: 'acs_encoder_removed' as const,
            message: 'The encoder was removed from its access system.',
            created_at: toIso(row.removed_at),
          },
        ],
  created_at: toIso(row.created_at),
})
