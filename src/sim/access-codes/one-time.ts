/** Codes for one use: the lock forgets them by itself, and Seam hears of it when it can. */
import { recordEvent } from '../events/record.ts'
import { slotOfCode } from '../locks/memory-bank.ts'
import type { World } from '../kernel/world.ts'
import { settleAccessCode } from './carry-out.ts'

/** The lock tells which of its one-time codes are used up; call it while the lock can be reached. */
export const noteUses = (world: World, device_id: string): void => {
  const candidates = world.access_codes.all(
    'device_id = ? and is_one_time_use and not is_offline and programmed is not null',
    [device_id],
    'order by seq',
  )
  for (const code of candidates) {
    if (slotOfCode(world, code) !== undefined) continue
    const { access_code_id } = code
    recordEvent(world, 'access_code.removed_from_device', { device_id, access_code_id })
    world.access_codes.update(access_code_id, {
      used_at: world.now,
      programmed: null,
      is_unconfirmed: false,
      presence: null,
      effort: null,
    })
    settleAccessCode(world, access_code_id)
  }
}
