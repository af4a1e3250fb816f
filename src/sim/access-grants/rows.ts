/** Access grants as rows: how one is found, and how it is called. */
import { is, listHas } from '../../db/conditions.ts'
import { access_grants } from '../../db/tables/access-grants.ts'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { nameOfIdentity } from '../user-identities/rows.ts'

const ofKey = is(access_grants.access_grant_key)
const ofPerson = is(access_grants.user_identity_id)

/** @throws access_grant_not_found */
export const requireAccessGrant = (world: World, access_grant_id: string): AccessGrant => {
  const grant = world.access_grants.get(access_grant_id)
  if (grant === undefined) throw grantNotFound({ access_grant_id })
  return grant
}

/** In the words that integrators saw in production. */
const grantNotFound = (data: Record<string, unknown>) =>
  domainError('access_grant_not_found', 'Access grant not found', { data })

export const grantOfKey = (world: World, access_grant_key: string): AccessGrant | undefined =>
  world.access_grants.first(ofKey(access_grant_key), { limit: 1 })

/** One grant by its id or its key. @throws access_grant_not_found */
export const findAccessGrant = (
  world: World,
  by: { access_grant_id?: string | undefined; access_grant_key?: string | undefined },
): AccessGrant => {
  const { access_grant_id, access_grant_key } = by
  if (access_grant_id !== undefined) return requireAccessGrant(world, access_grant_id)
  const found = grantOfKey(world, access_grant_key ?? '')
  if (found === undefined) throw grantNotFound({ access_grant_key })
  return found
}

/** The grants of a person, in the order of their creation. */
export const grantsOfPerson = (world: World, user_identity_id: string): AccessGrant[] =>
  world.access_grants.all(ofPerson(user_identity_id))

/** Keys are unique in a workspace (Seam docs: mapping your resources). @throws access_grant_already_exists */
export const refuseTakenGrantKey = (world: World, access_grant_key: string): void => {
  const other = grantOfKey(world, access_grant_key)
  if (other === undefined) return
  const { access_grant_id } = other
  throw domainError(
    'access_grant_already_exists',
    `There is an access grant with the access_grant_key "${access_grant_key}" already. Update it, or choose another key.`,
    { data: { access_grant_id, access_grant_key }, param: 'access_grant_key' },
  )
}

/** Its name, or the person's: what its codes are called on the locks. */
export const nameOfGrant = (
  world: World,
  { name, user_identity_id }: Pick<AccessGrant, 'name' | 'user_identity_id'>,
): string => {
  if (name !== null) return name
  const person = world.user_identities.get(user_identity_id)
  return person === undefined ? 'User' : nameOfIdentity(person)
}

/** The methods that came of a grant, in the order in which they were asked for. */
export const methodIdsOf = ({ requested }: Pick<AccessGrant, 'requested'>): string[] =>
  requested.flatMap(({ access_method_ids }) => access_method_ids)

/** The same as rows. */
export const methodsOf = (world: World, grant: Pick<AccessGrant, 'requested'>): AccessMethod[] =>
  methodIdsOf(grant).flatMap((id) => world.access_methods.get(id) ?? [])

export const grantOfMethod = (
  world: World,
  { access_grant_id }: Pick<AccessMethod, 'access_grant_id'>,
): AccessGrant => requireAccessGrant(world, access_grant_id)

const overSpace = listHas(access_grants.space_ids)

/** The methods of all grants over these spaces, each once. */
export const methodsOfSpaces = (world: World, space_ids: readonly string[]): AccessMethod[] => {
  const grants = space_ids.flatMap((space_id) => world.access_grants.all(overSpace(space_id)))
  return [...new Set(grants.flatMap((grant) => methodsOf(world, grant)))]
}
