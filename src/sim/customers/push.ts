/** `customers/push_data`: places and people at once, the access of stays a little later. */
import type { Space } from '../../db/tables/spaces.ts'
import type { UserIdentity } from '../../db/tables/user-identities.ts'
import { isDomainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { createSpace, updateSpace } from '../spaces/operations.ts'
import { spaceOfKey } from '../spaces/rows.ts'
import { createUserIdentity, updateUserIdentity } from '../user-identities/operations.ts'
import { userIdentityOfKey } from '../user-identities/rows.ts'
import { rulesOf } from './automations.ts'
import type { PushedData, PushedPerson, PushedPlace } from './pushed-data.ts'
import { keepStay } from './stays.ts'

export const keepCustomer = (world: World, customer_key: string): void => {
  if (world.customers.get(customer_key) === undefined)
    world.customers.insert({ customer_key, created_at: world.now })
}

/** A place that there is keeps its devices; a new one has none. */
const keepPlace = (world: World, customer_key: string, place: PushedPlace): Space => {
  const { space_key, name, customer_data, geolocation, custom_metadata } = place
  const about = { name, customer_key, customer_data, geolocation, custom_metadata }
  const known = spaceOfKey(world, space_key)
  return known === undefined
    ? createSpace(world, { space_key, ...about })
    : updateSpace(world, known.space_id, about)
}

/** A site may be pushed after what stands on it. */
const putOnSite = (world: World, { space_key, parent_key }: PushedPlace): void => {
  if (parent_key === undefined || parent_key === space_key) return
  const space = spaceOfKey(world, space_key)
  const parent = spaceOfKey(world, parent_key)
  if (space === undefined || parent === undefined) return
  if (space.parent_space_id !== parent.space_id)
    updateSpace(world, space.space_id, { parent_space_id: parent.space_id })
}

const CONFLICT = 'user_identity_email_or_phone_conflict'

const writePerson = (
  world: World,
  known: UserIdentity | undefined,
  customer_key: string,
  { name, ...contact }: PushedPerson,
): void => {
  const access = rulesOf(world, customer_key).access_rules.reservation_created
  const person = {
    ...contact,
    full_name: name,
    may_share_contact: access?.config.allow_shared_email_and_phone_across_user_identities === true,
  }
  if (known === undefined) {
    createUserIdentity(world, { ...person, customer_key })
    return
  }
  updateUserIdentity(world, known.user_identity_id, person)
  if (known.customer_key !== customer_key)
    world.user_identities.update(known.user_identity_id, { customer_key })
}

/** Somebody whose address is another's is not taken; the runs of the stays that name them say so. */
const keepPerson = (world: World, customer_key: string, person: PushedPerson): void => {
  const { user_identity_key } = person
  const known = userIdentityOfKey(world, user_identity_key)
  try {
    writePerson(world, known, customer_key, person)
    world.refused_people.delete(user_identity_key)
  } catch (error) {
    if (!isDomainError(error) || error.type !== CONFLICT) throw error
    world.refused_people.replace({
      user_identity_key,
      customer_key,
      message: error.message,
      created_at: world.now,
    })
  }
}

/** Takes what was pushed, whatever the order of the lists; never refuses anything. */
export const pushData = (
  world: World,
  { customer_key, places, people, stays }: PushedData,
): void => {
  keepCustomer(world, customer_key)
  for (const place of places) keepPlace(world, customer_key, place)
  for (const place of places) putOnSite(world, place)
  for (const person of people) keepPerson(world, customer_key, person)
  for (const stay of stays) keepStay(world, customer_key, stay)
}
