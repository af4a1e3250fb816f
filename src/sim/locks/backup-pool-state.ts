/** How full the pool of spare codes on a lock is. `access-codes/backup-pool.ts` fills it. */
import type { AccessCodeEffort } from '../../db/tables/access-codes.ts'
import { dueAt } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import type { LockView } from './lock-view.ts'
import { and, eq, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const poolOf = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.is_backup, true)),
)

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
  view: Pick<LockView, 'lock'>,
): BackupPoolState | null => {
  const { device_id, backup_pool_enabled_at: since } = view.lock
  if (since === null) return null
  const pool = world.access_codes.all(poolOf({ device_id }))
  const spare = pool.filter((code) => code.pulled_at === null)
  const available = spare.filter((code) => code.presence === 'set').length
  return {
    available,
    pulled: pool.length - spare.length,
    // A pool that is on its way to be full is nothing to worry about, until that takes too long.
    is_filling:
      available < world.settings.backup_pool_size &&
      (spare.some(({ effort }) => effort?.kind === 'set' && !isReported(effort)) ||
        dueAt(world, 'backup_pool.fill', device_id) !== null),
    since,
  }
}

const isReported = (effort: AccessCodeEffort): boolean =>
  effort.delay_reported_at !== null || effort.failure_reported_at !== null
