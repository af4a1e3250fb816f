/** What the API's user can do to access grants. Each changes what is declared; the reconciler does the rest. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import { recordEvent } from '../events/record.ts'
import { moveExpiry } from '../instant-keys/operations.ts'
import { invalidInput } from '../kernel/errors.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { bringGrantForward, settledGrant } from './carry-out.ts'
import { checkEnd } from '../access-codes/checks/window.ts'
import { personOf, placesOf, requestsOf } from './checks.ts'
import type { NewAccessGrant, NewRequest, Places } from './checks.ts'
import { resolveDoors } from './doors.ts'
import { orNone, resolveEntrances } from './entrances.ts'
import { refuseOtherStay } from './reservations.ts'
import { methodsOf, refuseTakenGrantKey, requireAccessGrant } from './rows.ts'

/**
 * Declares a grant. Its methods are there when this returns; whether they can be issued shows later.
 *
 * @throws invalid_input, access_grant_already_exists, and what people, devices and spaces are refused for
 */
export const createAccessGrant = (world: World, input: NewAccessGrant): AccessGrant => {
  const requested = requestsOf(world, input.requested_access_methods)
  const starts_at = input.starts_at ?? world.now
  const ends_at = input.ends_at ?? null
  checkEnd(world, starts_at, ends_at)
  const { access_grant_key } = input
  if (access_grant_key !== undefined) refuseTakenGrantKey(world, access_grant_key)
  const places = placesOf(world, input)
  const door_ids = resolveDoors(world, places)
  const entrance_ids = resolveEntrances(world, places)
  if (door_ids.length + entrance_ids.length === 0) {
    throw invalidInput(
      'device_ids',
      'There is no door: give device_ids or acs_entrance_ids, or space_ids or space_keys of spaces that have devices or entrances',
    )
  }
  const { reservation_key } = input
  if (reservation_key !== undefined)
    refuseOtherStay(world, reservation_key, { entrance_ids, starts_at, ends_at })
  const user_identity_id = personOf(world, input)
  const access_grant_id = input.access_grant_id ?? world.random.uuid('access_grant')
  world.access_grants.insert({
    access_grant_id,
    access_grant_key: access_grant_key ?? null,
    user_identity_id,
    name: input.name ?? null,
    reservation_key: reservation_key ?? null,
    customization_profile_id: input.customization_profile_id ?? null,
    ...places,
    door_ids,
    entrance_ids: orNone(entrance_ids),
    starts_at,
    ends_at,
    requested,
    created_at: world.now,
    deletion_requested_at: null,
    times_changed_at: null,
    doors_changed_at: null,
    settled_doors: null,
    settled_entrances: null,
    told_entrances: null,
    told_missing: null,
    told_missing_at: null,
  })
  recordEvent(world, 'access_grant.created', { access_grant_id })
  return settledGrant(world, access_grant_id, input.user_identity !== undefined)
}

export interface AccessGrantChange extends Places {
  starts_at?: number | undefined
  /** null: open end. */
  ends_at?: number | null | undefined
  name?: string | null | undefined
}

const tellTimes = (world: World, before: AccessGrant, after: AccessGrant): void => {
  const { access_grant_id, access_grant_key, starts_at, ends_at } = after
  if (before.starts_at === starts_at && before.ends_at === ends_at) return
  const end = toIsoOrNull(ends_at)
  recordEvent(world, 'access_grant.access_times_changed', {
    access_grant_id,
    ...(access_grant_key !== null && { access_grant_key }),
    starts_at: toIso(starts_at),
    ...(end !== null && { ends_at: end }),
  })
}

/** What was late for the old times need not be for the new ones. */
const startAnew = (world: World, grant: AccessGrant): void => {
  for (const { access_method_id, issued_at } of methodsOf(world, grant)) {
    if (issued_at !== null) continue
    world.access_methods.update(access_method_id, {
      since: world.now,
      delay_told_at: null,
      failure_told_at: null,
    })
  }
}

/** The links of mobile keys work for as long as the grant. */
const moveInstantKeys = (world: World, grant: AccessGrant, ends_at: number | null): void => {
  for (const { acs } of methodsOf(world, grant)) {
    const id = acs?.instant_key_id ?? null
    if (id !== null && ends_at !== null) moveExpiry(world, id, ends_at)
  }
}

/** The places after a change: those of a kind that is given are replaced, the others stay. */
const nextPlaces = (world: World, grant: AccessGrant, change: AccessGrantChange) => {
  const { space_ids, space_keys, device_ids } = change
  const places = placesOf(world, change)
  const hasSpaces = space_ids !== undefined || space_keys !== undefined
  return {
    device_ids: device_ids === undefined ? grant.device_ids : places.device_ids,
    space_ids: hasSpaces ? places.space_ids : grant.space_ids,
    acs_entrance_ids:
      change.acs_entrance_ids === undefined ? grant.acs_entrance_ids : places.acs_entrance_ids,
  }
}

/**
 * Declares other times, another name or other places of a grant; one that changes nothing tells nothing.
 *
 * @throws invalid_input, access_grant_not_found, and what devices and spaces are refused for
 */
export const updateAccessGrant = (
  world: World,
  access_grant_id: string,
  change: AccessGrantChange,
): void => {
  const before = requireAccessGrant(world, access_grant_id)
  if (before.deletion_requested_at !== null)
    throw invalidInput('access_grant_id', 'The access grant is being deleted and cannot be updated')
  const starts_at = change.starts_at ?? before.starts_at
  const ends_at = change.ends_at === undefined ? before.ends_at : change.ends_at
  const hasOtherTimes = starts_at !== before.starts_at || ends_at !== before.ends_at
  if (hasOtherTimes) checkEnd(world, starts_at, ends_at)
  const places = nextPlaces(world, before, change)
  const door_ids = resolveDoors(world, places)
  const entrance_ids = orNone(resolveEntrances(world, places))
  const hasOtherDoors =
    door_ids.join() !== before.door_ids.join() ||
    entrance_ids?.join() !== before.entrance_ids?.join()
  world.access_grants.update(access_grant_id, {
    starts_at,
    ends_at,
    name: change.name === undefined ? before.name : change.name,
    ...places,
    door_ids,
    entrance_ids,
    ...(hasOtherTimes && { times_changed_at: world.now }),
    ...(hasOtherDoors && { doors_changed_at: world.now }),
  })
  if (hasOtherTimes) {
    startAnew(world, before)
    moveInstantKeys(world, before, ends_at)
  }
  tellTimes(world, before, requireAccessGrant(world, access_grant_id))
  bringGrantForward(world, access_grant_id)
}

/** Asks for more ways in, at the same doors and times. @throws access_grant_not_found, invalid_input */
export const requestAccessMethods = (
  world: World,
  access_grant_id: string,
  more: readonly NewRequest[],
): AccessGrant => {
  const { requested, deletion_requested_at } = requireAccessGrant(world, access_grant_id)
  if (deletion_requested_at !== null)
    throw invalidInput('access_grant_id', 'The access grant is being deleted')
  world.access_grants.update(access_grant_id, {
    requested: [...requested, ...requestsOf(world, more)],
  })
  return settledGrant(world, access_grant_id)
}

/** Asks for a grant's deletion: its codes leave the locks first. Asking again changes nothing. @throws access_grant_not_found */
export const deleteAccessGrant = (world: World, access_grant_id: string): void => {
  const { deletion_requested_at } = requireAccessGrant(world, access_grant_id)
  if (deletion_requested_at !== null) return
  world.access_grants.update(access_grant_id, { deletion_requested_at: world.now })
  bringGrantForward(world, access_grant_id)
}

/** Takes some methods of a grant down; the grant stays, and none is made again in their place. */
export const deleteMethods = (
  world: World,
  access_grant_id: string,
  access_method_ids: readonly string[],
): void => {
  const grant = requireAccessGrant(world, access_grant_id)
  const isMeant = (id: string): boolean => access_method_ids.includes(id)
  for (const id of access_method_ids) {
    const method = world.access_methods.get(id)
    if (method === undefined || method.deletion_requested_at !== null) continue
    world.access_methods.update(id, { deletion_requested_at: world.now })
  }
  const requested = grant.requested.map((request) => {
    const doors = request.access_method_ids.filter(isMeant).flatMap((id) => {
      const method = world.access_methods.get(id)
      if (method === undefined) return []
      return method.acs?.entrance_ids ?? method.doors.map(({ device_id }) => device_id)
    })
    if (doors.length === 0 && !request.access_method_ids.some(isMeant)) return request
    return {
      ...request,
      withdrawn: [...request.withdrawn, ...doors],
      is_ended: request.access_method_ids.every(
        (id) => isMeant(id) || world.access_methods.get(id)?.deletion_requested_at !== null,
      ),
    }
  })
  world.access_grants.update(access_grant_id, { requested })
  bringGrantForward(world, access_grant_id)
}
