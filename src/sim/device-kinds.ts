/**
 * Every kind of device, by name. To simulate another one, give it a folder beside `locks` with a kind
 * of its own, name it here, and say in `api/seam/devices/present.ts` how it looks on the wire.
 */
import { kindNameOf } from './devices/kinds.ts'
import type { DeviceKinds } from './devices/kinds.ts'
import { listedDevice } from './devices/listed.ts'
import { requireDevice } from './devices/rows.ts'
import type { World } from './kernel/world.ts'
import { lockKind } from './locks/kind.ts'
import { noiseSensorKind } from './noise-sensors/kind.ts'
import { thermostatKind } from './thermostats/kind.ts'

export const deviceKinds: DeviceKinds = {
  lock: lockKind,
  thermostat: thermostatKind,
  noise_sensor: noiseSensorKind,
  other: listedDevice,
}

/** A part of a device's link changed: what that means is its kind's affair. */
export const refreshLinkOfDevice = (world: World, device_id: string): void =>
  deviceKinds[kindNameOf(requireDevice(world, device_id))].refreshLink(world, device_id)
