/** Spare codes that wait on the lock for the day on which another code fails. */
import { requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { backupPoolState } from '../locks/backup-pool-state.ts'
import { requireManaged } from '../devices/management.ts'
import { requireDevice } from '../devices/rows.ts'
import { domainError, invalidInput, notFound } from '../kernel/errors.ts'
import { recordEvent } from '../events/record.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { requestDeletion } from './removal.ts'
import { proposePin } from './pins.ts'
import { insertAccessCode, nextOrdinal, requireAccessCode } from './rows.ts'
import { bringForward } from './carry-out.ts'
import { and, eq, isNull, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const spare = where(access_codes, ['device_id'], (c, its) =>
  and(
    eq(c.device_id, its.device_id),
    eq(c.is_backup, true),
    isNull(c.pulled_at),
    isNull(c.deletion_requested_at),
  ),
)

/** From the first code that asks for it, all codes of the device share the pool. */
export const enableBackupPool = (world: World, view: LockView): void => {
  const { lock, profile } = view
  if (lock.backup_pool_enabled_at !== null) return
  if (!profile.supports_backup_pool) {
    throw invalidInput(
      'use_backup_access_code_pool',
      `${profile.display_name} locks have no backup pool (properties.supports_backup_access_code_pool is false)`,
    )
  }
  world.locks.update(lock.device_id, { backup_pool_enabled_at: world.now })
  scheduleJob(world, 'backup_pool.fill', lock.device_id, world.now)
}

/**
 * Switches the pool of a device on or off, as its owner asks.
 *
 * @throws device_unmanaged; invalid_input for a lock that cannot have one
 */
export const switchBackupPool = (world: World, device_id: string, isWanted: boolean): void => {
  requireManaged(requireDevice(world, device_id))
  const isOn = (world.locks.get(device_id)?.backup_pool_enabled_at ?? null) !== null
  if (isWanted === isOn) return
  if (isWanted) enableBackupPool(world, requireLock(world, device_id))
  else disableBackupPool(world, device_id)
}

/** Switches the pool off; spare codes that nobody pulled go. */
const disableBackupPool = (world: World, device_id: string): void => {
  world.locks.update(device_id, { backup_pool_enabled_at: null })
  for (const spare of spares(world, device_id)) requestDeletion(world, spare)
}

const spares = (world: World, device_id: string): AccessCode[] =>
  world.access_codes.all(spare({ device_id }))

/** Makes as many spare codes as are missing: real codes in real slots. */
export const fillBackupPool = (world: World, device_id: string): void => {
  const view = requireLock(world, device_id)
  const { removed_at, is_managed } = view.device
  if (view.lock.backup_pool_enabled_at === null || removed_at !== null || !is_managed) return
  let missing = world.settings.backup_pool_size - spares(world, device_id).length
  for (; missing > 0; missing--) {
    const ordinal = nextOrdinal(world, device_id)
    const pin = proposePin(world, view, ordinal)
    // Every PIN that the lock would take is in use: the pool stays short, and the device says so.
    if (!pin.ok) return
    const access_code_id = world.random.stream(`access_code ${device_id}`).uuid(ordinal)
    insertAccessCode(world, view, {
      ordinal,
      access_code_id,
      code: pin.code,
      name: `Backup ${access_code_id} (Seam)`,
      is_backup: true,
    })
    recordEvent(world, 'access_code.created', { device_id, access_code_id })
    bringForward(world, access_code_id)
  }
}

/** Whether a code could be replaced by a spare one now. */
export const isBackupAvailable = (world: World, code: AccessCode, view: LockView): boolean =>
  !code.is_backup && (backupPoolState(world, view)?.available ?? 0) > 0

/**
 * Takes a spare code out of the pool in place of `access_code_id`; a second call
 * answers the same spare.
 *
 * @throws access_code_not_time_bound, backup_access_code_not_found
 */
export const pullBackupAccessCode = (
  world: World,
  access_code_id: string,
): { access_code: AccessCode; backup_access_code: AccessCode } => {
  const original = requireAccessCode(world, access_code_id)
  if (original.pulled_backup_access_code_id !== null) {
    const pulled = world.access_codes.get(original.pulled_backup_access_code_id)
    if (pulled !== undefined) return { access_code: original, backup_access_code: pulled }
  }
  if (original.ends_at === null) {
    throw domainError(
      'access_code_not_time_bound',
      'Backup codes are for time-bound access codes; this one is ongoing.',
      { data: { access_code_id } },
    )
  }
  const spare = spares(world, original.device_id).find((code) => code.presence === 'set')
  if (spare === undefined) throw notFound('backup_access_code', { access_code_id })
  const backup_access_code_id = spare.access_code_id
  const starts_at = Math.min(world.now, original.starts_at ?? world.now)
  world.access_codes.update(backup_access_code_id, {
    pulled_at: world.now,
    // On the lock already and open: from here on it lives exactly as long as the code it stands in for.
    starts_at,
    ends_at: original.ends_at,
    prefer_native_scheduling: false,
    in_effect: { ...spare.in_effect, starts_at, ends_at: original.ends_at },
  })
  world.access_codes.update(access_code_id, {
    pulled_backup_access_code_id: backup_access_code_id,
    pulled_at: world.now,
  })
  recordEvent(world, 'access_code.backup_access_code_pulled', {
    device_id: original.device_id,
    access_code_id,
    backup_access_code_id,
  })
  bringForward(world, backup_access_code_id)
  scheduleJob(world, 'backup_pool.fill', original.device_id, world.now)
  return {
    access_code: requireAccessCode(world, access_code_id),
    backup_access_code: requireAccessCode(world, backup_access_code_id),
  }
}
