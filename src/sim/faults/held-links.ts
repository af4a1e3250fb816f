import type { World } from '../kernel/world.ts'
import { allFaults, updateFault } from './registry.ts'

/** A device has another id from now on: the faults that hold its link down hold it by that. */
export const followHeldLink = (world: World, from: string, to: string): void => {
  for (const { fault_id, progress } of allFaults(world)) {
    if (progress?.down.includes(from) !== true) continue
    const down = progress.down.map((id) => (id === from ? to : id))
    updateFault(world, fault_id, { progress: { ...progress, down } })
  }
}
