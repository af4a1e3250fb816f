/** The way from the API to a system's server: account, Seam Bridge, server. The first break decides. */
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import type { World } from '../kernel/world.ts'

export type SystemBreak = 'account_disconnected' | 'bridge_disconnected' | 'server_down'

/** What the link is made of; since when each part is broken, ms. */
export interface SystemLinkParts {
  account_down_at: number | null
  /** null too for a system that needs no bridge. */
  bridge_down_at: number | null
  server_down_at: number | null
}

export interface SystemLink {
  online: boolean
  cause: SystemBreak | null
  since: number | null
}

const broken = (cause: SystemBreak, since: number): SystemLink => ({ online: false, cause, since })

/** Behind a lost account nothing is known of the bridge, behind a dark bridge nothing of the server. */
export const systemLinkState = (parts: SystemLinkParts): SystemLink => {
  const { account_down_at, bridge_down_at, server_down_at } = parts
  if (account_down_at !== null) return broken('account_disconnected', account_down_at)
  if (bridge_down_at !== null) return broken('bridge_disconnected', bridge_down_at)
  if (server_down_at !== null) return broken('server_down', server_down_at)
  return { online: true, cause: null, since: null }
}

/** The link as it is now. An account or bridge that is gone hides the system for good. */
export const systemLink = (world: World, system: AcsSystem): SystemLink => {
  const account = world.connected_accounts.get(system.connected_account_id)
  const bridge = system.bridge_id === null ? undefined : world.bridges.get(system.bridge_id)
  return systemLinkState({
    account_down_at: account === undefined ? system.created_at : account.disconnected_at,
    bridge_down_at: bridge?.offline_at ?? null,
    server_down_at: system.server_down_at,
  })
}
