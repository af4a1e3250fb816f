/** Batteries in the world: use, replacement, and the jobs at their next threshold. */
import { refreshLink } from '../devices/connectivity.ts'
import { wakeDevice } from '../access-codes/settle.ts'
import { lockFacts, requireLock } from '../devices/facts.ts'
import { accountIssues, deviceIssues } from '../devices/issues.ts'
import { eventIssues } from '../event-issues.ts'
import { recordEvent } from '../events.ts'
import { scheduleJob } from '../jobs.ts'
import type { World } from '../world.ts'
import { batteryStatus, nextBatteryCrossing } from './battery.ts'

/** Sets the job for the instant at which the battery reaches its next threshold. */
export const scheduleBattery = (world: World, device_id: string): void => {
  const facts = lockFacts(world, device_id)
  if (facts === null) return
  const { profile, lock } = facts
  if (profile.battery !== null && lock.battery !== null) {
    const crossing = nextBatteryCrossing(profile.battery, lock.battery, world.now)
    if (crossing !== null) scheduleJob(world, 'lock.battery', device_id, crossing.at)
  }
  if (profile.keypad_battery !== null && lock.keypad_battery !== null) {
    const crossing = nextBatteryCrossing(profile.keypad_battery, lock.keypad_battery, world.now)
    if (crossing !== null) scheduleJob(world, 'lock.keypad_battery', device_id, crossing.at)
  }
}

/** One movement's worth of charge. */
export const useBattery = (world: World, device_id: string): void => {
  const { battery } = requireLock(world, device_id).lock
  if (battery === null) return
  world.locks.update(device_id, { battery: { ...battery, uses: battery.uses + 1 } })
  noteBattery(world, device_id)
}

export const useKeypadBattery = (world: World, device_id: string): void => {
  const { keypad_battery } = requireLock(world, device_id).lock
  if (keypad_battery === null) return
  world.locks.update(device_id, {
    keypad_battery: { ...keypad_battery, uses: keypad_battery.uses + 1 },
  })
  noteKeypadBattery(world, device_id)
}

/** Puts the battery at a level, 0–1: a fresh one, or one that a test wants nearly empty. */
export const setBattery = (
  world: World,
  device_id: string,
  which: 'battery' | 'keypad_battery',
  level: number,
): void => {
  world.locks.update(device_id, {
    [which]: { installed_at: world.now, level_at_install: level, uses: 0 },
  })
  if (which === 'battery') noteBattery(world, device_id)
  else noteKeypadBattery(world, device_id)
}

/** Compares the battery with what was last told about it; at zero the lock goes dark. */
export const noteBattery = (world: World, device_id: string): void => {
  const facts = lockFacts(world, device_id)
  if (facts === null || facts.battery_level === null) return
  const { device, battery_level } = facts
  const status = batteryStatus(battery_level)
  if (status !== device.battery_status) {
    world.devices.update(device_id, { battery_status: status })
    if (device.battery_status !== null && battery_level > 0) {
      recordEvent(
        world,
        'device.battery_status_changed',
        { device_id },
        { battery_status: status, battery_level },
      )
      if (status === 'low' || (status === 'critical' && device.battery_status !== 'low')) {
        recordEvent(world, 'device.low_battery', { device_id }, { battery_level })
      }
    }
  }
  refreshLink(world, device_id)
  scheduleBattery(world, device_id)
}

/** The keypad with an empty battery is as good as unplugged. */
export const noteKeypadBattery = (world: World, device_id: string): void => {
  const facts = lockFacts(world, device_id)
  if (facts === null || facts.keypad_battery_level === null) return
  const alive = facts.keypad_battery_level > 0
  const { keypad_disconnected_at } = facts.lock
  if (!alive && keypad_disconnected_at === null) setKeypad(world, device_id, false)
  scheduleBattery(world, device_id)
}

/** Plugs the accessory keypad in or out. */
export const setKeypad = (world: World, device_id: string, connected: boolean): void => {
  const { lock } = requireLock(world, device_id)
  if ((lock.keypad_disconnected_at === null) === connected) return
  world.locks.update(device_id, { keypad_disconnected_at: connected ? null : world.now })
  if (connected) {
    recordEvent(world, 'device.accessory_keypad_connected', { device_id })
    wakeDevice(world, device_id)
    return
  }
  const facts = requireLock(world, device_id)
  recordEvent(
    world,
    'device.accessory_keypad_disconnected',
    { device_id },
    eventIssues({
      connected_account: accountIssues(facts.account),
      device: deviceIssues(world, facts),
    }),
  )
}
