/** What the API is told of a lock's battery. */
import { lockFacts } from '../devices/facts.ts'
import { recordEvent } from '../events.ts'
import type { World } from '../world.ts'
import { batteryStatus, shownLevel } from './battery.ts'

/**
 * Compares the battery with what was last told of it, and tells the difference. Nothing is heard
 * from a lock that cannot be reached: it tells when it is back.
 */
export const reportBattery = (world: World, device_id: string): void => {
  const facts = lockFacts(world, device_id)
  if (facts === null || facts.battery_level === null || !facts.link.online) return
  const { device } = facts
  const battery_level = shownLevel(facts.battery_level)
  const battery_status = batteryStatus(facts.battery_level)
  const told = device.battery_status
  if (battery_status === told) return
  world.devices.update(device_id, { battery_status })
  if (told === null) return
  recordEvent(
    world,
    'device.battery_status_changed',
    { device_id },
    { battery_status, battery_level },
  )
  if (battery_status === 'low' || (battery_status === 'critical' && told !== 'low')) {
    recordEvent(world, 'device.low_battery', { device_id }, { battery_level })
  }
}
