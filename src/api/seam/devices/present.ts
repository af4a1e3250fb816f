/** Devices as they go over the wire, each by its kind. */
import type { Device } from '../../../db/tables/devices.ts'
import { kindNameOf } from '../../../sim/devices/kinds.ts'
import type { DeviceKindName } from '../../../sim/devices/kinds.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { lockPresenter } from '../locks/present.ts'
import { noiseSensorPresenter } from '../noise-sensors/present.ts'
import { thermostatPresenter } from '../thermostats/present.ts'
import { listedPresenter } from './presenter.ts'
import type { DevicePresenter } from './presenter.ts'

const presenters: Readonly<Record<DeviceKindName, DevicePresenter>> = {
  lock: lockPresenter,
  thermostat: thermostatPresenter,
  noise_sensor: noiseSensorPresenter,
  other: listedPresenter,
}

/** A managed device as it goes over the wire. */
export const presentDevice = (world: World, device: Device): Record<string, unknown> =>
  presenters[kindNameOf(device)].managed(world, device)

/** An unmanaged device: a small part of what a managed one shows. */
export const presentUnmanagedDevice = (world: World, device: Device): Record<string, unknown> =>
  presenters[kindNameOf(device)].unmanaged(world, device)
