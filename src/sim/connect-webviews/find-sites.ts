/** Seam reads the site of a newly connected account: its access system with doors, groups and encoders. */
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import { insertGroup } from '../acs-access-groups/create.ts'
import { announceEncoder, insertEncoder } from '../acs-encoders/create.ts'
import { announceEntrance, insertEntrance } from '../acs-entrances/create.ts'
import { announceSystem, insertSystem } from '../acs-systems/create.ts'
import { acsModelOf } from '../acs-systems/models/index.ts'
import type { World } from '../kernel/world.ts'
import { sandboxSites } from './sandbox-sites.ts'
import type { SandboxSite, SiteParts } from './sandbox-sites.ts'

const sites: Readonly<Record<string, SandboxSite>> = sandboxSites

const siteOf = ({ account_type, accepted_capabilities }: ConnectedAccount) => {
  const site = Object.values(sites).find(
    ({ model }) => acsModelOf(model)?.account.account_type === account_type,
  )
  // Salto KS has locks for those who ask for nothing else.
  const isWanted = account_type !== 'salto_ks' || accepted_capabilities.includes('access_control')
  return isWanted ? site : undefined
}

/** The site that a sandbox has of a brand. */
export const sandboxSiteOf = (model: string): SandboxSite | undefined =>
  Object.values(sites).find((site) => site.model === model)

/** Puts a site's doors, groups and encoders there, and tells of them. */
export const fillSite = (world: World, acs_system_id: string, site: SiteParts): void => {
  const idOf = new Map<string, string>()
  for (const { name: display_name, ...door } of site.entrances) {
    const entrance = insertEntrance(world, { acs_system_id, display_name, ...door })
    idOf.set(display_name, entrance.acs_entrance_id)
    announceEntrance(world, entrance)
  }
  for (const { entrances, ...group } of site.groups) {
    const acs_entrance_ids = entrances.flatMap((door) => idOf.get(door) ?? [])
    insertGroup(world, { acs_system_id, ...group, acs_entrance_ids })
  }
  for (const display_name of site.encoders) {
    announceEncoder(world, insertEncoder(world, { acs_system_id, display_name }))
  }
}

/** What an account brings of a site. */
export const findSite = (world: World, account: ConnectedAccount): void => {
  const site = siteOf(account)
  if (site === undefined) return
  const { connected_account_id } = account
  const { model, name } = site
  const { acs_system_id } = insertSystem(world, { model, name, connected_account_id })
  announceSystem(world, acs_system_id)
  fillSite(world, acs_system_id, site)
}
