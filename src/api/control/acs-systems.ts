import { acsSystemRoutes } from '../../contract/acs-systems.ts'
import { groupsOfSystem } from '../../sim/acs-access-groups/rows.ts'
import { encodersOfSystem } from '../../sim/acs-encoders/rows.ts'
import { entrancesOfSystem } from '../../sim/acs-entrances/rows.ts'
import { announceSystem, insertSystem } from '../../sim/acs-systems/create.ts'
import { systemLink } from '../../sim/acs-systems/link.ts'
import { requireSystem } from '../../sim/acs-systems/rows.ts'
import { fillSite, sandboxSiteOf } from '../../sim/connect-webviews/find-sites.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'

const presentSite = (world: World, acs_system_id: string) => {
  const system = requireSystem(world, acs_system_id)
  const { online, cause } = systemLink(world, system)
  return {
    acs_system_id,
    model: system.model,
    name: system.name,
    connected_account_id: system.connected_account_id,
    online,
    cause,
    bridge_id: system.bridge_id,
    entrances: entrancesOfSystem(world, acs_system_id).map(({ acs_entrance_id, display_name }) => ({
      acs_entrance_id,
      display_name,
    })),
    access_groups: groupsOfSystem(world, acs_system_id).map(({ acs_access_group_id, name }) => ({
      acs_access_group_id,
      name,
    })),
    encoders: encodersOfSystem(world, acs_system_id).map(({ acs_encoder_id, display_name }) => ({
      acs_encoder_id,
      display_name,
    })),
  }
}

const create = answerRoute(acsSystemRoutes.create, {
  effect: 'write',
  handler: ({ world }, { entrances, access_groups, encoders, ...input }) => {
    const { acs_system_id } = insertSystem(world, input)
    announceSystem(world, acs_system_id)
    const sandbox = sandboxSiteOf(input.model)
    // The sandbox's groups are of the sandbox's doors.
    const groups = entrances === undefined ? (sandbox?.groups ?? []) : []
    fillSite(world, acs_system_id, {
      entrances: entrances ?? sandbox?.entrances ?? [],
      groups: access_groups ?? groups,
      encoders: encoders ?? sandbox?.encoders ?? [],
    })
    return { acs_system: presentSite(world, acs_system_id) }
  },
})

const get = answerRoute(acsSystemRoutes.get, {
  effect: 'read',
  handler: ({ world }, { acs_system_id }) => ({ acs_system: presentSite(world, acs_system_id) }),
})

export const acsSystemControlEndpoints = [create, get]
