import { codeLengthsOf } from '../../../sim/access-codes/checks/pin.ts'
import { offlineTimeFrameOptions } from '../../../sim/access-codes/offline/time-frame-options.ts'
import { atHand, keypadWorks, requireLock } from '../../../sim/locks/lock-view.ts'
import type { LockView } from '../../../sim/locks/lock-view.ts'
import type { Device } from '../../../db/tables/devices.ts'
import { accountIssues } from '../../../sim/connected-accounts/issues.ts'
import { lockIssues } from '../../../sim/locks/issues.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import { batteryStatus, shownLevel } from '../../../sim/devices/battery-level.ts'
import { capabilityFlags } from '../../../sim/locks/capabilities.ts'
import { metadataBlock } from '../../../sim/locks/metadata.ts'
import type { MetadataFacts } from '../../../sim/locks/metadata.ts'
import type { LockProfile } from '../../../sim/locks/profile.ts'
import { createStream } from '../../../sim/kernel/random.ts'
import { offsetAt } from '../../../sim/kernel/time-zone.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { givenProperties, locationOf, nameOf } from '../devices/presenter.ts'
import type { DevicePresenter } from '../devices/presenter.ts'
import { keepText } from '../../answers/json-cache.ts'
import { presentIssue } from '../issues.ts'
import { fingerprintOf } from '../../answers/lock-fingerprint.ts'
import type { LockFingerprint } from '../../answers/lock-fingerprint.ts'

/** A number that the provider would know the thing by: always the same for the same id. */
const providerNumber = (id: string): number => createStream(id, 'provider number').at(0)

const metadataFacts = (world: World, view: LockView): MetadataFacts => {
  const { device, lock, bridge } = view
  const number = providerNumber(device.device_id)
  const keypad = keypadWorks(view)
  const location_name = device.location?.location_name ?? 'Home'
  const time_zone = device.reported_time_zone ?? device.location?.time_zone ?? null
  const keypadLevel = view.keypad_battery_level
  return {
    lock_id: `lock_${number.toString(36)}`,
    lock_number: number,
    lock_number_text: String(number),
    name: device.name,
    serial: lock.serial_number,
    online: view.link.online,
    locked_words: lock.locked ? 'locked' : 'unlocked',
    battery_words: view.battery_level === null ? 'full' : batteryStatus(view.battery_level),
    has_keypad: keypad,
    keypad_id: keypad ? `keypad_${number.toString(36)}` : undefined,
    keypad_number: keypad ? number % 1_000_000 : undefined,
    keypad_battery_words: keypad && keypadLevel !== null ? batteryStatus(keypadLevel) : undefined,
    keypad_battery_critical: keypad && keypadLevel !== null ? keypadLevel < 0.1 : undefined,
    has_bridge: bridge !== null,
    bridge_id: bridge?.bridge_id,
    bridge_number: bridge === null ? undefined : providerNumber(bridge.bridge_id),
    bridge_name: bridge?.name,
    location_id: `location_${providerNumber(location_name).toString(36)}`,
    location_number: providerNumber(location_name),
    location_name,
    time_zone,
    // Found out where it is shown (`showsOffset`).
    get time_zone_offset() {
      return time_zone === null ? null : offsetAt(world.now, time_zone)
    },
  }
}

const simulateFlags = ({ simulates }: LockProfile) => ({
  ...(simulates.connection && { can_simulate_connection: true }),
  ...(simulates.disconnection && { can_simulate_disconnection: true }),
  ...(simulates.hub_connection && { can_simulate_hub_connection: true }),
  ...(simulates.hub_disconnection && { can_simulate_hub_disconnection: true }),
  ...(simulates.paid_subscription && { can_simulate_paid_subscription: true }),
  ...(simulates.removal && { can_simulate_removal: true }),
})

const flagsOf = (view: LockView) => ({
  ...capabilityFlags(view.profile, atHand(view)),
  ...simulateFlags(view.profile),
})

/** The older names of two flags, which say the same. */
const olderFlags = (view: LockView) => {
  const { can_program_offline_access_codes: offline, can_program_online_access_codes: online } =
    capabilityFlags(view.profile, atHand(view))
  return {
    ...(offline !== undefined && { offline_access_codes_enabled: offline }),
    ...(online !== undefined && { online_access_codes_enabled: online }),
  }
}

/** Properties that unmanaged devices show as well. */
const basicProperties = (view: LockView) => {
  const { device, profile, battery_level, link } = view
  const { keypad, capabilities } = profile
  const online_codes = capabilities.program_online_access_codes
  return {
    online: link.online,
    name: nameOf(device),
    manufacturer: profile.property_manufacturer,
    model: {
      display_name: profile.model_display_name,
      manufacturer_display_name: profile.manufacturer.display_name,
      has_built_in_keypad: keypad === 'built_in',
      can_connect_accessory_keypad: keypad === 'accessory',
      accessory_keypad_supported: keypad === 'accessory',
      offline_access_codes_supported: capabilities.program_offline_access_codes,
      online_access_codes_supported: online_codes,
    },
    // Nothing is known of the battery of a lock that cannot be reached (Seam docs: device power status).
    ...(battery_level !== null &&
      link.online && {
        battery: { level: shownLevel(battery_level), status: batteryStatus(battery_level) },
        battery_level: shownLevel(battery_level),
      }),
    ...(keypad === 'accessory' && {
      accessory_keypad: {
        // One without power cannot be told from one that is not there.
        is_connected: keypadWorks(view),
        ...(keypadWorks(view) &&
          view.keypad_battery_level !== null && {
            battery: { level: shownLevel(view.keypad_battery_level) },
          }),
      },
    }),
    ...olderFlags(view),
  }
}

const lockProperties = (world: World, view: LockView) => {
  const { device, lock, profile } = view
  const metadata = metadataBlock(profile, metadataFacts(world, view))
  const lengths = codeLengthsOf(view)
  return {
    appearance: { name: device.name },
    serial_number: lock.serial_number,
    has_direct_power: profile.battery === null,
    ...(view.link.online && { locked: lock.locked }),
    ...(lock.door_open !== null && view.link.online && { door_open: lock.door_open }),
    ...(profile.auto_lock !== null && {
      auto_lock_enabled: lock.auto_lock_enabled,
      auto_lock_delay_seconds: lock.auto_lock_delay_seconds,
    }),
    has_native_entry_events: profile.has_native_entry_events,
    ...(keypadWorks(view) &&
      view.keypad_battery_level !== null && {
        keypad_battery: { level: shownLevel(view.keypad_battery_level) },
      }),
    code_constraints: profile.code_constraints,
    ...(lengths.length > 0 && { supported_code_lengths: lengths }),
    ...(profile.memory_slots > 0 && { max_active_codes_supported: profile.memory_slots }),
    supports_backup_access_code_pool: profile.supports_backup_pool,
    ...(profile.supports_backup_pool && {
      backup_access_code_pool_enabled: lock.backup_pool_enabled_at !== null,
    }),
    supports_accessory_keypad: profile.keypad === 'accessory',
    supports_offline_access_codes: profile.offline_codes !== null,
    ...(profile.offline_codes !== null && {
      offline_time_frame_options: offlineTimeFrameOptions(
        profile.offline_codes,
        device.reported_time_zone ?? device.location?.time_zone ?? null,
      ),
    }),
    ...(metadata !== null && { [metadata.key]: metadata.fields }),
  }
}

/** Legacy: the `can_*` flags say it better (Seam docs: capability flags). */
const capabilitiesSupported = ({ capabilities, battery }: LockProfile): string[] => [
  ...(capabilities.program_online_access_codes || capabilities.program_offline_access_codes
    ? ['access_code']
    : []),
  'lock',
  ...(battery === null ? [] : ['battery']),
]

const common = (world: World, view: LockView) => {
  const { device, profile } = view
  const own = lockIssues(world, view)
  const account = accountIssues(view.account)
  return {
    device_id: device.device_id,
    workspace_id: world.workspace_id,
    connected_account_id: device.connected_account_id,
    device_type: device.device_type,
    ...flagsOf(view),
    capabilities_supported: capabilitiesSupported(profile),
    custom_metadata: device.custom_metadata,
    ...locationOf(device),
    errors: [...own.errors, ...account.errors].map(presentIssue),
    warnings: own.warnings.map(presentIssue),
    created_at: toIso(device.created_at),
  }
}

const presentLock = (world: World, view: LockView) => {
  const { device, profile } = view
  const { properties: _, ...wire } = device.wire_overrides ?? {}
  return {
    ...common(world, view),
    display_name: nameOf(device),
    ...(device.nickname !== null && { nickname: device.nickname }),
    is_managed: true as const,
    space_ids: device.space_ids,
    properties: {
      ...basicProperties(view),
      ...lockProperties(world, view),
      ...givenProperties(device),
    },
    device_manufacturer: profile.manufacturer,
    device_provider: profile.provider,
    ...wire,
  }
}

const unchanged = new WeakMap<LockFingerprint, ReturnType<typeof presentLock>>()

/** A managed lock as it goes over the wire. */
const presentManaged = (world: World, device: Device) => {
  const view = requireLock(world, device.device_id)
  const fingerprint = fingerprintOf(world, view)
  if (fingerprint === null) return presentLock(world, view)
  const known = unchanged.get(fingerprint)
  if (known !== undefined) return known
  const wire = keepText(presentLock(world, view))
  unchanged.set(fingerprint, wire)
  return wire
}

/** An unmanaged lock: a small part of what a managed one shows. */
const presentUnmanaged = (world: World, device: Device) => {
  const view = requireLock(world, device.device_id)
  return { ...common(world, view), is_managed: false as const, properties: basicProperties(view) }
}

export const lockPresenter: DevicePresenter = {
  managed: presentManaged,
  unmanaged: presentUnmanaged,
}
