/** User identities: the people who are given access. */
import type { UserIdentity } from '../../db/tables/user-identities.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { nameOfIdentity, refuseTaken, requireUserIdentity } from './rows.ts'
import type { Unique } from './rows.ts'

export interface NewUserIdentity extends Unique {
  user_identity_id?: string | undefined
  full_name?: string | null | undefined
  customer_key?: string | undefined
  /** Somebody else may have the same email address and phone number. */
  may_share_contact?: boolean | undefined
}

export interface UserIdentityChange extends Unique {
  full_name?: string | null | undefined
  may_share_contact?: boolean | undefined
}

/** Only the key, where addresses may be shared. */
const unique = (input: UserIdentityChange): Unique =>
  input.may_share_contact === true ? { user_identity_key: input.user_identity_key } : input

/** @throws user_identity_already_exists, user_identity_email_or_phone_conflict */
export const createUserIdentity = (world: World, input: NewUserIdentity): UserIdentity => {
  refuseTaken(world, unique(input))
  const user_identity_id = input.user_identity_id ?? world.random.uuid('user_identity')
  world.user_identities.insert({
    user_identity_id,
    user_identity_key: input.user_identity_key ?? null,
    full_name: input.full_name ?? null,
    email_address: input.email_address ?? null,
    phone_number: input.phone_number ?? null,
    customer_key: input.customer_key ?? null,
    created_at: world.now,
    deleting_at: null,
  })
  return requireUserIdentity(world, user_identity_id)
}

const changed = (before: string | null, wanted: string | null | undefined): string | null =>
  wanted === undefined ? before : wanted

/**
 * Changes a person; null clears a field. Nothing on any lock is renamed by itself.
 *
 * @throws user_identity_not_found, user_identity_already_exists, user_identity_email_or_phone_conflict
 */
export const updateUserIdentity = (
  world: World,
  user_identity_id: string,
  change: UserIdentityChange,
): void => {
  const before = requireUserIdentity(world, user_identity_id)
  refuseTaken(world, unique(change), user_identity_id)
  world.user_identities.update(user_identity_id, {
    user_identity_key: changed(before.user_identity_key, change.user_identity_key),
    full_name: changed(before.full_name, change.full_name),
    email_address: changed(before.email_address, change.email_address),
    phone_number: changed(before.phone_number, change.phone_number),
  })
  const after = requireUserIdentity(world, user_identity_id)
  if (nameOfIdentity(after) !== nameOfIdentity(before))
    react(world, 'user_identity_renamed', user_identity_id)
}

/**
 * Asks for a person's deletion. All access goes: what goes at once is taken by those who answer to
 * `user_identity_deleted`, and the last of them, to whom nothing is left to take down, forgets the
 * person. Until then the person shows that it is being deleted; asking again changes nothing.
 *
 * @throws user_identity_not_found
 */
export const deleteUserIdentity = (world: World, user_identity_id: string): void => {
  const { deleting_at } = requireUserIdentity(world, user_identity_id)
  if (deleting_at !== null) return
  world.user_identities.update(user_identity_id, { deleting_at: world.now })
  react(world, 'user_identity_deleted', user_identity_id)
}

/** The person is gone: nothing is left of its access. */
export const forgetUserIdentity = (world: World, user_identity_id: string): void => {
  world.user_identities.delete(user_identity_id)
}
