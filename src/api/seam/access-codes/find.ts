/** How routes find access codes, managed or not: one of them, or a page of a list. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { Filter } from '../../../db/conditions.ts'
import type { AccessCode } from '../../../db/tables/access-codes.ts'
import type { AccessGrant } from '../../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../../db/tables/access-methods.ts'
import { grantOfKey, methodsOf } from '../../../sim/access-grants/rows.ts'
import { codesOfMethod } from '../../../sim/access-methods/rows.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { Auth } from '../../http/auth.ts'
import { ofCustomer, ofUser, pageOfRows, seenBy, tablesIn } from '../../http/list-filters.ts'
import type { WorldContext } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { seesDevice } from '../../http/visibility.ts'
import {
  above,
  contains,
  either,
  eq,
  inTable,
  is,
  isNotNull,
  oneOf,
  or,
  where,
} from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import { access_methods } from '../../../db/tables/access-methods.ts'
import { devices } from '../../../db/tables/devices.ts'
import { user_identities } from '../../../db/tables/user-identities.ts'
import { devicesOfCustomer } from '../devices/of-customer.ts'

const managed = is(access_codes.is_managed)
const ofDevice = is(access_codes.device_id)
const withIds = oneOf(access_codes.access_code_id)
const containing = contains(access_codes.name, access_codes.code)
const ofAccounts = ofCustomer(access_codes.connected_account_id)
const atDevices = inTable(access_codes.device_id, devices.device_id)
const ofMethods = inTable(access_codes.access_method_id, access_methods.access_method_id)
const methodsOfGrants = inTable(access_methods.access_grant_id, access_grants.access_grant_id)
const grantsOfPeople = inTable(access_grants.user_identity_id, user_identities.user_identity_id)
const peopleOf = is(user_identities.customer_key)

/** Codes at a customer's devices, and those that its people have by their grants. */
const ofCustomerKey = (customer_key: string): Filter<'access_codes'> =>
  either(
    ofAccounts(customer_key),
    atDevices(devicesOfCustomer(customer_key)),
    ofMethods(methodsOfGrants(grantsOfPeople(peopleOf(customer_key)))),
  )
const users = ofUser(access_codes.connected_account_id)
const seen = seenBy(oneOf(access_codes.connected_account_id), oneOf(access_codes.device_id))
const after = above(access_codes.seq)
const notSpare = where(access_codes, [], (c) => or(eq(c.is_backup, false), isNotNull(c.pulled_at)))

/** Parameters that name one code: its id, or its device and PIN. */
export const codeChoice = once(() =>
  z.object({
    access_code_id: id().optional(),
    device_id: id().optional(),
    code: z.string().optional(),
  }),
)

/** One code by its id, or by its device and PIN. */
export const findAccessCode = (
  world: World,
  auth: Auth,
  by: z.output<ReturnType<typeof codeChoice>>,
  is_managed: boolean,
): AccessCode => {
  const { access_code_id, device_id, code } = by
  if (access_code_id === undefined && (device_id === undefined || code === undefined)) {
    throw invalidInput('access_code_id', 'Give access_code_id, or device_id and code')
  }
  const found =
    access_code_id === undefined
      ? world.access_codes
          .matching(device_id ?? '', code ?? '')
          .find((candidate) => candidate.is_managed === is_managed)
      : world.access_codes.get(access_code_id)
  const matches =
    found !== undefined &&
    found.is_managed === is_managed &&
    (device_id === undefined || found.device_id === device_id) &&
    (code === undefined || found.code === code) &&
    seesDevice(auth, found)
  if (!matches) throw notFound('access_code', { access_code_id, device_id, code })
  return found
}

interface Filters {
  device_id?: string | undefined
  access_code_ids?: readonly string[] | undefined
  access_grant_id?: string | undefined
  access_grant_key?: string | undefined
  access_method_id?: string | undefined
  search?: string | undefined
  customer_key?: string | undefined
  user_identifier_key?: string | undefined
}

/** The methods that are asked for; null where none are, so that any code will do. */
const methodsAskedFor = (world: World, filters: Filters): AccessMethod[] | null => {
  const { access_grant_id, access_grant_key, access_method_id } = filters
  const asked: AccessMethod[][] = []
  const ofGrant = (grant: AccessGrant | undefined) => (grant ? methodsOf(world, grant) : [])
  if (access_grant_id !== undefined) asked.push(ofGrant(world.access_grants.get(access_grant_id)))
  if (access_grant_key !== undefined) asked.push(ofGrant(grantOfKey(world, access_grant_key)))
  if (access_method_id !== undefined) {
    const method = world.access_methods.get(access_method_id)
    asked.push(method === undefined ? [] : [method])
  }
  const [first, ...others] = asked
  if (first === undefined) return null
  return first.filter((method) => others.every((list) => list.includes(method)))
}

/** The codes of the grant or the method that is asked for; no condition where none is. */
const ofGrants = (world: World, filters: Filters): Filter<'access_codes'>[] => {
  const methods = methodsAskedFor(world, filters)
  if (methods === null) return []
  const ids = methods.flatMap((method) => codesOfMethod(world, method))
  return [withIds(ids.map(({ access_code_id }) => access_code_id))]
}

/** The conditions of a list of codes; the most selective one decides which index is used. */
const accessCodeConditions = (
  auth: Auth,
  filters: Filters,
  is_managed: boolean,
): Filter<'access_codes'>[] => {
  const conditions = [managed(is_managed)]
  if (filters.device_id !== undefined) conditions.push(ofDevice(filters.device_id))
  if (filters.access_code_ids !== undefined) conditions.push(withIds(filters.access_code_ids))
  if (filters.search !== undefined) conditions.push(containing(filters.search))
  if (filters.customer_key !== undefined) conditions.push(ofCustomerKey(filters.customer_key))
  if (filters.user_identifier_key !== undefined) conditions.push(users(filters.user_identifier_key))
  conditions.push(...seen(auth))
  return conditions
}

/** A page of codes in the order of their creation; spare backup codes are left out. */
export const pageOfAccessCodes = <T>(
  call: WorldContext,
  params: Filters & { limit: number; page_cursor?: string | null | undefined },
  is_managed: boolean,
  present: (row: AccessCode) => T,
) => {
  const { world, auth } = call
  const ofGrant = ofGrants(world, params)
  const conditions = [...accessCodeConditions(auth, params, is_managed), ...ofGrant, notSpare()]
  const page = pageOfRows(call, world.access_codes, conditions, { ...params, after })
  return {
    access_codes: page.rows.map(present),
    pagination: page.pagination,
    reads: [
      world.access_codes,
      ...(ofGrant.length === 0 ? [] : [world.access_grants, world.access_methods]),
      ...tablesIn(conditions).map((name) => world[name]),
    ],
  }
}
