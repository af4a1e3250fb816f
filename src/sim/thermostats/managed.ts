import { requireManaged } from '../devices/management.ts'
import type { World } from '../kernel/world.ts'
import { requireThermostat } from './view.ts'
import type { ThermostatView } from './view.ts'

/** @throws device_not_found, device_unmanaged */
export const requireManagedThermostat = (world: World, device_id: string): ThermostatView => {
  const view = requireThermostat(world, device_id)
  requireManaged(view.device)
  return view
}
