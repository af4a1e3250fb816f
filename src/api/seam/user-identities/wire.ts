import { z } from 'zod'
import type { UserIdentity } from '../../../db/tables/user-identities.ts'
import type { AcsUser } from '../../../db/tables/acs-users.ts'
import { once } from '../../../lib/once.ts'
import { userIssues } from '../../../sim/acs-users/issues.ts'
import { usersOfIdentity } from '../../../sim/acs-users/rows.ts'
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

/** What is wrong with one of the users who the person is. */
const troubleOf = (world: World, user: AcsUser) => {
  const [first] = userIssues(world, user).errors
  if (first === undefined) return []
  const { acs_user_id, acs_system_id } = user
  return [
    {
      error_code: 'issue_with_acs_user',
      message: `A user of an access system has an error: ${first.message}`,
      created_at: toIso(first.created_at),
      acs_user_id,
      acs_system_id,
    },
  ]
}

const profile = ['full_name', 'email_address', 'phone_number'] as const

/** The access system knows the person by other words. What one of them does not have is no difference. */
const isOtherwise = (person: UserIdentity, user: AcsUser): boolean =>
  profile.some(
    (field) => person[field] !== null && user[field] !== null && person[field] !== user[field],
  )

const mismatchOf = (user: AcsUser) => ({
  warning_code: 'acs_user_profile_does_not_match_user_identity',
  message: `The user ${user.acs_user_id} of an access system has another name, email address or phone number.`,
  created_at: toIso(user.created_at),
})

/** A user identity as it goes over the wire. */
export const presentUserIdentity = (world: World, row: UserIdentity) => {
  const users = usersOfIdentity(world, row.user_identity_id)
  return {
    user_identity_id: row.user_identity_id,
    workspace_id: world.workspace_id,
    user_identity_key: row.user_identity_key,
    full_name: row.full_name,
    email_address: row.email_address,
    phone_number: row.phone_number,
    display_name: nameOfIdentity(row),
    acs_user_ids: users.map((user) => user.acs_user_id),
    errors: users.flatMap((user) => troubleOf(world, user)),
    warnings: [
      ...(row.deleting_at === null ? [] : [beingDeleted(row.deleting_at)]),
      ...users.filter((user) => isOtherwise(row, user)).map(mismatchOf),
    ],
    created_at: toIso(row.created_at),
  }
}
