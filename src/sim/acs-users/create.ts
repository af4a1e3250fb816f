/** How users of access systems get on record. What the system makes of them is the reconciler's affair. */
import type { AcsSchedule } from '../../db/tables/acs-shapes.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { requireGroup } from '../acs-access-groups/rows.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { requireAcsUser, usersOfSystem, wantedUser } from './rows.ts'

export interface NewAcsUser {
  acs_system_id: string
  acs_user_id?: string | undefined
  full_name: string
  email_address?: string | undefined
  phone_number?: string | undefined
  user_identity_id?: string | undefined
  access_schedule?: AcsSchedule | undefined
  acs_access_group_ids?: readonly string[] | undefined
  is_suspended?: boolean | undefined
  /** An access grant makes it: it goes with the last credential of grants. */
  is_made_by_grant?: boolean | undefined
}

/** @throws not_supported where users have no schedule */
export const refuseSchedule = (world: World, acs_system_id: string): void => {
  const { users, display_name, external_type } = modelOfSystem(requireSystem(world, acs_system_id))
  if (users.have_schedule) return
  throw domainError(
    'not_supported',
    `Users of ${display_name} (${external_type}) have no access_schedule. Give the credential a start and an end instead.`,
    { data: { acs_system_id, external_type }, param: 'access_schedule' },
  )
}

/** @throws acs_access_group_not_found, invalid_input for a group of another system */
export const requireGroupOf = (
  world: World,
  acs_system_id: string,
  acs_access_group_id: string,
): void => {
  if (requireGroup(world, acs_access_group_id).acs_system_id !== acs_system_id)
    throw invalidInput(
      'acs_access_group_id',
      `The access group ${acs_access_group_id} is in another access system`,
    )
}

/** Puts a user on record, of whom its system knows nothing yet. @throws acs_system_not_found, acs_access_group_not_found, not_supported, invalid_input */
export const insertUser = (world: World, input: NewAcsUser): AcsUser => {
  const { acs_system_id, acs_access_group_ids = [] } = input
  const system = requireSystem(world, acs_system_id)
  if (input.access_schedule !== undefined) refuseSchedule(world, acs_system_id)
  for (const id of acs_access_group_ids) requireGroupOf(world, acs_system_id, id)
  const acs_user_id = input.acs_user_id ?? world.random.uuid('acs_user')
  world.acs_users.insert({
    acs_user_id,
    acs_system_id,
    connected_account_id: system.connected_account_id,
    user_identity_id: input.user_identity_id ?? null,
    hid_acs_system_id: null,
    full_name: input.full_name,
    email_address: input.email_address ?? null,
    phone_number: input.phone_number ?? null,
    is_suspended: input.is_suspended ?? false,
    access_schedule: input.access_schedule ?? null,
    acs_access_group_ids: [...new Set(acs_access_group_ids)],
    acs_entrance_ids: [],
    known: null,
    held: null,
    push: null,
    last_synced_at: null,
    deletion_requested_at: null,
    is_made_by_grant: input.is_made_by_grant ?? null,
    created_at: world.now,
  })
  return requireAcsUser(world, acs_user_id)
}

/** A user that its system knew before. */
export const insertSyncedUser = (world: World, input: NewAcsUser): AcsUser => {
  const user = insertUser(world, input)
  const state = wantedUser(user)
  world.acs_users.update(user.acs_user_id, {
    known: state,
    held: { state, doors_from: world.now, before: null },
    last_synced_at: world.now,
  })
  return requireAcsUser(world, user.acs_user_id)
}

/** They go with their system, from Seam's records alone. */
export const forgetUsersOfSystem = (world: World, acs_system_id: string): void => {
  for (const { acs_user_id } of usersOfSystem(world, acs_system_id)) {
    cancelJobsAbout(world, acs_user_id)
    world.acs_users.delete(acs_user_id)
  }
}
