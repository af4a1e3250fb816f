import type { World } from '../kernel/world.ts'
import { resumeAutoLock } from './auto-lock.ts'
import { noteDoor } from './door-history.ts'

/** Jams the bolt, or frees it. */
export const setJammed = (world: World, device_id: string, jammed: boolean): void => {
  world.locks.update(device_id, { jammed })
  noteDoor(world, device_id)
  if (!jammed) resumeAutoLock(world, device_id)
}
