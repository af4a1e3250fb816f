/** What the API asks of users of access systems. It is pushed to their system, and takes effect there. */
import type { AcsSchedule } from '../../db/tables/acs-shapes.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { personMergedWith, requireLivingIdentity } from '../user-identities/rows.ts'
import { bringUserForward, forgetUnheard } from './carry-out.ts'
import { insertUser, refuseSchedule, requireGroupOf } from './create.ts'
import type { NewAcsUser } from './create.ts'
import { requireAcsUser, usersOfGroup, usersOfIdentity } from './rows.ts'

const change = (world: World, acs_user_id: string, patch: Partial<AcsUser>): void => {
  world.acs_users.update(acs_user_id, patch)
  bringUserForward(world, acs_user_id)
  react(world, 'acs_user_changed', acs_user_id)
}

/** @throws as `insertUser`, user_identity_not_found */
export const createUser = (world: World, input: NewAcsUser): AcsUser => {
  if (input.user_identity_id !== undefined) requireLivingIdentity(world, input.user_identity_id)
  const { acs_user_id } = insertUser(world, input)
  bringUserForward(world, acs_user_id)
  return requireAcsUser(world, acs_user_id)
}

export interface AcsUserChange {
  full_name?: string | undefined
  email_address?: string | undefined
  phone_number?: string | undefined
  /** null takes it away. */
  access_schedule?: AcsSchedule | null | undefined
  hid_acs_system_id?: string | undefined
}

/** @throws acs_user_not_found, acs_system_not_found, not_supported */
export const updateUser = (world: World, acs_user_id: string, input: AcsUserChange): void => {
  const user = requireAcsUser(world, acs_user_id)
  const { access_schedule, hid_acs_system_id } = input
  if (access_schedule !== undefined && access_schedule !== null)
    refuseSchedule(world, user.acs_system_id)
  if (hid_acs_system_id !== undefined) requireSystem(world, hid_acs_system_id)
  change(world, acs_user_id, {
    full_name: input.full_name ?? user.full_name,
    email_address: input.email_address ?? user.email_address,
    phone_number: input.phone_number ?? user.phone_number,
    access_schedule: access_schedule === undefined ? user.access_schedule : access_schedule,
    hid_acs_system_id: hid_acs_system_id ?? user.hid_acs_system_id,
  })
}

/** Its doors refuse a suspended user from the instant at which they know. @throws acs_user_not_found */
export const suspendUser = (world: World, acs_user_id: string, is_suspended: boolean): void => {
  requireAcsUser(world, acs_user_id)
  change(world, acs_user_id, { is_suspended })
}

/** Asks for the deletion of a user; asking again changes nothing. @throws acs_user_not_found */
export const deleteUser = (world: World, acs_user_id: string): void => {
  const user = requireAcsUser(world, acs_user_id)
  if (user.deletion_requested_at !== null || forgetUnheard(world, user)) return
  world.acs_users.update(acs_user_id, { deletion_requested_at: world.now })
  bringUserForward(world, acs_user_id)
}

/** Lets a user join a group, or leave it. @throws acs_user_not_found, acs_access_group_not_found, invalid_input for a group of another system */
export const setMembership = (
  world: World,
  acs_user_id: string,
  acs_access_group_id: string,
  isIn: boolean,
): void => {
  const { acs_system_id, acs_access_group_ids } = requireAcsUser(world, acs_user_id)
  requireGroupOf(world, acs_system_id, acs_access_group_id)
  if (acs_access_group_ids.includes(acs_access_group_id) === isIn) return
  const others = acs_access_group_ids.filter((id) => id !== acs_access_group_id)
  change(world, acs_user_id, {
    acs_access_group_ids: isIn ? [...others, acs_access_group_id] : others,
  })
}

/** @throws not_supported where groups decide who may open what (fake-seam-connect) */
export const refuseGroupBased = (world: World, acs_system_id: string): void => {
  const { kind, external_type, display_name } = modelOfSystem(requireSystem(world, acs_system_id))
  if (kind === 'credentials') return
  throw domainError(
    'not_supported',
    `${display_name} (${external_type}) gives access by access groups: add the user to one that has this entrance.`,
    { data: { acs_system_id, external_type } },
  )
}

/** Gives a user a door, where groups do not decide. @throws acs_user_not_found, acs_entrance_not_found, not_supported, invalid_input */
export const grantEntrance = (world: World, acs_user_id: string, acs_entrance_id: string): void => {
  const user = requireAcsUser(world, acs_user_id)
  const entrance = requireEntrance(world, acs_entrance_id)
  refuseGroupBased(world, entrance.acs_system_id)
  if (user.acs_system_id !== entrance.acs_system_id)
    throw invalidInput('acs_user_id', 'The user is in another access system than the entrance')
  if (user.acs_entrance_ids.includes(acs_entrance_id)) return
  change(world, acs_user_id, { acs_entrance_ids: [...user.acs_entrance_ids, acs_entrance_id] })
}

/** The user leaves all groups, and has no door any more. @throws acs_user_not_found */
export const takeAllDoors = (world: World, acs_user_id: string): void => {
  requireAcsUser(world, acs_user_id)
  change(world, acs_user_id, { acs_access_group_ids: [], acs_entrance_ids: [] })
}

/** Says who a user is, or that nobody knows. @throws acs_user_not_found, user_identity_not_found */
export const linkIdentity = (
  world: World,
  acs_user_id: string,
  user_identity_id: string | null,
): void => {
  requireAcsUser(world, acs_user_id)
  if (user_identity_id !== null) requireLivingIdentity(world, user_identity_id)
  world.acs_users.update(acs_user_id, { user_identity_id })
}

/** A person is deleted: its users go from their systems. */
export const deleteUsersOfIdentity = (world: World, user_identity_id: string): void => {
  for (const { acs_user_id } of usersOfIdentity(world, user_identity_id)) {
    world.acs_users.update(acs_user_id, { user_identity_id: null })
    deleteUser(world, acs_user_id)
  }
}

/** A group is gone: its members keep their other groups, and the server has seen to that already. */
export const leaveGoneGroup = (world: World, acs_access_group_id: string): void => {
  const without = (ids: readonly string[]) => ids.filter((id) => id !== acs_access_group_id)
  for (const { acs_user_id, acs_access_group_ids, known, held } of usersOfGroup(
    world,
    acs_access_group_id,
  )) {
    const left = <S extends { acs_access_group_ids: string[] }>(state: S): S => ({
      ...state,
      acs_access_group_ids: without(state.acs_access_group_ids),
    })
    world.acs_users.update(acs_user_id, {
      acs_access_group_ids: without(acs_access_group_ids),
      known: known && left(known),
      held: held && { ...held, state: left(held.state), before: held.before && left(held.before) },
    })
    react(world, 'acs_user_changed', acs_user_id)
  }
}

/** A person was merged into another one, who is these users now. */
export const moveUsersOfMerged = (world: World, merged_id: string): void => {
  const { user_identity_id } = personMergedWith(world, merged_id)
  for (const { acs_user_id } of usersOfIdentity(world, merged_id))
    world.acs_users.update(acs_user_id, { user_identity_id })
}
