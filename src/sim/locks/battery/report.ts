/** What the API is told of a lock's battery. */
import { lockView } from '../lock-view.ts'
import { recordEvent } from '../../events/record.ts'
import type { World } from '../../kernel/world.ts'
import { batteryStatus, shownLevel } from '../../devices/battery-level.ts'

/**
 * Compares the battery with what was last told of it, and tells the difference. Nothing is heard
 * from a lock that cannot be reached: it tells when it is back.
 */
export const reportBattery = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null || view.battery_level === null || !view.link.online) return
  const { device } = view
  const battery_level = shownLevel(view.battery_level)
  const battery_status = batteryStatus(view.battery_level)
  const told = device.battery_status
  if (battery_status === told) return
  world.devices.update(device_id, { battery_status })
  if (told === null) return
  recordEvent(world, 'device.battery_status_changed', { device_id, battery_status, battery_level })
  if (battery_status === 'low' || (battery_status === 'critical' && told !== 'low')) {
    recordEvent(world, 'device.low_battery', { device_id, battery_level })
  }
}
