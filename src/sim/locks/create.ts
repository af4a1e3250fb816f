import { accountFor } from '../connected-accounts/account-for.ts'
import { domainError } from '../kernel/errors.ts'
import { isLow } from '../devices/battery-level.ts'
import { resumeAutoLock } from './auto-lock.ts'
import { noteDoor } from './door-history.ts'
import { makeWayFor } from './leave-account.ts'
import { lockProfiles } from './models/index.ts'
import { overriddenProfile } from './overrides.ts'
import { scheduleBattery } from './battery/use.ts'
import { putUpBridge } from '../devices/bridges.ts'
import { insertNewDevice } from '../devices/new-device.ts'
import type { NewDevice } from '../devices/new-device.ts'
import { freeDeviceId, requireDevice } from '../devices/rows.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { World } from '../kernel/world.ts'
import type { LockProfile } from './profile.ts'
import { is } from '../../db/conditions.ts'
import { locks } from '../../db/tables/locks.ts'
import type { BatteryState } from '../../db/tables/locks.ts'

const onBridge = is(locks.bridge_id)

export interface NewLock extends NewDevice {
  bridge_id?: string | undefined
  /** Without a bridge_id: whether to put one up; by default only where the model needs it. */
  has_bridge?: boolean | undefined
  has_keypad?: boolean | undefined
  locked?: boolean | undefined
  battery_level?: number | undefined
  keypad_battery_level?: number | undefined
  serial_number?: string | undefined
  profile_overrides?: Record<string, unknown> | undefined
}

/** The bridge is there, and has room for one more lock. */
const requireRoomOnBridge = (world: World, profile: LockProfile, bridge_id: string): void => {
  if (world.bridges.get(bridge_id) === undefined) {
    throw domainError('bridge_not_found', `bridge not found: ${bridge_id}`, {
      data: { bridge_id },
    })
  }
  const { max_locks } = profile.bridge
  if (max_locks !== null && world.locks.count(onBridge(bridge_id)) >= max_locks) {
    throw domainError(
      'bridge_full',
      `A ${profile.bridge.kind} of ${profile.display_name} locks serves at most ${max_locks}, and ${bridge_id} does already. Leave bridge_id out to get another one.`,
      { param: 'bridge_id', data: { bridge_id, max_locks } },
    )
  }
}

/** The bridge that was given, a new one where the lock needs one, or none. */
const bridgeFor = (
  world: World,
  profile: LockProfile,
  connected_account_id: string,
  { bridge_id: given, has_bridge, name }: NewLock,
): string | null => {
  if (given !== undefined) {
    requireRoomOnBridge(world, profile, given)
    return given
  }
  if (!(has_bridge ?? profile.bridge.required)) return null
  return putUpBridge(world, connected_account_id, `Bridge of ${name ?? profile.display_name}`)
}

/** The fields of the profile that its model does not decide, whole. */
const overridden = (profile: LockProfile, names: readonly string[]) =>
  names.length === 0
    ? null
    : Object.fromEntries(Object.entries(profile).filter(([name]) => names.includes(name)))

const requireModel = (model: string): LockProfile => {
  const found = lockProfiles[model]
  if (found !== undefined) return found
  throw domainError(
    'lock_model_not_found',
    `There is no lock model "${model}". Known: ${Object.keys(lockProfiles).join(', ')}.`,
    { param: 'model' },
  )
}

/** The id asked for, or a new one, with nothing in its way. */
const idOfNewLock = (world: World, given: string | undefined): string => {
  const device_id = freeDeviceId(world, given)
  makeWayFor(world, device_id)
  return device_id
}

/** What a new lock is and where it hangs. */
interface Place {
  device_id: string
  connected_account_id: string
  bridge_id: string | null
  profile: LockProfile
}

/** One that is low from the beginning is no news. */
const firstKeypadBattery = (
  { now }: World,
  { keypad_battery }: LockProfile,
  level: number,
): BatteryState | null =>
  keypad_battery === null
    ? null
    : {
        installed_at: now,
        level_at_install: level,
        uses: 0,
        ...(isLow(level) && { low_since: now }),
      }

/** What only locks have. */
const insertLock = (world: World, place: Place, input: NewLock): void => {
  const { device_id, bridge_id, profile } = place
  const { profile_overrides = {}, battery_level = 1 } = input
  const serial = world.random.stream('serial')
  world.locks.insert({
    device_id,
    bridge_id,
    serial_number:
      input.serial_number ??
      `SN${serial.at(world.random.next('serial')).toString().padStart(10, '0')}`,
    profile_overrides: overridden(profile, Object.keys(profile_overrides)),
    locked: input.locked ?? true,
    door_open: null,
    jammed: false,
    keypad_disconnected_at:
      (input.has_keypad ?? true) || profile.keypad === 'built_in' ? null : world.now,
    battery:
      profile.battery === null
        ? null
        : { installed_at: world.now, level_at_install: battery_level, uses: 0 },
    keypad_battery: firstKeypadBattery(world, profile, input.keypad_battery_level ?? 1),
    auto_lock_enabled: profile.auto_lock?.enabled ?? false,
    auto_lock_delay_seconds: profile.auto_lock?.delay_seconds ?? 30,
    wrong_codes: 0,
    locked_out_until: null,
    last_answer_at: 0,
    bank_full_since: null,
    backup_pool_enabled_at: null,
    reported_code_lengths: null,
    subscription_expired_at: null,
    third_party_at: null,
    privacy_mode_at: null,
    abandoned: null,
  })
}

/**
 * Hangs a lock on a door. Account and bridge are found or made when not given; no
 * event is recorded (see `announceDevice`).
 */
export const createLock = (world: World, input: NewLock): Device => {
  const profile = overriddenProfile(requireModel(input.model), input.profile_overrides ?? {})
  const device_id = idOfNewLock(world, input.device_id)
  const connected_account_id = accountFor(world, {
    given: input.connected_account_id,
    account: profile.account,
    capability: 'lock',
  })
  const bridge_id = bridgeFor(world, profile, connected_account_id, input)
  const place: Place = { device_id, connected_account_id, bridge_id, profile }
  const placed = { ...input, device_id, connected_account_id }
  const level = profile.battery === null ? null : (input.battery_level ?? 1)
  insertNewDevice(world, placed, { profile, bridge_id, battery_level: level })
  insertLock(world, place, input)
  scheduleBattery(world, device_id)
  noteDoor(world, device_id)
  resumeAutoLock(world, device_id)
  return requireDevice(world, device_id)
}
