/** What brings grants forward: whatever happens to their codes, doors, spaces and people. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import { either, listHas } from '../../db/conditions.ts'
import { access_grants } from '../../db/tables/access-grants.ts'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { codeOfMethod } from '../access-methods/rows.ts'
import { modelOfSystem } from '../acs-systems/rows.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { personMergedWith } from '../user-identities/rows.ts'
import { addPhoneOfLink } from '../phones/operations.ts'
import { bringGrantForward, forgetIfClean } from './carry-out.ts'
import { resolveDoors } from './doors.ts'
import { orNone, resolveEntrances } from './entrances.ts'
import { isOver } from './terms.ts'
import { grantsOfPerson, methodsOf } from './rows.ts'

const withDoor = listHas(access_grants.door_ids)
const withDevice = listHas(access_grants.device_ids)
const withEntrance = listHas(access_grants.entrance_ids)
const withSpace = listHas(access_grants.space_ids)

/**
 * Another code of the method is on its way, and the method can be neither issued nor gone before it
 * has arrived: whoever tells of that one wakes the grant then.
 */
const isAwaitingOthers = (world: World, method: AccessMethod): boolean => {
  const { is_chosen_by_lock, issued_at, leaving, doors, access_grant_id } = method
  const grant = world.access_grants.get(access_grant_id)
  if (grant === undefined || is_chosen_by_lock) return false
  const isEnding = grant.deletion_requested_at !== null || isOver(grant, world.now)
  if (!isEnding && (issued_at !== null || leaving.length > 0)) return false
  const isUnderWay = (id: string | null): boolean =>
    (codeOfMethod(world, method, id)?.effort?.in_flight ?? null) !== null
  return doors.some(({ access_code_id }) => isUnderWay(access_code_id)) || leaving.some(isUnderWay)
}

/** A code of the method got on its lock, or off it: the grant looks when this is over. */
export const wakeGrantOfMethod = (world: World, access_method_id: string): void => {
  const method = world.access_methods.get(access_method_id)
  if (method === undefined || isAwaitingOthers(world, method)) return
  scheduleJob(world, 'access_grant.settle', method.access_grant_id, world.now)
}

/** The grant's doors are those that its devices and spaces have now. */
const followDoors = (world: World, grant: AccessGrant): void => {
  const { access_grant_id } = grant
  const door_ids = resolveDoors(world, grant)
  const entrance_ids = resolveEntrances(world, grant)
  const isSame =
    hasSameMembers(door_ids, grant.door_ids) &&
    hasSameMembers(entrance_ids, grant.entrance_ids ?? [])
  if (!isSame) {
    world.access_grants.update(access_grant_id, {
      door_ids,
      entrance_ids: orNone(entrance_ids),
      doors_changed_at: world.now,
    })
  }
  bringGrantForward(world, access_grant_id)
}

/** A space has other devices or entrances, or is gone. */
export const followSpace = (world: World, space_id: string): void => {
  for (const grant of world.access_grants.all(withSpace(space_id))) followDoors(world, grant)
}

/** A device is managed again or no longer, or is gone. */
export const followDevice = (world: World, device_id: string): void => {
  const grants = world.access_grants.all(either(withDoor(device_id), withDevice(device_id)))
  for (const grant of grants) followDoors(world, grant)
}

/** An entrance is gone from its system. */
export const followEntrance = (world: World, acs_entrance_id: string): void => {
  for (const grant of world.access_grants.all(withEntrance(acs_entrance_id)))
    followDoors(world, grant)
}

/** A credential of the method got on its system, its card or its phone, or off it. */
export const wakeGrantOfCredential = (world: World, acs_credential_id: string): void => {
  const id = world.acs_credentials.get(acs_credential_id)?.access_method_id ?? null
  if (id !== null) wakeGrantWithCredential(world, id)
}

/** The credential of the method is gone. */
export const wakeGrantWithCredential = (world: World, access_method_id: string): void => {
  const method = world.access_methods.get(access_method_id)
  if (method !== undefined)
    scheduleJob(world, 'access_grant.settle', method.access_grant_id, world.now)
}

/** A system that issues mobile keys is there: what could not be made before perhaps can be now. */
export const followNewSystem = (world: World, acs_system_id: string): void => {
  const system = world.acs_systems.get(acs_system_id)
  if (system === undefined || modelOfSystem(system).kind !== 'manager') return
  for (const { access_grant_id, entrance_ids } of world.access_grants.all())
    if (entrance_ids !== null) bringGrantForward(world, access_grant_id)
}

/** Somebody opened the link of a mobile key: from then on there is a phone with it. */
export const followOpenedKey = (world: World, instant_key_id: string): void => {
  const key = world.instant_keys.get(instant_key_id)
  if (key === undefined) return
  const isOurs = grantsOfPerson(world, key.user_identity_id)
    .flatMap((grant) => methodsOf(world, grant))
    .some(({ acs }) => acs?.instant_key_id === instant_key_id)
  if (isOurs) addPhoneOfLink(world, key)
}

/** A person is called otherwise. */
export const followPerson = (world: World, user_identity_id: string): void => {
  for (const { access_grant_id } of grantsOfPerson(world, user_identity_id))
    bringGrantForward(world, access_grant_id)
}

/** A person is to be deleted: its grants first, and with the last of them the person. */
export const takeGrantsDown = (world: World, user_identity_id: string): void => {
  for (const { access_grant_id } of grantsOfPerson(world, user_identity_id)) {
    world.access_grants.update(access_grant_id, { deletion_requested_at: world.now })
    bringGrantForward(world, access_grant_id)
  }
  forgetIfClean(world, user_identity_id)
}

/** A person was merged into another one, whose grants these are now. */
export const moveGrantsOfMerged = (world: World, merged_id: string): void => {
  const { user_identity_id } = personMergedWith(world, merged_id)
  for (const { access_grant_id } of grantsOfPerson(world, merged_id))
    world.access_grants.update(access_grant_id, { user_identity_id })
}
