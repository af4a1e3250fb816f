/** What is asked for with a grant, checked: its times, its methods, its places, its person. */
import type { AccessMode, AccessRequest } from '../../db/tables/access-grants.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { requireManaged } from '../devices/management.ts'
import { requireDevice } from '../devices/rows.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { findSpace } from '../spaces/rows.ts'
import { createUserIdentity } from '../user-identities/operations.ts'
import type { NewUserIdentity } from '../user-identities/operations.ts'
import { requireLivingIdentity } from '../user-identities/rows.ts'
import { orNone } from './entrances.ts'

export interface NewRequest {
  mode: AccessMode
  code?: string | undefined
  instant_key_max_use_count?: number | undefined
}

export interface Places {
  device_ids?: readonly string[] | undefined
  space_ids?: readonly string[] | undefined
  space_keys?: readonly string[] | undefined
  acs_entrance_ids?: readonly string[] | undefined
}

export interface NewAccessGrant extends Places {
  access_grant_id?: string | undefined
  access_grant_key?: string | undefined
  user_identity_id?: string | undefined
  user_identity?: NewUserIdentity | undefined
  name?: string | null | undefined
  reservation_key?: string | undefined
  customization_profile_id?: string | undefined
  starts_at?: number | undefined
  ends_at?: number | null | undefined
  requested_access_methods: readonly NewRequest[]
}

const requestOf = (world: World, request: NewRequest, at: number): AccessRequest => {
  const { mode, code, instant_key_max_use_count } = request
  const path = `requested_access_methods.${at}`
  if (code !== undefined && mode !== 'code')
    throw invalidInput('requested_access_methods', `${path}.code is for the mode code only`)
  if (instant_key_max_use_count !== undefined && mode !== 'mobile_key') {
    throw invalidInput(
      'requested_access_methods',
      `${path}.instant_key_max_use_count is for the mode mobile_key only`,
    )
  }
  return {
    mode,
    code: code ?? null,
    instant_key_max_use_count: mode === 'mobile_key' ? (instant_key_max_use_count ?? 1) : null,
    created_at: world.now,
    access_method_ids: [],
    without: [],
    withdrawn: [],
    is_ended: false,
  }
}

/** @throws invalid_input for none, or one that is wrong in itself */
export const requestsOf = (world: World, given: readonly NewRequest[]): AccessRequest[] => {
  if (given.length === 0)
    throw invalidInput('requested_access_methods', 'Ask for at least one access method')
  return given.map((request, at) => requestOf(world, request, at))
}

/** The places by their ids. @throws device_not_found, device_unmanaged, space_not_found, acs_entrance_not_found */
export const placesOf = (world: World, given: Places) => {
  const { device_ids = [], space_ids = [], space_keys = [], acs_entrance_ids = [] } = given
  for (const id of acs_entrance_ids) requireEntrance(world, id)
  for (const id of device_ids) requireManaged(requireDevice(world, id))
  const spaces = [
    ...space_ids.map((space_id) => findSpace(world, { space_id })),
    ...space_keys.map((space_key) => findSpace(world, { space_key })),
  ]
  return {
    device_ids: [...new Set(device_ids)],
    space_ids: [...new Set(spaces.map(({ space_id }) => space_id))],
    acs_entrance_ids: orNone([...new Set(acs_entrance_ids)]),
  }
}

/** The person it is for, found or made. @throws invalid_input, user_identity_not_found */
export const personOf = (world: World, input: NewAccessGrant): string => {
  const { user_identity_id, user_identity } = input
  if ((user_identity_id === undefined) === (user_identity === undefined)) {
    throw invalidInput('user_identity_id', 'Give exactly one of user_identity_id and user_identity')
  }
  if (user_identity_id !== undefined)
    return requireLivingIdentity(world, user_identity_id).user_identity_id
  return createUserIdentity(world, user_identity ?? {}).user_identity_id
}
