/** Which grants a call is about, and which of them a caller sees. */
import { z } from 'zod'
import {
  above,
  either,
  inTable,
  is,
  isNull,
  listHas,
  listHasOneOf,
  nothing,
  oneOf,
  where,
} from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import type { AccessGrant } from '../../../db/tables/access-grants.ts'
import { spaces } from '../../../db/tables/spaces.ts'
import { user_identities } from '../../../db/tables/user-identities.ts'
import { once } from '../../../lib/once.ts'
import { findAccessGrant } from '../../../sim/access-grants/rows.ts'
import { entrancesOfSystem } from '../../../sim/acs-entrances/rows.ts'
import { domainError, invalidInput } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { Auth } from '../../http/auth.ts'
import { id } from '../../http/fields.ts'

export const key = () => z.string().min(1).max(500)

export const grantChoice = once(() => ({
  access_grant_id: id().optional(),
  access_grant_key: key().optional(),
}))

interface Choice {
  access_grant_id?: string | undefined
  access_grant_key?: string | undefined
}

/** @throws invalid_input unless exactly one of them is given */
export const exactlyOneGrant = ({ access_grant_id, access_grant_key }: Choice): void => {
  if ((access_grant_id === undefined) === (access_grant_key === undefined)) {
    throw invalidInput(
      'access_grant_id',
      'Give exactly one of access_grant_id and access_grant_key',
    )
  }
}

/** A grant is a customer's when its person or one of its spaces is. */
export const belongsTo = (world: World, grant: AccessGrant, customer_key: string): boolean =>
  world.user_identities.get(grant.user_identity_id)?.customer_key === customer_key ||
  grant.space_ids.some((space_id) => world.spaces.get(space_id)?.customer_key === customer_key)

/** A session sees the grants of its person, and a customer's session those of its customer. */
export const seesGrant = (world: World, auth: Auth, grant: AccessGrant): boolean =>
  auth.client_session_id === null ||
  auth.user_identity_id === grant.user_identity_id ||
  (auth.customer_key !== null && belongsTo(world, grant, auth.customer_key))

/** @throws access_grant_not_found, also for a grant that the caller may not see */
export const visibleGrant = (world: World, auth: Auth, by: Choice): AccessGrant => {
  const grant = findAccessGrant(world, by)
  if (seesGrant(world, auth, grant)) return grant
  throw domainError('access_grant_not_found', 'Access grant not found', { data: { ...by } })
}

const withIds = oneOf(access_grants.access_grant_id)
const withKeys = oneOf(access_grants.access_grant_key)
const ofKey = is(access_grants.access_grant_key)
const withoutKey = where(access_grants, [], (c) => isNull(c.access_grant_key))
const ofReservation = is(access_grants.reservation_key)
const ofPerson = is(access_grants.user_identity_id)
const atDoor = listHas(access_grants.door_ids)
const inSpace = listHas(access_grants.space_ids)
const inOneOf = listHasOneOf(access_grants.space_ids)
const atEntrance = listHas(access_grants.entrance_ids)
const atOneOf = listHasOneOf(access_grants.entrance_ids)
export const after = above(access_grants.seq)
const ofPeople = inTable(access_grants.user_identity_id, user_identities.user_identity_id)
const peopleOf = is(user_identities.customer_key)
const spacesOf = is(spaces.customer_key)

export type GrantFilter = Filter<'access_grants'>

/** Grants of a customer's people, and those over its spaces. */
export const ofCustomer = (world: World, customer_key: string): GrantFilter =>
  either(
    ofPeople(peopleOf(customer_key)),
    inOneOf(world.spaces.all(spacesOf(customer_key)).map(({ space_id }) => space_id)),
  )

export const someGrants = (ids: readonly string[] = [], keys: readonly string[] = []) =>
  either(withIds(ids), withKeys(keys))

/** The grant whose code it is. */
const ofCode = (world: World, access_code_id: string): GrantFilter => {
  const method_id = world.access_codes.get(access_code_id)?.access_method_id ?? null
  const method = method_id === null ? undefined : world.access_methods.get(method_id)
  return method === undefined ? nothing : withIds([method.access_grant_id])
}

/** Grants over a door of the system. */
const inSystem = (world: World, acs_system_id: string): GrantFilter =>
  atOneOf(entrancesOfSystem(world, acs_system_id).map(({ acs_entrance_id }) => acs_entrance_id))

export const grantFilters = () => ({
  access_code_id: id().optional(),
  access_grant_ids: z.array(id()).optional(),
  access_grant_key: key().nullable().optional(),
  acs_entrance_id: id().optional(),
  acs_system_id: id().optional(),
  customer_key: z.string().optional(),
  device_id: id().optional(),
  location_id: id().optional(),
  reservation_key: z.string().optional(),
  space_id: id().optional(),
  user_identity_id: id().optional(),
})

type Filters = z.output<z.ZodObject<ReturnType<typeof grantFilters>>>

/** The conditions of a list. */
export const conditionsOf = (world: World, auth: Auth, params: Filters): GrantFilter[] => {
  const all: GrantFilter[] = []
  const add = <T>(value: T | undefined, make: (value: T) => GrantFilter): void => {
    if (value !== undefined) all.push(make(value))
  }
  add(params.access_grant_ids, withIds)
  add(params.access_grant_key, (wanted) => (wanted === null ? withoutKey() : ofKey(wanted)))
  add(params.reservation_key, ofReservation)
  add(params.user_identity_id, ofPerson)
  add(params.device_id, atDoor)
  add(params.space_id, inSpace)
  add(params.location_id, inSpace)
  add(params.customer_key, (wanted) => ofCustomer(world, wanted))
  add(params.access_code_id, (wanted) => ofCode(world, wanted))
  add(params.acs_entrance_id, atEntrance)
  add(params.acs_system_id, (wanted) => inSystem(world, wanted))
  if (auth.client_session_id !== null) {
    const { user_identity_id, customer_key } = auth
    all.push(
      either(
        user_identity_id === null ? nothing : ofPerson(user_identity_id),
        customer_key === null ? nothing : ofCustomer(world, customer_key),
      ),
    )
  }
  return all
}
