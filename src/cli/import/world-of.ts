/** Makes a world of devices as Seam listed them. */
import type { LockProfile } from '../../sim/locks/profile.ts'
import { lockProfiles } from '../../sim/locks/models/index.ts'
import { noiseSensorProfiles } from '../../sim/noise-sensors/models/index.ts'
import type { ListedDevice } from './listed.ts'

type Fields = Record<string, unknown>

export interface ImportedWorld {
  /** A fixture, to be checked as any other. */
  readonly fixture: Fields
  /** What the file says and the world does not, in sentences. */
  readonly left_out: string[]
  readonly locks: number
  readonly others: number
}

/** Fields without those that have nothing to say. */
const given = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )

const profileOfType = (device_type: string): LockProfile | undefined =>
  Object.values(lockProfiles).find((profile) => profile.device_type === device_type)

const sensorOfType = (device_type: string) =>
  Object.values(noiseSensorProfiles).find((profile) => profile.device_type === device_type)

const isSimulated = ({ device_type }: ListedDevice): boolean =>
  profileOfType(device_type) !== undefined || sensorOfType(device_type) !== undefined

/** Gives each value a name of its own, in the order in which they come. */
const numbering = (name: (n: number) => string): ((value: string) => string) => {
  const known = new Map<string, string>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const made = name(known.size + 1)
    known.set(value, made)
    return made
  }
}

/** How ids and names go into the world: as they are, or so that nobody learns whose they were. */
interface Disguise {
  device: (id: string) => string
  account: (id: string) => string
  name: (text: string, device: ListedDevice) => string
  place: (text: string) => string
  isOn: boolean
}

const asItIs = (text: string): string => text

const disguise = (isOn: boolean): Disguise => {
  if (!isOn) return { device: asItIs, account: asItIs, name: asItIs, place: asItIs, isOn }
  const id = (letter: string) =>
    numbering((n) => `${letter}1000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
  const kindOf = ({ device_type }: ListedDevice) =>
    profileOfType(device_type) === undefined ? 'Device' : 'Lock'
  const name = numbering(String)
  return {
    device: id('d'),
    account: id('a'),
    name: (_, device) => `${kindOf(device)} ${name(device.device_id)}`,
    place: numbering((n) => `Place ${n}`),
    isOn,
  }
}

const nameOf = ({ properties, display_name, device_type }: ListedDevice): string =>
  properties?.name ?? display_name ?? device_type

const locationOf = ({ location }: ListedDevice, hidden: Disguise): Fields | undefined => {
  const place = location?.location_name ?? undefined
  const fields = given({
    location_name: place === undefined ? undefined : hidden.place(place),
    time_zone: location?.time_zone ?? location?.timezone,
  })
  return Object.keys(fields).length === 0 ? undefined : fields
}

/** What fixtures of every device say. */
const commonOf = (device: ListedDevice, hidden: Disguise): Fields => {
  const { nickname, properties } = device
  const name = nameOf(device)
  const metadata = Object.entries(device.custom_metadata ?? {}).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'boolean',
  )
  return given({
    device_id: hidden.device(device.device_id),
    connected_account_id: hidden.account(device.connected_account_id),
    name: hidden.name(name, device),
    nickname: hidden.isOn || nickname === name ? undefined : nickname,
    is_managed: device.is_managed === false ? false : undefined,
    is_online: properties?.online === false ? false : undefined,
    location: locationOf(device, hidden),
    custom_metadata:
      hidden.isOn || metadata.length === 0 ? undefined : Object.fromEntries(metadata),
  })
}

/** What this lock has otherwise than its model. */
const differences = ({ properties }: ListedDevice, profile: LockProfile): Fields | undefined => {
  const lengths = properties?.supported_code_lengths ?? []
  const slots = properties?.max_active_codes_supported ?? profile.memory_slots
  const isSame =
    lengths.length === profile.code_lengths.length &&
    lengths.every((length) => profile.code_lengths.includes(length))
  const fields = given({
    code_lengths: lengths.length === 0 || isSame ? undefined : lengths,
    memory_slots: slots === profile.memory_slots || slots === 0 ? undefined : slots,
  })
  return Object.keys(fields).length === 0 ? undefined : fields
}

const keypadOf = ({ properties, can_unlock_with_code }: ListedDevice, { keypad }: LockProfile) => {
  if (keypad !== 'accessory') return {}
  const { is_connected, battery } = properties?.accessory_keypad ?? {}
  const isThere = is_connected ?? can_unlock_with_code ?? true
  return {
    has_keypad: isThere ? undefined : false,
    keypad_battery_level: isThere ? battery?.level : undefined,
  }
}

/** A bridge that the model can do without is there when the lock does what it is needed for. */
const bridgeOf = (device: ListedDevice, { bridge }: LockProfile) =>
  bridge.kind !== 'none' &&
  !bridge.required &&
  (device.can_remotely_unlock === true || device.can_program_online_access_codes === true)
    ? true
    : undefined

const lockOf = (device: ListedDevice, profile: LockProfile, hidden: Disguise): Fields => {
  const { properties } = device
  return {
    ...commonOf(device, hidden),
    ...given({
      model: profile.model,
      locked: properties?.locked === false ? false : undefined,
      battery_level: properties?.battery_level ?? properties?.battery?.level,
      ...keypadOf(device, profile),
      has_bridge: bridgeOf(device, profile),
      serial_number: hidden.isOn ? undefined : properties?.serial_number,
      profile: differences(device, profile),
    }),
  }
}

const sensorOf = (device: ListedDevice, model: string, hidden: Disguise): Fields => ({
  ...commonOf(device, hidden),
  ...given({
    model,
    battery_level: device.properties?.battery_level ?? device.properties?.battery?.level,
  }),
})

/** The lists of a world that devices stand in. */
const listsOf = (devices: readonly ListedDevice[], hidden: Disguise): Fields => {
  const lists: { devices: Fields[]; noise_sensors: Fields[] } = { devices: [], noise_sensors: [] }
  for (const device of devices) {
    const { device_type } = device
    const lock = profileOfType(device_type)
    const sensor = sensorOfType(device_type)
    if (lock !== undefined) lists.devices.push(lockOf(device, lock, hidden))
    else if (sensor !== undefined) lists.noise_sensors.push(sensorOf(device, sensor.model, hidden))
    else lists.devices.push({ ...commonOf(device, hidden), device_type })
  }
  return lists
}

/** Conditions that come about by themselves, or that the world says in another way. */
const saidOtherwise = new Set([
  'device_offline',
  'device_disconnected',
  'hub_disconnected',
  'account_disconnected',
  'low_battery',
  'empty_backup_access_code_pool',
])

/** Each condition that is not made again, with how many devices have it. */
const conditionsOf = (devices: readonly ListedDevice[]): string[] => {
  const counts = new Map<string, number>()
  for (const { errors, warnings } of devices) {
    const codes = [
      ...(errors ?? []).map((it) => it.error_code),
      ...(warnings ?? []).map((it) => it.warning_code),
    ]
    for (const code of new Set(codes)) {
      if (!saidOtherwise.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  }
  return [...counts].map(
    ([code, count]) => `${code} (${count} ${count === 1 ? 'device' : 'devices'}) is not made again`,
  )
}

const accountsOf = (devices: readonly ListedDevice[], hidden: Disguise): Fields[] => {
  const byId = Map.groupBy(devices, (it) => it.connected_account_id)
  return [...byId].map(([id, own]) => {
    const profile = own.map((it) => profileOfType(it.device_type)).find((it) => it !== undefined)
    const isOut = own.some((it) => it.errors?.some((e) => e.error_code === 'account_disconnected'))
    return given({
      connected_account_id: hidden.account(id),
      model: profile?.model,
      account_type: profile === undefined ? own[0]?.device_type.split('_')[0] : undefined,
      is_connected: isOut ? false : undefined,
    })
  })
}

const unsimulated = (devices: readonly ListedDevice[]): string[] => {
  const byType = Map.groupBy(
    devices.filter((it) => !isSimulated(it)),
    (it) => it.device_type,
  )
  return [...byType].map(
    ([type, own]) => `${type} (${own.length}) is listed as it is, and does nothing`,
  )
}

/** The world of these devices: their accounts, and each device in its present state. */
export const worldOf = (
  devices: readonly ListedDevice[],
  { name, anonymise }: { name: string; anonymise: boolean },
): ImportedWorld => {
  const hidden = disguise(anonymise)
  // Accounts first, so that their numbers follow the file.
  const connected_accounts = accountsOf(devices, hidden)
  const bridged = devices.filter((it) => {
    const profile = profileOfType(it.device_type)
    return profile?.bridge.required === true || (profile && bridgeOf(it, profile) === true)
  }).length
  const locks = devices.filter((it) => profileOfType(it.device_type) !== undefined).length
  return {
    locks,
    others: devices.length - locks,
    fixture: {
      $schema: './node_modules/seam-emulator/fixtures/fixture.schema.json',
      name,
      description: `${locks} locks and ${devices.length - locks} other devices, imported.`,
      connected_accounts,
      ...listsOf(devices, hidden),
    },
    left_out: [
      ...unsimulated(devices),
      ...conditionsOf(devices),
      ...(bridged === 0
        ? []
        : [
            `Which locks share a bridge is not in the list: ${bridged} have one of their own each (bridges and bridge_id change that)`,
          ]),
      'Access codes, and who owns the accounts, are not in the list',
    ],
  }
}
