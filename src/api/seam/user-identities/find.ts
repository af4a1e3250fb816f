/** Which person a call is about, and which persons a caller sees. */
import { z } from 'zod'
import { is, nothing } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { user_identities } from '../../../db/tables/user-identities.ts'
import type { UserIdentity } from '../../../db/tables/user-identities.ts'
import { once } from '../../../lib/once.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { findUserIdentity } from '../../../sim/user-identities/rows.ts'
import type { Auth } from '../../http/auth.ts'
import { id } from '../../http/fields.ts'

export const key = () => z.string().min(1)

export const identityChoice = once(() => ({
  user_identity_id: id().optional(),
  user_identity_key: key().optional(),
}))

interface Choice {
  user_identity_id?: string | undefined
  user_identity_key?: string | undefined
}

/** @throws invalid_input unless exactly one of them is given */
export const exactlyOne = ({ user_identity_id, user_identity_key }: Choice): void => {
  if ((user_identity_id === undefined) === (user_identity_key === undefined))
    throw invalidInput(
      'user_identity_id',
      'Give exactly one of user_identity_id and user_identity_key',
    )
}

/** A session sees its own person, and a customer's session the persons of its customer. */
const sees = (auth: Auth, row: UserIdentity): boolean =>
  auth.client_session_id === null ||
  auth.user_identity_id === row.user_identity_id ||
  (auth.customer_key !== null && auth.customer_key === row.customer_key)

/** @throws user_identity_not_found, also for a person whom the caller may not see */
export const visibleIdentity = (world: World, auth: Auth, by: Choice): UserIdentity => {
  const row = findUserIdentity(world, by)
  if (!sees(auth, row)) throw notFound('user_identity', { ...by })
  return row
}

const withId = is(user_identities.user_identity_id)

/** The same as a filter of a list that portals may not ask for. */
export const visibleIdentities = (auth: Auth): Filter<'user_identities'>[] => {
  if (auth.client_session_id === null) return []
  return [auth.user_identity_id === null ? nothing : withId(auth.user_identity_id)]
}
