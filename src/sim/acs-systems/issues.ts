/** Errors of access systems, derived from their link. What a full subscription adds is the users' affair. */
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { accountIssues } from '../connected-accounts/issues.ts'
import { acsSystemEventIssues } from '../events/issues.ts'
import type { Issue, Issues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { systemLink } from './link.ts'
import type { SystemBreak } from './link.ts'

const messages = {
  account_disconnected:
    'The connected account of this access system is disconnected. Ask its owner to connect it again through a Connect Webview.',
  bridge_disconnected:
    'The Seam Bridge on the network of this access system is offline. Check its power and its network.',
  visionline_instance_unreachable:
    'The Seam Bridge is there, and the Visionline server does not answer it. Check that it runs.',
  provider_service_unavailable: 'The service of the provider does not answer.',
} as const

const codeOf = (cause: SystemBreak, model: string): keyof typeof messages => {
  if (cause !== 'server_down') return cause
  return model === 'visionline' ? 'visionline_instance_unreachable' : 'provider_service_unavailable'
}

/** What is wrong with its link now. */
export const systemLinkErrors = (world: World, system: AcsSystem): Issue[] => {
  const { cause, since } = systemLink(world, system)
  if (cause === null || since === null) return []
  const error_code = codeOf(cause, system.model)
  return [
    {
      error_code,
      message: messages[error_code],
      created_at: since,
      ...(error_code === 'bridge_disconnected' && { is_bridge_error: true }),
    },
  ]
}

/** The issues of the moment, as events carry them. */
export const systemIssuesOfMoment = (world: World, system: AcsSystem) => {
  const account = world.connected_accounts.get(system.connected_account_id)
  const none: Issues = { errors: [], warnings: [] }
  return acsSystemEventIssues({
    acs_system: { errors: systemLinkErrors(world, system), warnings: [] },
    connected_account: account === undefined ? none : accountIssues(account),
  })
}
