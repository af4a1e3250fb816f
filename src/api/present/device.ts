import { codeLengthsOf } from '../../sim/access-codes/pins.ts'
import { offlineTimeFrameOptions } from '../../sim/access-codes/time-frame-options.ts'
import { atHand, keypadWorks, lockFacts } from '../../sim/devices/facts.ts'
import type { Device, LockFacts } from '../../sim/devices/facts.ts'
import { accountIssues, deviceIssues } from '../../sim/devices/issues.ts'
import { toIso } from '../../sim/instant.ts'
import { batteryStatus, shownLevel } from '../../sim/locks/battery.ts'
import { capabilityFlags } from '../../sim/locks/capabilities.ts'
import { metadataBlock } from '../../sim/locks/metadata.ts'
import type { MetadataFacts } from '../../sim/locks/metadata.ts'
import type { LockProfile } from '../../sim/locks/profile.ts'
import { createStream } from '../../sim/random.ts'
import { offsetAt } from '../../sim/time-zone.ts'
import type { World } from '../../sim/world.ts'
import { keepText } from '../wire-text.ts'
import { presentIssue } from './issue.ts'
import { viewOf } from './unchanged.ts'
import type { LockView } from './unchanged.ts'

/** A number that the provider would know the thing by: always the same for the same id. */
const providerNumber = (id: string): number => createStream(id, 'provider number').at(0)

const metadataFacts = (world: World, facts: LockFacts): MetadataFacts => {
  const { device, lock, bridge } = facts
  const number = providerNumber(device.device_id)
  const keypad = keypadWorks(facts)
  const location_name = device.location?.location_name ?? 'Home'
  const time_zone = device.reported_time_zone ?? device.location?.time_zone ?? null
  const keypadLevel = facts.keypad_battery_level
  return {
    lock_id: `lock_${number.toString(36)}`,
    lock_number: number,
    lock_number_text: String(number),
    name: device.name,
    serial: lock.serial_number,
    online: facts.link.online,
    locked_words: lock.locked ? 'locked' : 'unlocked',
    battery_words: facts.battery_level === null ? 'full' : batteryStatus(facts.battery_level),
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
    time_zone_offset: time_zone === null ? null : offsetAt(world.now, time_zone),
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

const flagsOf = (facts: LockFacts) => ({
  ...capabilityFlags(facts.profile, atHand(facts)),
  ...simulateFlags(facts.profile),
})

/** Properties that unmanaged devices show as well. */
const basicProperties = (facts: LockFacts) => {
  const { device, profile, battery_level, link } = facts
  const { keypad, capabilities } = profile
  const online_codes = capabilities.program_online_access_codes
  return {
    online: link.online,
    name: device.name,
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
        is_connected: keypadWorks(facts),
        ...(keypadWorks(facts) &&
          facts.keypad_battery_level !== null && {
            battery: { level: shownLevel(facts.keypad_battery_level) },
          }),
      },
    }),
    ...(capabilities.program_offline_access_codes && { offline_access_codes_enabled: true }),
    ...(online_codes && { online_access_codes_enabled: keypadWorks(facts) }),
  }
}

const lockProperties = (world: World, facts: LockFacts) => {
  const { device, lock, profile } = facts
  const metadata = metadataBlock(profile, metadataFacts(world, facts))
  const lengths = codeLengthsOf(facts)
  return {
    appearance: { name: device.name },
    serial_number: lock.serial_number,
    has_direct_power: profile.battery === null,
    ...(facts.link.online && { locked: lock.locked }),
    ...(lock.door_open !== null && facts.link.online && { door_open: lock.door_open }),
    ...(profile.auto_lock !== null && {
      auto_lock_enabled: lock.auto_lock_enabled,
      auto_lock_delay_seconds: lock.auto_lock_delay_seconds,
    }),
    has_native_entry_events: profile.has_native_entry_events,
    ...(keypadWorks(facts) &&
      facts.keypad_battery_level !== null && {
        keypad_battery: { level: shownLevel(facts.keypad_battery_level) },
      }),
    code_constraints: profile.code_constraints,
    ...(lengths.length > 0 && { supported_code_lengths: lengths }),
    ...(profile.memory_slots > 0 && { max_active_codes_supported: profile.memory_slots }),
    supports_backup_access_code_pool: profile.supports_backup_pool,
    ...(profile.supports_backup_pool && {
      backup_access_code_pool_enabled: device.backup_pool_enabled_at !== null,
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

const locationOf = (device: Device) => {
  const time_zone = device.reported_time_zone ?? device.location?.time_zone
  if (device.location === null && time_zone === undefined) return {}
  return {
    location: {
      ...(device.location?.location_name !== undefined && {
        location_name: device.location.location_name,
      }),
      ...(time_zone !== undefined && { time_zone, timezone: time_zone }),
    },
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

const common = (world: World, facts: LockFacts) => {
  const { device, profile } = facts
  const own = deviceIssues(world, facts)
  const account = accountIssues(facts.account)
  return {
    device_id: device.device_id,
    workspace_id: world.workspace_id,
    connected_account_id: device.connected_account_id,
    device_type: device.device_type,
    ...flagsOf(facts),
    capabilities_supported: capabilitiesSupported(profile),
    custom_metadata: device.custom_metadata,
    ...locationOf(device),
    errors: [...own.errors, ...account.errors].map(presentIssue),
    warnings: own.warnings.map(presentIssue),
    created_at: toIso(device.created_at),
  }
}

/** A device that is no simulated lock: as its fixture describes it. */
const presentOther = (world: World, device: Device): Record<string, unknown> => ({
  capabilities_supported: [],
  properties: {},
  errors: [],
  warnings: [],
  ...device.wire_overrides,
  device_id: device.device_id,
  workspace_id: world.workspace_id,
  connected_account_id: device.connected_account_id,
  device_type: device.device_type,
  display_name: device.nickname ?? device.name,
  custom_metadata: device.custom_metadata,
  space_ids: device.space_ids,
  is_managed: device.is_managed,
  created_at: toIso(device.created_at),
})

const presentLock = (world: World, facts: LockFacts) => {
  const { device, profile } = facts
  const { properties, ...wire } = device.wire_overrides ?? {}
  return {
    ...common(world, facts),
    display_name: device.nickname ?? device.name,
    ...(device.nickname !== null && { nickname: device.nickname }),
    is_managed: true as const,
    space_ids: device.space_ids,
    properties: {
      ...basicProperties(facts),
      ...lockProperties(world, facts),
      ...(typeof properties === 'object' ? properties : {}),
    },
    device_manufacturer: profile.manufacturer,
    device_provider: profile.provider,
    ...wire,
  }
}

const unchanged = new WeakMap<LockView, ReturnType<typeof presentLock>>()

/** A managed device as it goes over the wire. */
export const presentDevice = (world: World, device: Device) => {
  const facts = lockFacts(world, device.device_id)
  if (facts === null) return presentOther(world, device)
  const view = viewOf(world, facts)
  if (view === null) return presentLock(world, facts)
  const known = unchanged.get(view)
  if (known !== undefined) return known
  const wire = keepText(presentLock(world, facts))
  unchanged.set(view, wire)
  return wire
}

/** An unmanaged device: a small part of what a managed one shows. */
export const presentUnmanagedDevice = (world: World, device: Device) => {
  const facts = lockFacts(world, device.device_id)
  if (facts === null) return presentOther(world, device)
  return { ...common(world, facts), is_managed: false as const, properties: basicProperties(facts) }
}
