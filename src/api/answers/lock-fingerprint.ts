/** What presentations of a lock depend on besides its rows, so that an unchanged one is not made anew. */
import type { LockView } from '../../sim/locks/lock-view.ts'
import { batteryStatus } from '../../sim/devices/battery-level.ts'
import { showsOffset } from '../../sim/locks/metadata.ts'
import { offsetAt } from '../../sim/kernel/time-zone.ts'
import type { World } from '../../sim/kernel/world.ts'

/** Stands for everything about a lock that can be seen; the same object as long as nothing changed. */
export interface LockFingerprint {
  readonly parts: readonly unknown[]
}

const fingerprints = new WeakMap<LockView['device'], LockFingerprint>()

const levelParts = (level: number | null): unknown[] =>
  level === null ? [null] : [Math.round(level * 100), batteryStatus(level), level < 0.1]

const partsOf = (world: World, view: LockView): unknown[] => {
  const { device, lock, profile, account, bridge, link, keypad } = view
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
    ...levelParts(view.battery_level),
    ...levelParts(view.keypad_battery_level),
    time_zone === undefined || !showsOffset(profile) ? null : offsetAt(world.now, time_zone),
  ]
}

/**
 * The fingerprint of a lock; null for one whose issues also depend on what other rows hold (a backup
 * pool, a full memory): that is looked at every time.
 */
export const fingerprintOf = (world: World, view: LockView): LockFingerprint | null => {
  const { device, lock } = view
  if (lock.backup_pool_enabled_at !== null || lock.bank_full_since !== null) return null
  const parts = partsOf(world, view)
  const known = fingerprints.get(device)
  if (known?.parts.every((part, index) => part === parts[index]) === true) return known
  const fingerprint = { parts }
  fingerprints.set(device, fingerprint)
  return fingerprint
}
