/** Access systems go with their account. */
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { systemsOfAccount } from './rows.ts'

/** From Seam's records alone: what is on cards stays there. */
export const deleteSystemsOfAccount = (world: World, connected_account_id: string): void => {
  for (const { acs_system_id } of systemsOfAccount(world, connected_account_id)) {
    // First of all: nobody makes anything anew in a system that is going.
    world.acs_systems.delete(acs_system_id)
    react(world, 'acs_system_deleted', acs_system_id)
  }
}
