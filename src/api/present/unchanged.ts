/** What presentations of a lock depend on besides its rows, so that an unchanged one is not made anew. */
import type { LockFacts } from '../../sim/devices/facts.ts'
import { batteryStatus } from '../../sim/locks/battery.ts'
import { offsetAt } from '../../sim/time-zone.ts'
import type { World } from '../../sim/world.ts'

/** Stands for everything about a lock that can be seen; the same object as long as nothing changed. */
export interface LockView {
  readonly parts: readonly unknown[]
}

const views = new WeakMap<LockFacts['device'], LockView>()

const levelParts = (level: number | null): unknown[] =>
  level === null ? [null] : [Math.round(level * 100), batteryStatus(level), level < 0.1]

const partsOf = (world: World, facts: LockFacts): unknown[] => {
  const { device, lock, profile, account, bridge, link, keypad } = facts
  const time_zone = device.reported_time_zone ?? device.location?.time_zone
  return [
    lock,
    profile,
    account,
    bridge,
    world.settings,
    link.online,
    link.cause,
    keypad.is_connected,
    keypad.has_power,
    ...levelParts(facts.battery_level),
    ...levelParts(facts.keypad_battery_level),
    time_zone === undefined ? null : offsetAt(world.now, time_zone),
  ]
}

/**
 * The view of a lock; null for one whose issues also depend on what other rows hold (a backup
 * pool, a full memory): that is looked at every time.
 */
export const viewOf = (world: World, facts: LockFacts): LockView | null => {
  const { device } = facts
  if (device.backup_pool_enabled_at !== null || device.bank_full_since !== null) return null
  const parts = partsOf(world, facts)
  const known = views.get(device)
  if (known?.parts.every((part, index) => part === parts[index]) === true) return known
  const view = { parts }
  views.set(device, view)
  return view
}
