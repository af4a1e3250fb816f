/** What a sandbox lets its user do to any device: unplug it, take its hub away, remove it. */
import type { Device } from '../../db/tables/devices.ts'
import { requireSandbox } from '../connected-accounts/operations.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { plugBridge, unplugBridge } from './bridges.ts'
import { setRadio } from './link-changes.ts'
import { kindNameOf } from './kinds.ts'
import type { DeviceKinds, Simulation } from './kinds.ts'
import { removeDevice } from './operations.ts'
import { requireDevice } from './rows.ts'

/** What may be simulated, with the flag that says so. */
const flagOf = {
  connection: 'can_simulate_connection',
  disconnection: 'can_simulate_disconnection',
  hub_connection: 'can_simulate_hub_connection',
  hub_disconnection: 'can_simulate_hub_disconnection',
  paid_subscription: 'can_simulate_paid_subscription',
  removal: 'can_simulate_removal',
} as const satisfies Record<Simulation, string>

type Kinds = DeviceKinds

/**
 * The device, if the simulation exists for it.
 *
 * @throws workspace_not_sandbox, device_type_not_supported; invalid_input once the device was removed
 */
export const requireSimulation = (
  world: World,
  kinds: Kinds,
  device_id: string,
  what: Simulation,
): Device => {
  requireSandbox(world)
  const device = requireDevice(world, device_id)
  if (kinds[kindNameOf(device)].simulates(world, device)?.[what] !== true) {
    const able = new Set(Object.values(kinds).flatMap((kind) => kind.typesThatSimulate(what)))
    throw domainError(
      'device_type_not_supported',
      `The device ${device_id} is a ${device.device_type}, without ${flagOf[what]}. Devices that have it: ${[...able].join(', ')}.`,
      { data: { device_id } },
    )
  }
  if (device.removed_at !== null && what !== 'removal') {
    throw invalidInput(
      'device_id',
      `The device ${device_id} was removed from its account, so there is nothing to simulate on it`,
    )
  }
  return device
}

/** Brings the device's own connection back; nothing happens to one that has it. */
export const simulateConnection = (world: World, kinds: Kinds, device_id: string): void => {
  requireSimulation(world, kinds, device_id, 'connection')
  setRadio(world, device_id, true)
}

export const simulateDisconnection = (world: World, kinds: Kinds, device_id: string): void => {
  requireSimulation(world, kinds, device_id, 'disconnection')
  setRadio(world, device_id, false)
}

const requireBridgeOf = (world: World, kinds: Kinds, device: Device): string => {
  const bridge_id = kinds[kindNameOf(device)].bridgeOf(world, device)
  if (bridge_id !== null) return bridge_id
  throw invalidInput(
    'device_id',
    `The device ${device.device_id} is linked to no bridge or hub, so none can be simulated`,
  )
}

/** Plugs the device's bridge in: for everything behind it. */
export const simulateHubConnection = (world: World, kinds: Kinds, device_id: string): void => {
  const device = requireSimulation(world, kinds, device_id, 'hub_connection')
  plugBridge(world, requireBridgeOf(world, kinds, device))
}

/** Takes the device's bridge off the network, with everything behind it. */
export const simulateHubDisconnection = (world: World, kinds: Kinds, device_id: string): void => {
  const device = requireSimulation(world, kinds, device_id, 'hub_disconnection')
  unplugBridge(world, requireBridgeOf(world, kinds, device))
}

/** The device vanishes from its account at the provider; the second time changes nothing. */
export const simulateRemoval = (world: World, kinds: Kinds, device_id: string): void => {
  requireSimulation(world, kinds, device_id, 'removal')
  removeDevice(world, device_id)
}
