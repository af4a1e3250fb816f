import type { bridges, connected_accounts, devices, locks } from '../../db/schema.ts'
import { notFound } from '../errors.ts'
import { createMemo } from '../memo.ts'
import { batteryLevel } from '../locks/battery.ts'
import type { AtHand } from '../locks/capabilities.ts'
import { linkState } from '../locks/link.ts'
import type { LinkBreak } from '../locks/link.ts'
import { profileOf } from '../locks/models/index.ts'
import type { LockProfile } from '../locks/profile.ts'
import type { ReconciledLock } from '../access-codes/reconcile.ts'
import type { World } from '../world.ts'

export type Device = typeof devices.$inferSelect
export type Lock = typeof locks.$inferSelect
export type ConnectedAccount = typeof connected_accounts.$inferSelect
export type Bridge = typeof bridges.$inferSelect

/** A lock with everything around it that decides what it can do now. */
export interface LockFacts {
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

const profiles = createMemo<LockProfile>()

/** The profile of this very lock: its model's, with what this one has otherwise. */
export const profileOfDevice = (world: World, device: Device): LockProfile | null => {
  const { model } = device
  if (model === null) return null
  return profiles.get(world, device.device_id, () =>
    Object.assign({}, profileOf(model), device.profile_overrides),
  )
}

export const requireDevice = (world: World, device_id: string): Device => {
  const device = world.devices.get(device_id)
  if (device === undefined) throw notFound('device', { device_id })
  return device
}

/** What was last found out about a device, and when: asked several times in a row at one instant. */
const known = new WeakMap<Device, { facts: LockFacts; now: number }>()

/** The facts of a lock; null for a device that is none, such as a thermostat. */
export const lockFacts = (world: World, device_id: string): LockFacts | null => {
  const device = requireDevice(world, device_id)
  const lock = world.locks.get(device_id)
  const account = world.connected_accounts.get(device.connected_account_id)
  if (lock === undefined || account === undefined) return null
  const bridge = lock.bridge_id === null ? null : (world.bridges.get(lock.bridge_id) ?? null)
  const before = known.get(device)
  if (
    before?.now === world.now &&
    before.facts.lock === lock &&
    before.facts.account === account &&
    before.facts.bridge === bridge
  ) {
    return before.facts
  }
  const facts = factsOf(world, device, lock, account, bridge)
  if (facts !== null) known.set(device, { facts, now: world.now })
  return facts
}

const factsOf = (
  world: World,
  device: Device,
  lock: Lock,
  account: ConnectedAccount,
  bridge: Bridge | null,
): LockFacts | null => {
  const profile = profileOfDevice(world, device)
  if (profile === null) return null
  const battery_level =
    profile.battery === null || lock.battery === null
      ? null
      : batteryLevel(profile.battery, lock.battery, world.now)
  const keypad_battery_level =
    profile.keypad_battery === null || lock.keypad_battery === null
      ? null
      : batteryLevel(profile.keypad_battery, lock.keypad_battery, world.now)
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
        radio_online: lock.radio_offline_at === null,
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

/** @throws device_type_not_supported when the device is not a lock. */
export const requireLock = (world: World, device_id: string): LockFacts => {
  const facts = lockFacts(world, device_id)
  if (facts !== null) return facts
  throw notFound('lock', { device_id })
}

/** The lock's IANA time zone; null while nobody has told it. */
export const zoneOf = ({ device }: Pick<LockFacts, 'device'>): string | null =>
  device.reported_time_zone ?? device.location?.time_zone ?? null

export const keypadWorks = (facts: LockFacts): boolean =>
  facts.keypad.is_connected && facts.keypad.has_power

/** What the lock has at hand now, for its capability flags. */
export const atHand = (facts: LockFacts): AtHand => ({
  keypad: keypadWorks(facts),
  bridge: facts.bridge === null ? null : { online: facts.bridge.offline_at === null },
  subscription: facts.device.subscription_expired_at === null,
})

/** The lock as the reconciler sees it. */
export const reconciledLock = (facts: LockFacts): ReconciledLock => ({
  scheduling: facts.profile.scheduling,
  is_reachable: facts.link.online,
  accepts_codes: keypadWorks(facts) && facts.device.subscription_expired_at === null,
  has_room: facts.device.bank_full_since === null,
  is_known: facts.account.disconnected_at === null,
  provider_assigns_pin: facts.profile.provider_assigns_pin,
})
