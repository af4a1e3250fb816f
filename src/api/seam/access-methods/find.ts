/** Which methods a call is about, and which of them a caller sees. */
import type { z } from 'zod'
import { inTable, is, nothing, oneOf } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import { access_methods } from '../../../db/tables/access-methods.ts'
import type { AccessMethod } from '../../../db/tables/access-methods.ts'
import { grantOfKey, grantOfMethod } from '../../../sim/access-grants/rows.ts'
import { codesOfMethod, requireAccessMethod } from '../../../sim/access-methods/rows.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { Auth } from '../../http/auth.ts'
import { id } from '../../http/fields.ts'
import { conditionsOf as grantConditions, key, seesGrant } from '../access-grants/find.ts'

/** @throws access_method_not_found, also for a method that the caller may not see */
export const visibleMethod = (world: World, auth: Auth, access_method_id: string): AccessMethod => {
  const method = requireAccessMethod(world, access_method_id)
  if (seesGrant(world, auth, grantOfMethod(world, method))) return method
  throw notFound('access_method', { access_method_id })
}

const withIds = oneOf(access_methods.access_method_id)
const ofGrant = is(access_methods.access_grant_id)
const ofGrants = inTable(access_methods.access_grant_id, access_grants.access_grant_id)

export const methodFilters = () => ({
  access_code_id: id().optional(),
  access_grant_id: id().optional(),
  access_grant_key: key().optional(),
  acs_entrance_id: id().optional(),
  device_id: id().optional(),
  space_id: id().optional(),
})

type Filters = z.output<z.ZodObject<ReturnType<typeof methodFilters>>>
type MethodFilter = Filter<'access_methods'>

const ofCode = (world: World, access_code_id: string): MethodFilter => {
  const method_id = world.access_codes.get(access_code_id)?.access_method_id ?? null
  return method_id === null ? nothing : withIds([method_id])
}

/** The method has a code on the device, or is to have one. */
export const isAt = (world: World, method: AccessMethod, device_id: string): boolean =>
  method.doors.some((door) => door.device_id === device_id) ||
  codesOfMethod(world, method).some((code) => code.device_id === device_id)

const isFor = (acs: AccessMethod['acs'], acs_entrance_id: string): boolean =>
  acs?.entrance_ids.includes(acs_entrance_id) ?? false

/** The methods that the caller asks for and sees, in the order of their creation. */
export const listMethods = (world: World, auth: Auth, params: Filters): AccessMethod[] => {
  const { access_grant_id, access_grant_key, access_code_id, device_id, space_id } = params
  const { acs_entrance_id } = params
  const filters: MethodFilter[] = []
  if (access_grant_id !== undefined) filters.push(ofGrant(access_grant_id))
  if (access_grant_key !== undefined) {
    const grant = grantOfKey(world, access_grant_key)
    filters.push(grant === undefined ? nothing : ofGrant(grant.access_grant_id))
  }
  if (access_code_id !== undefined) filters.push(ofCode(world, access_code_id))
  const ofSeen = grantConditions(world, auth, { space_id })
  if (ofSeen.length > 0) filters.push(ofGrants(ofSeen))
  const rows = world.access_methods.all(filters)
  return rows
    .filter((row) => device_id === undefined || isAt(world, row, device_id))
    .filter(({ acs }) => acs_entrance_id === undefined || isFor(acs, acs_entrance_id))
}
