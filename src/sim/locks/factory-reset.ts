import { chronicle } from '../chronicle/chronicle.ts'
import { scheduleSync } from './next-poll.ts'
import { requireLock } from './lock-view.ts'
import type { World } from '../kernel/world.ts'
import { startAutoLock } from './auto-lock.ts'
import { noteLockoutOver } from './door-history.ts'
import { emptyBank } from './memory-bank.ts'
import { is } from '../../db/conditions.ts'
import { lock_log } from '../../db/tables/locks.ts'

const ofDevice = is(lock_log.device_id)

/**
 * Somebody holds the reset button down: the lock forgets its codes, its log and its settings.
 * Seam hears of it at the provider's next poll, and puts its own codes back.
 */
export const factoryReset = (world: World, device_id: string): void => {
  const view = requireLock(world, device_id)
  chronicle(world, { kind: 'factory_reset', device_id, access_code_id: null })
  emptyBank(world, device_id)
  world.lock_log.deleteWhere(ofDevice(device_id))
  noteLockoutOver(world, device_id)
  const { auto_lock } = view.profile
  world.locks.update(device_id, {
    wrong_codes: 0,
    locked_out_until: null,
    auto_lock_enabled: auto_lock?.enabled ?? false,
    auto_lock_delay_seconds: auto_lock?.delay_seconds ?? 30,
  })
  startAutoLock(world, device_id)
  scheduleSync(world, view)
}
