/** Another integration that manages the codes of the same lock. */
import { recordEvent } from '../events/record.ts'
import type { World } from '../kernel/world.ts'
import { requireLock } from './lock-view.ts'

/** Lets another integration come or go; Seam tells of it. */
export const setThirdParty = (world: World, device_id: string, detected: boolean): void => {
  const { third_party_at } = requireLock(world, device_id).lock
  if ((third_party_at !== null) === detected) return
  world.locks.update(device_id, { third_party_at: detected ? world.now : null })
  recordEvent(
    world,
    detected
      ? 'device.third_party_integration_detected'
      : 'device.third_party_integration_no_longer_detected',
    { device_id },
  )
}
