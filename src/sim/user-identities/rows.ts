import { is } from '../../db/conditions.ts'
import { merged_user_identities, user_identities } from '../../db/tables/user-identities.ts'
import type { UserIdentity } from '../../db/tables/user-identities.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofKey = is(user_identities.user_identity_key)
const ofEmail = is(user_identities.email_address)
const ofPhone = is(user_identities.phone_number)

const isNowKnownAs = is(merged_user_identities.user_identity_id)
const ofMergedKey = is(merged_user_identities.merged_user_identity_key)

/** Who a person is since it was merged into another; nobody where it was not. */
const personOfMerged = (
  world: World,
  merged_user_identity_id: string,
): UserIdentity | undefined => {
  const merged = world.merged_user_identities.get(merged_user_identity_id)
  return merged && world.user_identities.get(merged.user_identity_id)
}

/** The ids and keys of those who were merged into a person, in the order of that. */
export const mergedInto = (world: World, user_identity_id: string) =>
  world.merged_user_identities.all(isNowKnownAs(user_identity_id))

/** The person whom another one was merged into. @throws user_identity_not_found */
export const personMergedWith = (world: World, merged_user_identity_id: string): UserIdentity => {
  const person = personOfMerged(world, merged_user_identity_id)
  if (person === undefined) {
    throw notFound('user_identity', { user_identity_id: merged_user_identity_id })
  }
  return person
}

/** @throws user_identity_not_found */
export const requireUserIdentity = (world: World, user_identity_id: string): UserIdentity => {
  const identity =
    world.user_identities.get(user_identity_id) ?? personOfMerged(world, user_identity_id)
  if (identity === undefined) throw notFound('user_identity', { user_identity_id })
  return identity
}

/** One that can be given something: while it is being deleted it can not. @throws user_identity_not_found */
export const requireLivingIdentity = (world: World, user_identity_id: string): UserIdentity => {
  const identity = requireUserIdentity(world, user_identity_id)
  if (identity.deleting_at !== null) throw notFound('user_identity', { user_identity_id })
  return identity
}

export const userIdentityOfKey = (
  world: World,
  user_identity_key: string,
): UserIdentity | undefined => {
  const found = world.user_identities.first(ofKey(user_identity_key))
  if (found !== undefined) return found
  const merged = world.merged_user_identities.first(ofMergedKey(user_identity_key))
  return merged && world.user_identities.get(merged.user_identity_id)
}

/** One person by id or key. @throws user_identity_not_found */
export const findUserIdentity = (
  world: World,
  by: { user_identity_id?: string | undefined; user_identity_key?: string | undefined },
): UserIdentity => {
  const { user_identity_id, user_identity_key } = by
  if (user_identity_id !== undefined) return requireUserIdentity(world, user_identity_id)
  const found = userIdentityOfKey(world, user_identity_key ?? '')
  if (found === undefined) throw notFound('user_identity', { user_identity_key })
  return found
}

/** How the person is called in lists. Assumed: Seam's document only says that there is such a name. */
export const nameOfIdentity = (identity: UserIdentity): string =>
  identity.full_name ??
  identity.email_address ??
  identity.phone_number ??
  identity.user_identity_key ??
  'User'

/** What nobody else in the workspace may have. */
export interface Unique {
  user_identity_key?: string | null | undefined
  email_address?: string | null | undefined
  phone_number?: string | null | undefined
}

type Given = string | null | undefined

const holderOf = (
  world: World,
  value: Given,
  filter: typeof ofEmail | typeof ofPhone,
): UserIdentity | undefined =>
  typeof value === 'string' ? world.user_identities.first(filter(value)) : undefined

/**
 * Keys, email addresses and phone numbers are unique in a workspace (Seam docs: mapping your resources).
 * The type of a conflict of addresses is the one that reservation automations have; that of keys is assumed.
 *
 * @param own whom the values are for: it may have them already
 * @throws user_identity_already_exists, user_identity_email_or_phone_conflict
 */
export const refuseTaken = (world: World, wanted: Unique, own?: string): void => {
  const { user_identity_key, email_address, phone_number } = wanted
  const refuse = (type: string, param: keyof Unique, holder: UserIdentity | undefined): void => {
    if (holder === undefined || holder.user_identity_id === own) return
    const { user_identity_id } = holder
    throw domainError(
      type,
      `There is a user identity with the ${param} "${holder[param]}" already. Use that one, or choose another ${param}.`,
      { data: { user_identity_id, [param]: holder[param] }, param },
    )
  }
  refuse(
    'user_identity_already_exists',
    'user_identity_key',
    typeof user_identity_key === 'string' ? userIdentityOfKey(world, user_identity_key) : undefined,
  )
  const conflict = 'user_identity_email_or_phone_conflict'
  refuse(conflict, 'email_address', holderOf(world, email_address, ofEmail))
  refuse(conflict, 'phone_number', holderOf(world, phone_number, ofPhone))
}
