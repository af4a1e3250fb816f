/** Persons who turn out to be one and the same. */
import type { UserIdentity } from '../../db/tables/user-identities.ts'
import { invalidInput } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { mergedInto, requireLivingIdentity } from './rows.ts'

const takeIn = (world: World, person: UserIdentity, other: UserIdentity): void => {
  const { user_identity_id } = person
  const { user_identity_id: merged_user_identity_id, user_identity_key } = other
  // Whoever was merged into the other one is now merged into this one.
  for (const { merged_user_identity_id: earlier } of mergedInto(world, merged_user_identity_id)) {
    world.merged_user_identities.update(earlier, { user_identity_id })
  }
  world.merged_user_identities.insert({
    merged_user_identity_id,
    merged_user_identity_key: user_identity_key,
    user_identity_id,
    created_at: world.now,
  })
  react(world, 'user_identity_merged', merged_user_identity_id)
  world.user_identities.delete(merged_user_identity_id)
  world.user_identities.update(user_identity_id, {
    email_address: person.email_address ?? other.email_address,
    phone_number: person.phone_number ?? other.phone_number,
  })
}

/**
 * Merges persons into one, who takes over their access and whatever address it has none of. Their
 * ids and keys go on working; merging them again changes nothing (Seam's OpenAPI document).
 *
 * @param merged_ids of whom some may have been merged before
 * @throws user_identity_not_found, invalid_input for a person who is to be merged into itself
 */
export const mergeUserIdentities = (
  world: World,
  into_id: string,
  merged_ids: readonly string[],
): void => {
  const { user_identity_id } = requireLivingIdentity(world, into_id)
  const others = merged_ids.map((id) => {
    if (id === into_id)
      throw invalidInput('merged_user_identity_ids', 'A person cannot be merged into itself')
    return requireLivingIdentity(world, id).user_identity_id
  })
  for (const id of new Set(others)) {
    if (id === user_identity_id) continue
    takeIn(world, requireLivingIdentity(world, user_identity_id), requireLivingIdentity(world, id))
  }
  react(world, 'user_identity_renamed', user_identity_id)
}
