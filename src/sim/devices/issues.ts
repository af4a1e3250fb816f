/** Errors and warnings of accounts and devices, derived from their state. */
import type { AccessCodeEffort } from '../../db/tables/access-codes.ts'
import { reservedSlots } from '../locks/memory-bank.ts'
import { keypadWorks } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { World } from '../kernel/world.ts'

export interface Issue {
  error_code?: string
  warning_code?: string
  message: string
  /** ms; null on an access code's own issue that has no instant. */
  created_at: number
  is_connected_account_error?: boolean
  is_device_error?: boolean
  is_access_code_error?: boolean
  is_bridge_error?: boolean
  [detail: string]: unknown
}

export interface Issues {
  errors: Issue[]
  warnings: Issue[]
}

export const accountIssues = (account: {
  disconnected_at: number | null
  reauthorization_requested_at: number | null
}): Issues => ({
  errors:
    account.disconnected_at === null
      ? []
      : [
          {
            error_code: 'account_disconnected',
            message:
              'The connected account is disconnected. Ask its owner to connect it again through a Connect Webview.',
            created_at: account.disconnected_at,
            is_connected_account_error: true,
            is_device_error: false,
          },
        ],
  warnings:
    account.reauthorization_requested_at === null
      ? []
      : [
          {
            warning_code: 'account_reauthorization_requested',
            message:
              'The provider asks the owner of this account to sign in again through a Connect Webview.',
            created_at: account.reauthorization_requested_at,
          },
        ],
})

const offlineMessages: Record<string, string> = {
  hub_disconnected: 'The bridge or hub of this device is offline. Check its power and its network.',
  device_disconnected: 'The device is offline. Check its power and its connection.',
}

/** The device's own issues, without its account's. */
export const deviceIssues = (world: World, view: LockView): Issues => {
  const { device, lock, profile } = view
  const errors: Issue[] = []
  const warnings: Issue[] = []
  const error = (error_code: string, message: string, created_at: number): void => {
    errors.push({ error_code, message, created_at, is_device_error: true })
  }
  const warning = (
    warning_code: string,
    message: string,
    created_at: number,
    detail: Record<string, unknown> = {},
  ): void => {
    warnings.push({ warning_code, message, created_at, ...detail })
  }

  if (device.removed_at !== null) {
    error(
      'device_removed',
      'The device was removed from the account at its provider.',
      device.removed_at,
    )
  }
  if (
    device.offline_cause !== null &&
    device.offline_since !== null &&
    device.removed_at === null
  ) {
    const message = offlineMessages[device.offline_cause]
    if (message !== undefined) error(device.offline_cause, message, device.offline_since)
  }
  if (device.subscription_expired_at !== null) {
    error(
      'subscription_required',
      'The paid plan of this device has lapsed; renew it at the provider.',
      device.subscription_expired_at,
    )
  }
  if (device.flaky_since !== null) {
    warning(
      'device_has_flaky_connection',
      'The device goes offline and online again and again.',
      device.flaky_since,
    )
  }
  if (device.third_party_at !== null) {
    warning(
      'third_party_integration_detected',
      'Another integration manages this device too.',
      device.third_party_at,
    )
  }
  if (device.privacy_mode_at !== null) {
    warning(
      'privacy_mode',
      'Privacy mode is on: the keypad does not open the door.',
      device.privacy_mode_at,
    )
  }
  if (profile.needs_time_zone && device.reported_time_zone === null) {
    warning(
      'ultraloq_time_zone_unknown',
      'Report the time zone of this device before you create time-bound access codes.',
      device.created_at,
    )
  }
  if (profile.keypad === 'accessory' && !keypadWorks(view)) {
    warning(
      'accessory_keypad_setup_required',
      lock.keypad_disconnected_at === null
        ? 'The keypad has no power, so access codes cannot be used. Replace its battery.'
        : 'No keypad is connected, so access codes cannot be used.',
      lock.keypad_disconnected_at ?? lock.keypad_battery?.emptied_at ?? device.created_at,
    )
  }
  if (device.bank_full_since !== null) {
    warning('max_access_codes_reached', 'The memory of the lock is full.', device.bank_full_since, {
      active_access_code_count: reservedSlots(world, device.device_id),
      max_active_access_code_count: profile.memory_slots,
    })
  }
  const pool = backupPoolState(world, view)
  if (pool !== null) {
    if (pool.available === 0 && !pool.is_filling) {
      error(
        'empty_backup_access_code_pool',
        'The backup pool of this device has no code.',
        pool.since,
      )
    } else if (pool.available < world.settings.backup_pool_size && !pool.is_filling) {
      warning(
        'partial_backup_access_code_pool',
        'The backup pool of this device is not full.',
        pool.since,
      )
    }
    if (pool.pulled > world.settings.backup_pool_size) {
      warning(
        'many_active_backup_codes',
        'Many backup codes of this device are in use; find out why codes fail.',
        pool.since,
      )
    }
  }
  return { errors, warnings }
}

/** How full the backup pool is; null while it was never enabled. */
export const backupPoolState = (
  world: World,
  view: Pick<LockView, 'device'>,
): { available: number; pulled: number; is_filling: boolean; since: number } | null => {
  const { device_id, backup_pool_enabled_at: since } = view.device
  if (since === null) return null
  const pool = world.access_codes.all('device_id = ? and is_backup', [device_id])
  const spare = pool.filter((code) => code.pulled_at === null)
  const available = spare.filter((code) => code.presence === 'set').length
  return {
    available,
    pulled: pool.length - spare.length,
    // A pool that is on its way to be full is nothing to worry about, until that takes too long.
    is_filling:
      available < world.settings.backup_pool_size &&
      (spare.some(({ effort }) => effort?.kind === 'set' && !isReported(effort)) ||
        world.jobs.count("kind = 'backup_pool.fill' and subject = ?", [device_id]) > 0),
    since,
  }
}

const isReported = (effort: AccessCodeEffort): boolean =>
  effort.delay_reported_at !== null || effort.failure_reported_at !== null
