import { z } from 'zod'
import type { UserIdentity } from '../../../db/tables/user-identities.ts'
import { once } from '../../../lib/once.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { nameOfIdentity } from '../../../sim/user-identities/rows.ts'
import { coded, instant, plain } from '../common.ts'

const dated = { created_at: instant }

export const userIdentity = once(() =>
  z.strictObject({
    user_identity_id: z.guid(),
    workspace_id: z.guid(),
    user_identity_key: z.string().nullable(),
    full_name: z.string().nullable(),
    email_address: z.string().nullable(),
    phone_number: z.string().nullable(),
    display_name: z.string(),
    acs_user_ids: z.array(z.guid()),
    errors: z.array(
      coded('error_code', dated, {
        issue_with_acs_user: { acs_system_id: z.guid(), acs_user_id: z.guid() },
      }),
    ),
    warnings: z.array(
      coded(
        'warning_code',
        dated,
        plain('being_deleted', 'acs_user_profile_does_not_match_user_identity'),
      ),
    ),
    created_at: instant,
  }),
)

const beingDeleted = (since: number) => ({
  warning_code: 'being_deleted',
  message: 'This user identity is being deleted: it goes when its access is off every lock.',
  created_at: toIso(since),
})

/** A user identity as it goes over the wire. */
export const presentUserIdentity = (world: World, row: UserIdentity) => ({
  user_identity_id: row.user_identity_id,
  workspace_id: world.workspace_id,
  user_identity_key: row.user_identity_key,
  full_name: row.full_name,
  email_address: row.email_address,
  phone_number: row.phone_number,
  display_name: nameOfIdentity(row),
  acs_user_ids: [],
  errors: [],
  warnings: row.deleting_at === null ? [] : [beingDeleted(row.deleting_at)],
  created_at: toIso(row.created_at),
})
