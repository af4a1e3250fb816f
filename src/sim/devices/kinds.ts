/**
 * Kinds of devices: what a kind has to know of itself, so that nothing that all devices share knows
 * of it. `sim/device-kinds.ts` lists them.
 */
import type { Device } from '../../db/tables/devices.ts'
import type { World } from '../kernel/world.ts'

export const deviceKindNames = ['lock', 'thermostat', 'noise_sensor', 'other'] as const

export type DeviceKindName = (typeof deviceKindNames)[number]

/** The device types that are no locks (OpenAPI `device.device_type`). */
const kindOfType: ReadonlyMap<string, DeviceKindName> = new Map([
  ['ecobee_thermostat', 'thermostat'],
  ['honeywell_resideo_thermostat', 'thermostat'],
  ['nest_thermostat', 'thermostat'],
  ['sensi_thermostat', 'thermostat'],
  ['smartthings_thermostat', 'thermostat'],
  ['tado_thermostat', 'thermostat'],
  ['minut_sensor', 'noise_sensor'],
  ['noiseaware_activity_zone', 'noise_sensor'],
])

/** A device that only its fixture describes, without a model, is not simulated, whatever its type. */
export const kindNameOf = ({ model, device_type }: Described): DeviceKindName =>
  model === null || model === undefined ? 'other' : (kindOfType.get(device_type ?? '') ?? 'lock')

interface Described {
  model?: string | null | undefined
  device_type?: string | undefined
}

/** What a sandbox may simulate of a device. */
export type Simulation =
  | 'connection'
  | 'disconnection'
  | 'hub_connection'
  | 'hub_disconnection'
  | 'paid_subscription'
  | 'removal'

export type Simulates = Readonly<Record<Simulation, boolean>>

export interface DeviceKind {
  /** Compares its link with what was last told of it (see `noteLink`). Call it when a part of the link changed. */
  refreshLink(world: World, device_id: string): void
  /** The bridge or hub that it goes through; null for one with its own network. */
  bridgeOf(world: World, device: Device): string | null
  /** Which `/devices/simulate/*` routes it has; null for a device that none can be used on. */
  simulates(world: World, device: Device): Simulates | null
  /** The device types of the kind that have the route. */
  typesThatSimulate(what: Simulation): string[]
}

/** What a sandbox may simulate of a device that has a network of its own. */
export const ownNetworkSimulates = {
  connection: true,
  disconnection: true,
  hub_connection: false,
  hub_disconnection: false,
  paid_subscription: false,
  removal: true,
} as const satisfies Simulates

/** A kind whose devices all have networks of their own. */
export const kindWithOwnNetwork = (
  refreshLink: DeviceKind['refreshLink'],
  profiles: Readonly<Record<string, { readonly device_type: string }>>,
): DeviceKind => ({
  refreshLink,
  bridgeOf: () => null,
  simulates: () => ownNetworkSimulates,
  typesThatSimulate: (what) =>
    ownNetworkSimulates[what] ? Object.values(profiles).map(({ device_type }) => device_type) : [],
})

export type DeviceKinds = Readonly<Record<DeviceKindName, DeviceKind>>
