/** Batteries in the world: use, replacement, and the jobs at their next threshold. */
import { react } from '../../kernel/react.ts'
import { resumeAutoLock } from '../auto-lock.ts'
import { refreshLink } from '../link-of-lock.ts'
import { lockIssuesOfMoment } from '../issues.ts'
import { keypadWorks, lockView, requireLock } from '../lock-view.ts'
import type { LockView } from '../lock-view.ts'
import type { JobKind } from '../../../db/tables/jobs.ts'
import { scheduleJob } from '../../kernel/jobs.ts'
import type { World } from '../../kernel/world.ts'
import { isLow, nextBatteryCrossing, shownLevel } from '../../devices/battery-level.ts'
import { isAtLeast } from '../../kernel/settings.ts'
import { reportBattery } from './report.ts'
import { reportFromLock } from '../lock-log.ts'
import { noteDoor } from '../door-history.ts'

/** Sets the job for the instant at which the battery reaches its next threshold. */
export const scheduleBattery = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  const { profile, lock } = view
  if (profile.battery !== null && lock.battery !== null) {
    const crossing = nextBatteryCrossing(profile.battery, lock.battery, world.now)
    scheduleCrossing(world, 'lock.battery', device_id, crossing)
  }
  if (profile.keypad_battery !== null && lock.keypad_battery !== null) {
    const crossing = nextBatteryCrossing(profile.keypad_battery, lock.keypad_battery, world.now)
    scheduleCrossing(world, 'lock.keypad_battery', device_id, crossing)
  }
}

const scheduleCrossing = (
  world: World,
  kind: JobKind,
  device_id: string,
  crossing: { at: number } | null,
): void => {
  scheduleJob(world, kind, device_id, crossing?.at ?? null)
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
  const worked = keypadWorks(requireLock(world, device_id))
  world.locks.update(device_id, {
    [which]: { installed_at: world.now, level_at_install: level, uses: 0 },
  })
  if (which === 'battery') {
    noteBattery(world, device_id)
    resumeAutoLock(world, device_id)
    return
  }
  if (!worked && keypadWorks(requireLock(world, device_id))) tellKeypadIsBack(world, device_id)
  // An empty battery in place of an empty one is no news.
  noteKeypadBattery(world, device_id, worked)
}

/** Compares the battery with what was last told about it; at zero the lock goes dark. */
export const noteBattery = (world: World, device_id: string): void => {
  reportBattery(world, device_id)
  refreshLink(world, device_id)
  scheduleBattery(world, device_id)
  noteDoor(world, device_id)
}

/** A keypad that runs low announces itself since 1.1038. */
const noteLowKeypad = (world: World, { lock, keypad_battery_level }: LockView): void => {
  const { device_id, keypad_battery } = lock
  if (keypad_battery === null || keypad_battery_level === null) return
  if (keypad_battery.low_since !== undefined || !isLow(keypad_battery_level)) return
  world.locks.update(device_id, { keypad_battery: { ...keypad_battery, low_since: world.now } })
  if (lock.keypad_disconnected_at !== null || !isAtLeast(world.settings, '1.1038')) return
  reportFromLock(world, device_id, 'device.low_battery', {
    battery_level: shownLevel(keypad_battery_level),
    battery_source: 'accessory_keypad',
  })
}

/** The keypad with an empty battery is as good as unplugged. */
export const noteKeypadBattery = (world: World, device_id: string, tell = true): void => {
  const view = lockView(world, device_id)
  if (view === null || view.keypad_battery_level === null) return
  noteLowKeypad(world, view)
  const { keypad_battery, keypad_disconnected_at } = requireLock(world, device_id).lock
  const isOut = view.keypad_battery_level <= 0
  if (isOut && keypad_battery !== null && keypad_battery.emptied_at === undefined) {
    world.locks.update(device_id, { keypad_battery: { ...keypad_battery, emptied_at: world.now } })
    if (tell && keypad_disconnected_at === null) tellKeypadIsGone(world, device_id)
  }
  scheduleBattery(world, device_id)
  noteDoor(world, device_id)
}

/** Plugs the accessory keypad in or out. */
export const setKeypad = (world: World, device_id: string, connected: boolean): void => {
  const before = requireLock(world, device_id)
  if ((before.lock.keypad_disconnected_at === null) === connected) return
  world.locks.update(device_id, { keypad_disconnected_at: connected ? null : world.now })
  noteDoor(world, device_id)
  // With an empty battery it makes no difference.
  if (!before.keypad.has_power) return
  if (connected) tellKeypadIsBack(world, device_id)
  else tellKeypadIsGone(world, device_id)
}

const tellKeypadIsBack = (world: World, device_id: string): void => {
  reportFromLock(world, device_id, 'device.accessory_keypad_connected', {})
  react(world, 'keypad_back', device_id)
}

const tellKeypadIsGone = (world: World, device_id: string): void => {
  const view = requireLock(world, device_id)
  reportFromLock(
    world,
    device_id,
    'device.accessory_keypad_disconnected',
    lockIssuesOfMoment(world, view),
  )
}
