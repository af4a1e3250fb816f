/** Accounts at providers: found, changed, lost, and deleted with everything that came through them. */
import type { AbandonedLock } from '../../db/tables/locks.ts'
import type { AcceptedCapability } from '../../db/tables/connected-accounts.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { settleAttemptsOfCode } from '../action-attempts/attempts.ts'
import { mergeMetadata } from '../kernel/custom-metadata.ts'
import { devicesOfAccount, disconnectAccount } from '../devices/connectivity.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import type { Device } from '../../db/tables/devices.ts'
import { accountIssues } from '../devices/issues.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import { eventIssues } from '../events/issues.ts'
import { recordEvent } from '../events/record.ts'
import { noteOfflineCodeEnded } from '../locks/door-history.ts'
import { unlinkBank } from '../locks/memory-bank.ts'
import { cancelJobsAbout, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'

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

/** Polls the account's devices now instead of at the provider's next turn. */
export const syncAccount = (world: World, connected_account_id: string): void => {
  requireAccount(world, connected_account_id)
  for (const { device_id } of devicesOfAccount(world, connected_account_id)) {
    scheduleJob(world, 'device.sync', device_id, world.now)
  }
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
  recordEvent(
    world,
    'connected_account.reauthorization_requested',
    { connected_account_id },
    eventIssues({ connected_account: accountIssues(requireAccount(world, connected_account_id)) }),
  )
}

const deleteCodeRow = (world: World, code: AccessCode): void => {
  const { access_code_id, device_id } = code
  if (code.is_managed) {
    recordEvent(world, 'access_code.deleted', { device_id, access_code_id }, { code: code.code })
  }
  settleAttemptsOfCode(world, access_code_id, {
    status: 'error',
    error: { type: 'account_disconnected', message: 'The connected account was deleted.' },
  })
  cancelJobsAbout(world, access_code_id)
  if (code.is_offline) noteOfflineCodeEnded(world, access_code_id)
  world.access_codes.delete(access_code_id)
}

/** The lock stays on its door, with its codes, until somebody connects it again. */
const abandonLock = (world: World, device: Device, account: ConnectedAccount): void => {
  const { device_id, model } = device
  const lock = world.locks.get(device_id)
  if (lock === undefined || model === null) return
  unlinkBank(world, device_id)
  if (device.removed_at !== null) {
    world.locks.delete(device_id)
    return
  }
  const abandoned: AbandonedLock = {
    account_type: account.account_type,
    login: loginOf(account),
    model,
    name: device.name,
    bridge_id: lock.bridge_id,
    location: device.location,
    profile_overrides: device.profile_overrides,
  }
  world.locks.update(device_id, { abandoned, bridge_id: null })
}

const deleteDeviceRow = (world: World, device: Device, account: ConnectedAccount): void => {
  const { device_id } = device
  for (const code of world.access_codes.all('device_id = ?', [device_id], 'order by seq')) {
    deleteCodeRow(world, code)
  }
  recordEvent(
    world,
    'device.deleted',
    { device_id },
    { device_name: device.nickname ?? device.name },
  )
  cancelJobsAbout(world, device_id)
  abandonLock(world, device, account)
  world.devices.delete(device_id)
}

/**
 * Deletes an account with its devices and their codes, from Seam's records alone: the locks keep
 * their codes, and a later login finds them there as unmanaged ones (Seam docs: connected accounts).
 */
export const deleteAccount = (world: World, connected_account_id: string): void => {
  const account = requireAccount(world, connected_account_id)
  for (const device of devicesOfAccount(world, connected_account_id)) {
    deleteDeviceRow(world, device, account)
  }
  recordEvent(
    world,
    'connected_account.deleted',
    { connected_account_id },
    { connected_account_type: account.account_type },
  )
  cancelJobsAbout(world, connected_account_id)
  world.connected_accounts.delete(connected_account_id)
  for (const session of world.client_sessions.all(
    'exists (select 1 from json_each(connected_account_ids) where value = ?)',
    [connected_account_id],
  )) {
    world.client_sessions.update(session.client_session_id, {
      connected_account_ids: session.connected_account_ids.filter(
        (id) => id !== connected_account_id,
      ),
    })
  }
}
