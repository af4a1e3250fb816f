import type { Bridge } from '../../db/tables/bridges.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { Lock } from '../../db/tables/locks.ts'
import { notFound } from '../kernel/errors.ts'
import { batteryLevel } from '../devices/battery-level.ts'
import type { AtHand } from './capabilities.ts'
import { linkState } from '../devices/link.ts'
import type { LinkBreak } from '../devices/link.ts'
import { requireDevice } from '../devices/rows.ts'
import { profileOf } from './models/index.ts'
import type { LockProfile } from './profile.ts'
import type { World } from '../kernel/world.ts'

/** A lock with everything around it that decides what it can do now. */
export interface LockView {
  device: Device
  lock: Lock
  profile: LockProfile
  account: ConnectedAccount
  bridge: Bridge | null
  link: { online: boolean; cause: LinkBreak | null }
  /** The keypad is there and has power. */
  keypad: { is_connected: boolean; has_power: boolean }
  /** 0–1; null with mains power. */
  battery_level: number | null
  keypad_battery_level: number | null
}

/** By what one lock has otherwise: a row of another lock of this id has another such object. */
const profiles = new WeakMap<object, LockProfile>()

/** All of one shape, whatever the order of fields in the brands' files. */
const wholeProfiles = new Map<string, LockProfile>()

const wholeProfile = (model: string): LockProfile => {
  const known = wholeProfiles.get(model)
  if (known !== undefined) return known
  const made = Object.assign({}, profileOf(model))
  wholeProfiles.set(model, made)
  return made
}

/** The profile of this very lock: its model's, with what this one has otherwise. */
const profileOfLock = ({ model }: Device, { profile_overrides }: Lock): LockProfile | null => {
  if (model === null) return null
  if (profile_overrides === null) return wholeProfile(model)
  const known = profiles.get(profile_overrides)
  if (known !== undefined) return known
  const made = Object.assign({}, profileOf(model), profile_overrides)
  profiles.set(profile_overrides, made)
  return made
}

/** What was last found out about a device, and when: asked several times in a row at one instant. */
const known = new WeakMap<Device, { view: LockView; now: number }>()

/** The view of a lock; null for a device that is none, such as a thermostat, or that is gone. */
export const lockView = (world: World, device_id: string): LockView | null => {
  const device = world.devices.get(device_id)
  if (device === undefined) return null
  const lock = world.locks.get(device_id)
  const account = world.connected_accounts.get(device.connected_account_id)
  if (lock === undefined || account === undefined) return null
  const bridge = lock.bridge_id === null ? null : (world.bridges.get(lock.bridge_id) ?? null)
  const before = known.get(device)
  if (
    before?.now === world.now &&
    before.view.lock === lock &&
    before.view.account === account &&
    before.view.bridge === bridge
  ) {
    return before.view
  }
  const view = factsOf({ device, lock, account, bridge }, world.now)
  if (view !== null) known.set(device, { view, now: world.now })
  return view
}

const factsOf = (
  { device, lock, account, bridge }: Pick<LockView, 'device' | 'lock' | 'account' | 'bridge'>,
  now: number,
): LockView | null => {
  const profile = profileOfLock(device, lock)
  if (profile === null) return null
  const battery_level =
    profile.battery === null || lock.battery === null
      ? null
      : batteryLevel(profile.battery, lock.battery, now)
  const keypad_battery_level =
    profile.keypad_battery === null || lock.keypad_battery === null
      ? null
      : batteryLevel(profile.keypad_battery, lock.keypad_battery, now)
  return {
    device,
    lock,
    profile,
    account,
    bridge,
    battery_level,
    keypad_battery_level,
    link: linkState({
      account: { connected: account.disconnected_at === null },
      bridge: bridge === null ? null : { online: bridge.offline_at === null },
      lock: {
        radio_online: device.radio_offline_at === null,
        battery_dead: battery_level !== null && battery_level <= 0,
        removed: device.removed_at !== null,
      },
    }),
    keypad: {
      is_connected: profile.keypad !== 'none' && lock.keypad_disconnected_at === null,
      has_power: keypad_battery_level === null || keypad_battery_level > 0,
    },
  }
}

/** @throws device_not_found when there is no such device, lock_not_found when it is no lock */
export const requireLock = (world: World, device_id: string): LockView => {
  const view = lockView(world, device_id)
  if (view !== null) return view
  requireDevice(world, device_id)
  throw notFound('lock', { device_id })
}

/** The lock's IANA time zone; null while nobody has told it. */
export const zoneOf = ({ device }: Pick<LockView, 'device'>): string | null =>
  device.reported_time_zone ?? device.location?.time_zone ?? null

export const keypadWorks = (view: LockView): boolean =>
  view.keypad.is_connected && view.keypad.has_power

/** What the lock has at hand now, for its capability flags. */
export const atHand = (view: LockView): AtHand => ({
  keypad: keypadWorks(view),
  bridge: view.bridge === null ? null : { online: view.bridge.offline_at === null },
  subscription: view.lock.subscription_expired_at === null,
})
