/** `customers/delete_data`: unknown keys are ignored. Devices, accounts and webhooks always stay. */
import { is } from '../../db/conditions.ts'
import { customer_portals, refused_people } from '../../db/tables/customers.ts'
import type { Stay } from '../../db/tables/customers.ts'
import { spaces } from '../../db/tables/spaces.ts'
import { user_identities } from '../../db/tables/user-identities.ts'
import { deleteSession } from '../client-sessions/operations.ts'
import { cancelJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { deleteSpace } from '../spaces/operations.ts'
import { spaceOfKey } from '../spaces/rows.ts'
import { deleteUserIdentity } from '../user-identities/operations.ts'
import { userIdentityOfKey } from '../user-identities/rows.ts'
import { forgetRulesOf } from './automations.ts'
import type { DeletedKeys } from './pushed-data.ts'
import { endAccess } from './grants-of-stays.ts'
import { STAY_JOB, staysAtSpace, staysOfCustomer, stayOfKey } from './stays.ts'

const spacesOf = is(spaces.customer_key)
const peopleOf = is(user_identities.customer_key)
const refusedOf = is(refused_people.customer_key)
const portalsOf = is(customer_portals.customer_key)

const deleteStay = (world: World, stay: Stay): void => {
  cancelJob(world, STAY_JOB, stay.stay_id)
  endAccess(world, stay)
  world.stays.delete(stay.stay_id)
}

const deletePerson = (world: World, user_identity_key: string): void => {
  const staff = stayOfKey(world, 'staff_member', user_identity_key)
  if (staff !== undefined) deleteStay(world, staff)
  const person = userIdentityOfKey(world, user_identity_key)
  if (person !== undefined) deleteUserIdentity(world, person.user_identity_id)
  world.refused_people.delete(user_identity_key)
}

/** The stays there lose the place, and their grants its doors. */
const deletePlace = (world: World, space_key: string): void => {
  const space = spaceOfKey(world, space_key)
  if (space === undefined) return
  const without = (keys: readonly string[]): string[] => keys.filter((key) => key !== space_key)
  for (const { stay_id, space_keys, applied } of staysAtSpace(world, space_key)) {
    world.stays.update(stay_id, {
      space_keys: without(space_keys),
      applied: applied === null ? null : { ...applied, space_keys: without(applied.space_keys) },
    })
  }
  deleteSpace(world, space.space_id)
}

const deleteCustomer = (world: World, customer_key: string): void => {
  for (const stay of staysOfCustomer(world, customer_key)) deleteStay(world, stay)
  for (const { user_identity_id } of world.user_identities.all(peopleOf(customer_key)))
    deleteUserIdentity(world, user_identity_id)
  world.refused_people.deleteWhere(refusedOf(customer_key))
  for (const { space_id } of world.spaces.all(spacesOf(customer_key))) deleteSpace(world, space_id)
  for (const { client_session_id } of world.customer_portals.all(portalsOf(customer_key))) {
    if (world.client_sessions.get(client_session_id) !== undefined)
      deleteSession(world, client_session_id)
  }
  world.customer_portals.deleteWhere(portalsOf(customer_key))
  forgetRulesOf(world, customer_key)
  world.customers.delete(customer_key)
}

export const deleteData = (world: World, keys: DeletedKeys): void => {
  for (const { kind, stay_key } of keys.stays) {
    const stay = stayOfKey(world, kind, stay_key)
    if (stay !== undefined) deleteStay(world, stay)
  }
  for (const key of keys.person_keys) deletePerson(world, key)
  for (const key of keys.space_keys) deletePlace(world, key)
  for (const key of keys.customer_keys) deleteCustomer(world, key)
}
