/** Errors and warnings of locks, derived from their state. */
import type { Issue, Issues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { accountIssues } from '../connected-accounts/issues.ts'
import { linkErrors, linkWarnings } from '../devices/issues.ts'
import { deviceEventIssues } from '../events/issues.ts'
import { backupPoolState } from './backup-pool-state.ts'
import type { BackupPoolState } from './backup-pool-state.ts'
import { keypadWorks } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import { reservedSlots } from './memory-bank.ts'

const error = (error_code: string, message: string, created_at: number): Issue => ({
  error_code,
  message,
  created_at,
  is_device_error: true,
})

const warning = (
  warning_code: string,
  message: string,
  created_at: number,
  detail: Record<string, unknown> = {},
): Issue => ({ warning_code, message, created_at, ...detail })

const subscriptionError = ({ lock }: LockView): Issue[] =>
  lock.subscription_expired_at === null
    ? []
    : [
        error(
          'subscription_required',
          'The paid plan of this device has lapsed; renew it at the provider.',
          lock.subscription_expired_at,
        ),
      ]

const surroundingsWarnings = ({ device, lock, profile }: LockView): Issue[] => {
  const warnings: Issue[] = []
  if (lock.third_party_at !== null) {
    warnings.push(
      warning(
        'third_party_integration_detected',
        'Another integration manages this device too.',
        lock.third_party_at,
      ),
    )
  }
  if (lock.privacy_mode_at !== null) {
    warnings.push(
      warning(
        'privacy_mode',
        'Privacy mode is on: the keypad does not open the door.',
        lock.privacy_mode_at,
      ),
    )
  }
  if (profile.needs_time_zone && device.reported_time_zone === null) {
    warnings.push(
      warning(
        'ultraloq_time_zone_unknown',
        'Report the time zone of this device before you create time-bound access codes.',
        device.created_at,
      ),
    )
  }
  return warnings
}

const keypadWarning = (view: LockView): Issue[] => {
  const { device, lock, profile } = view
  if (profile.keypad !== 'accessory' || keypadWorks(view)) return []
  return [
    warning(
      'accessory_keypad_setup_required',
      lock.keypad_disconnected_at === null
        ? 'The keypad has no power, so access codes cannot be used. Replace its battery.'
        : 'No keypad is connected, so access codes cannot be used.',
      lock.keypad_disconnected_at ?? lock.keypad_battery?.emptied_at ?? device.created_at,
    ),
  ]
}

const memoryWarning = (world: World, { lock, profile }: LockView): Issue[] => {
  if (lock.bank_full_since === null) return []
  const counts = {
    active_access_code_count: reservedSlots(world, lock.device_id),
    max_active_access_code_count: profile.memory_slots,
  }
  const message = 'The memory of the lock is full.'
  return [warning('max_access_codes_reached', message, lock.bank_full_since, counts)]
}

const isPoolEmpty = ({ available, is_filling }: BackupPoolState): boolean =>
  available === 0 && !is_filling

const poolError = (pool: BackupPoolState | null): Issue[] =>
  pool === null || !isPoolEmpty(pool)
    ? []
    : [
        error(
          'empty_backup_access_code_pool',
          'The backup pool of this device has no code.',
          pool.since,
        ),
      ]

const poolWarnings = (pool: BackupPoolState | null, size: number): Issue[] => {
  if (pool === null) return []
  const warnings: Issue[] = []
  if (!isPoolEmpty(pool) && pool.available < size && !pool.is_filling) {
    warnings.push(
      warning(
        'partial_backup_access_code_pool',
        'The backup pool of this device is not full.',
        pool.since,
      ),
    )
  }
  if (pool.pulled > size) {
    warnings.push(
      warning(
        'many_active_backup_codes',
        'Many backup codes of this device are in use; find out why codes fail.',
        pool.since,
      ),
    )
  }
  return warnings
}

/** The lock's own issues, with those that any device can have, without its account's. */
export const lockIssues = (world: World, view: LockView): Issues => {
  const pool = backupPoolState(world, view)
  return {
    errors: [...linkErrors(view.device), ...subscriptionError(view), ...poolError(pool)],
    warnings: [
      ...linkWarnings(view.device),
      ...surroundingsWarnings(view),
      ...keypadWarning(view),
      ...memoryWarning(world, view),
      ...poolWarnings(pool, world.settings.backup_pool_size),
    ],
  }
}

/** The issues of a lock and its account, as the events about it carry them. */
export const lockIssuesOfMoment = (world: World, view: LockView) =>
  deviceEventIssues({
    connected_account: accountIssues(view.account),
    device: lockIssues(world, view),
  })
