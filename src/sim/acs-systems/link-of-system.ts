/** Links of access systems that break and come back, and what is told of it. */
import { recordEvent } from '../events/record.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { systemIssuesOfMoment } from './issues.ts'
import { systemLink } from './link.ts'
import { requireSystem, systemsOfAccount, systemsOfBridge } from './rows.ts'

/** What an event of a system carries. */
export const systemTold = ({
  acs_system_id,
  connected_account_id,
}: {
  acs_system_id: string
  connected_account_id: string
}) => ({ acs_system_id, connected_account_id })

/**
 * Compares a system's link with what was last told of it, tells the difference once, and lets what
 * waited go on. Call it when a part of the link has changed.
 */
export const noteSystemLink = (world: World, acs_system_id: string): void => {
  const system = requireSystem(world, acs_system_id)
  const { online } = systemLink(world, system)
  if (online === (system.disconnected_at === null)) return
  world.acs_systems.update(acs_system_id, { disconnected_at: online ? null : world.now })
  if (online) {
    recordEvent(world, 'acs_system.connected', systemTold(system))
    react(world, 'acs_system_back', acs_system_id)
    return
  }
  recordEvent(world, 'acs_system.disconnected', {
    ...systemTold(system),
    ...systemIssuesOfMoment(world, system),
  })
}

/** The credentials of its account stopped working, or work again. */
export const touchSystemsOfAccount = (world: World, connected_account_id: string): void => {
  for (const { acs_system_id } of systemsOfAccount(world, connected_account_id)) {
    noteSystemLink(world, acs_system_id)
  }
}

/** Its Seam Bridge went or came. */
export const touchSystemsBehindBridge = (world: World, bridge_id: string): void => {
  for (const { acs_system_id } of systemsOfBridge(world, bridge_id)) {
    noteSystemLink(world, acs_system_id)
  }
}

/** The server of a system goes down, or is up again. @throws acs_system_not_found */
export const setServerUp = (world: World, acs_system_id: string, isUp: boolean): void => {
  const { server_down_at } = requireSystem(world, acs_system_id)
  if ((server_down_at === null) === isUp) return
  world.acs_systems.update(acs_system_id, { server_down_at: isUp ? null : world.now })
  noteSystemLink(world, acs_system_id)
}
