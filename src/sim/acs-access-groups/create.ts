/** Groups of doors: they are synced from their system, the API makes none. */
import type { AcsAccessGroup } from '../../db/tables/acs-access-groups.ts'
import type { AcsSchedule } from '../../db/tables/acs-shapes.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { invalidInput } from '../kernel/errors.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { groupsOfSystem, requireGroup } from './rows.ts'

export interface NewGroup {
  acs_system_id: string
  acs_access_group_id?: string | undefined
  name: string
  external_type?: string | undefined
  access_schedule?: AcsSchedule | undefined
  acs_entrance_ids?: readonly string[] | undefined
}

/** @throws acs_system_not_found, acs_entrance_not_found, invalid_input where the brand has no such groups */
export const insertGroup = (world: World, input: NewGroup): AcsAccessGroup => {
  const { acs_system_id, external_type, acs_entrance_ids = [] } = input
  const system = requireSystem(world, acs_system_id)
  const { external_types, display_name } = modelOfSystem(system)
  const [first] = external_types.groups
  const type = external_type ?? first
  if (type === undefined || !external_types.groups.includes(type)) {
    const param = external_type === undefined ? 'acs_system_id' : 'external_type'
    const has = external_types.groups.join(', ')
    throw invalidInput(param, `${display_name} has ${has === '' ? 'no access groups' : has}`)
  }
  for (const id of acs_entrance_ids) {
    if (requireEntrance(world, id).acs_system_id !== acs_system_id)
      throw invalidInput('acs_entrance_ids', `The entrance ${id} is in another access system`)
  }
  const acs_access_group_id = input.acs_access_group_id ?? world.random.uuid('acs_access_group')
  world.acs_access_groups.insert({
    acs_access_group_id,
    acs_system_id,
    connected_account_id: system.connected_account_id,
    name: input.name,
    external_type: type,
    access_schedule: input.access_schedule ?? null,
    acs_entrance_ids: [...new Set(acs_entrance_ids)],
    push: null,
    deletion_requested_at: null,
    created_at: world.now,
  })
  return requireGroup(world, acs_access_group_id)
}

/** They go with their system, of which nobody is told. */
export const forgetGroupsOfSystem = (world: World, acs_system_id: string): void => {
  for (const { acs_access_group_id } of groupsOfSystem(world, acs_system_id)) {
    cancelJobsAbout(world, acs_access_group_id)
    world.acs_access_groups.delete(acs_access_group_id)
  }
}
