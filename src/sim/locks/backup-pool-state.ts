/** How full the pool of spare codes on a lock is. `access-codes/backup-pool.ts` fills it. */
import type { AccessCodeEffort } from '../../db/tables/access-codes.ts'
import type { World } from '../kernel/world.ts'
import type { LockView } from './lock-view.ts'

export interface BackupPoolState {
  /** Spare codes that could be pulled now. */
  available: number
  /** Spare codes in use in place of others. */
  pulled: number
  is_filling: boolean
  /** Since when the pool is enabled, ms. */
  since: number
}

/** How full the backup pool is; null while it was never enabled. */
export const backupPoolState = (
  world: World,
  view: Pick<LockView, 'device'>,
): BackupPoolState | null => {
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
