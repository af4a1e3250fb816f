/** Accounts at providers: found, changed, lost, and deleted with everything that came through them. */
import type { AcceptedCapability } from '../../db/tables/connected-accounts.ts'
import { mergeMetadata } from '../kernel/custom-metadata.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import { accountIssues } from './issues.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import { accountEventIssues } from '../events/issues.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { listHas } from '../../db/conditions.ts'
import { client_sessions } from '../../db/tables/client-sessions.ts'

const withAccount = listHas(client_sessions.connected_account_ids)

/** @throws connected_account_not_found */
export const requireAccount = (world: World, connected_account_id: string): ConnectedAccount => {
  const account = world.connected_accounts.get(connected_account_id)
  if (account === undefined) throw notFound('connected_account', { connected_account_id })
  return account
}

/** What the account's owner signs in with: an email address at most providers. */
export const loginOf = ({ user_identifier }: Pick<ConnectedAccount, 'user_identifier'>): string =>
  user_identifier?.email ?? user_identifier?.username ?? ''

export interface AccountChange {
  connected_account_id: string
  accepted_capabilities?: AcceptedCapability[] | undefined
  automatically_manage_new_devices?: boolean | undefined
  custom_metadata?: Readonly<Record<string, string | boolean | null>> | undefined
  customer_key?: string | undefined
  display_name?: string | undefined
}

export const updateAccount = (world: World, change: AccountChange): ConnectedAccount => {
  const { connected_account_id } = change
  const account = requireAccount(world, connected_account_id)
  world.connected_accounts.update(connected_account_id, {
    accepted_capabilities: change.accepted_capabilities ?? account.accepted_capabilities,
    automatically_manage_new_devices:
      change.automatically_manage_new_devices ?? account.automatically_manage_new_devices,
    custom_metadata: mergeMetadata(account.custom_metadata, change.custom_metadata),
    customer_key: change.customer_key ?? account.customer_key,
    display_name: change.display_name ?? account.display_name,
  })
  return requireAccount(world, connected_account_id)
}

/** The simulate routes exist in sandboxes only. @throws workspace_not_sandbox */
export const requireSandbox = ({ workspace }: World): void => {
  if (workspace.is_sandbox) return
  throw domainError(
    'workspace_not_sandbox',
    `The workspace ${workspace.workspace_id} is not a sandbox: this works in sandbox workspaces only.`,
  )
}

/** The account's credentials stop working; the second time changes nothing. */
export const simulateAccountDisconnection = (world: World, connected_account_id: string): void => {
  requireSandbox(world)
  requireAccount(world, connected_account_id)
  disconnectAccount(world, connected_account_id)
}

/** The provider wants the owner to sign in again soon; everything works until then. */
export const requestReauthorization = (world: World, connected_account_id: string): void => {
  const account = requireAccount(world, connected_account_id)
  if (account.reauthorization_requested_at !== null) return
  world.connected_accounts.update(connected_account_id, { reauthorization_requested_at: world.now })
  recordEvent(world, 'connected_account.reauthorization_requested', {
    connected_account_id,
    ...accountEventIssues(accountIssues(requireAccount(world, connected_account_id))),
  })
}

/** The account's credentials stop working: nothing behind it is known any more. */
export const disconnectAccount = (world: World, connected_account_id: string): void => {
  const account = world.connected_accounts.get(connected_account_id)
  if (account === undefined || account.disconnected_at !== null) return
  world.connected_accounts.update(connected_account_id, { disconnected_at: world.now })
  recordEvent(world, 'connected_account.disconnected', {
    connected_account_id,
    ...accountEventIssues(accountIssues({ ...account, disconnected_at: world.now })),
  })
  react(world, 'account_changed', connected_account_id)
}

/** The account works again, as after a new login. */
export const reconnectAccount = (world: World, connected_account_id: string): void => {
  const account = world.connected_accounts.get(connected_account_id)
  if (account === undefined || account.disconnected_at === null) return
  world.connected_accounts.update(connected_account_id, { disconnected_at: null })
  recordEvent(world, 'connected_account.connected', { connected_account_id })
  react(world, 'account_changed', connected_account_id)
  recordEvent(world, 'connected_account.completed_first_sync_after_reconnection', {
    connected_account_id,
  })
}

/**
 * Deletes an account with its devices and their codes, from Seam's records alone: the locks keep
 * their codes, and a later login finds them there as unmanaged ones (Seam docs: connected accounts).
 */
export const deleteAccount = (world: World, connected_account_id: string): void => {
  const account = requireAccount(world, connected_account_id)
  react(world, 'account_deleted', connected_account_id)
  recordEvent(world, 'connected_account.deleted', {
    connected_account_id,
    connected_account_type: account.account_type,
  })
  cancelJobsAbout(world, connected_account_id)
  world.connected_accounts.delete(connected_account_id)
  for (const session of world.client_sessions.all(withAccount(connected_account_id))) {
    world.client_sessions.update(session.client_session_id, {
      connected_account_ids: session.connected_account_ids.filter(
        (id) => id !== connected_account_id,
      ),
    })
  }
}
