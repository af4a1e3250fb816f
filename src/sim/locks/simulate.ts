/** What a sandbox lets its user do to a device: unplug it, take its hub away, let its plan lapse. */
import { requireSandbox } from '../connected-accounts/operations.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { plugBridge, unplugBridge } from '../devices/bridges.ts'
import { setRadio } from '../devices/connectivity.ts'
import { removeDevice } from '../devices/operations.ts'
import { requireDevice } from '../devices/rows.ts'
import { lockIssuesOfMoment } from './issues.ts'
import { lockView, requireLock } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import { lockProfiles } from './models/index.ts'
import type { LockProfile } from './profile.ts'

type Simulation = keyof LockProfile['simulates']

const flagOf: Record<Simulation, string> = {
  connection: 'can_simulate_connection',
  disconnection: 'can_simulate_disconnection',
  hub_connection: 'can_simulate_hub_connection',
  hub_disconnection: 'can_simulate_hub_disconnection',
  paid_subscription: 'can_simulate_paid_subscription',
  removal: 'can_simulate_removal',
}

/**
 * The lock, if the simulation exists for it.
 *
 * @throws workspace_not_sandbox, device_type_not_supported; invalid_input once the device was removed
 */
const requireSimulation = (world: World, device_id: string, what: Simulation): LockView => {
  requireSandbox(world)
  const device = requireDevice(world, device_id)
  const view = lockView(world, device_id)
  if (view === null || !view.profile.simulates[what]) {
    const able = Object.values(lockProfiles)
      .filter((profile) => profile.simulates[what])
      .map((profile) => profile.device_type)
    throw domainError(
      'device_type_not_supported',
      `The device ${device_id} is a ${device.device_type}, without ${flagOf[what]}. Devices that have it: ${able.join(', ')}.`,
      { data: { device_id } },
    )
  }
  if (device.removed_at !== null && what !== 'removal') {
    throw invalidInput(
      'device_id',
      `The device ${device_id} was removed from its account, so there is nothing to simulate on it`,
    )
  }
  return view
}

/** Brings the lock's own connection back; nothing happens to one that has it. */
export const simulateConnection = (world: World, device_id: string): void => {
  requireSimulation(world, device_id, 'connection')
  setRadio(world, device_id, true)
}

export const simulateDisconnection = (world: World, device_id: string): void => {
  requireSimulation(world, device_id, 'disconnection')
  setRadio(world, device_id, false)
}

const bridgeOf = ({ device, bridge }: LockView): string => {
  if (bridge !== null) return bridge.bridge_id
  throw invalidInput(
    'device_id',
    `The device ${device.device_id} is linked to no bridge or hub, so none can be simulated`,
  )
}

/** Plugs the lock's bridge in: for every lock behind it. */
export const simulateHubConnection = (world: World, device_id: string): void =>
  plugBridge(world, bridgeOf(requireSimulation(world, device_id, 'hub_connection')))

/** Takes the lock's bridge off the network, with every lock behind it. */
export const simulateHubDisconnection = (world: World, device_id: string): void =>
  unplugBridge(world, bridgeOf(requireSimulation(world, device_id, 'hub_disconnection')))

const LAPSE = 'device.subscription_lapse'
const RENEWAL = 'device.subscription_renewal'

/** The plan lapses or is renewed at the provider: Seam hears of it at its next poll. */
export const simulatePaidSubscription = (
  world: World,
  device_id: string,
  is_expired: boolean,
): void => {
  const { profile } = requireSimulation(world, device_id, 'paid_subscription')
  const lag = world.settings.poll_interval ?? profile.poll_interval
  cancelJob(world, is_expired ? RENEWAL : LAPSE, device_id)
  scheduleJob(world, is_expired ? LAPSE : RENEWAL, device_id, world.now + lag)
}

const noteSubscription = (world: World, device_id: string, is_expired: boolean): void => {
  const { subscription_expired_at } = requireDevice(world, device_id)
  if ((subscription_expired_at !== null) === is_expired) return
  world.devices.update(device_id, { subscription_expired_at: is_expired ? world.now : null })
  if (is_expired) {
    const issues = lockIssuesOfMoment(world, requireLock(world, device_id))
    recordEvent(world, 'device.error.subscription_required', { device_id, ...issues })
    react(world, 'subscription_lapsed', device_id)
    return
  }
  recordEvent(world, 'device.error.subscription_required.resolved', { device_id })
  react(world, 'subscription_back', device_id)
}

export const subscriptionJobs = {
  [LAPSE]: (world: World, device_id: string): void => noteSubscription(world, device_id, true),
  [RENEWAL]: (world: World, device_id: string): void => noteSubscription(world, device_id, false),
}

/** The device vanishes from its account at the provider; the second time changes nothing. */
export const simulateRemoval = (world: World, device_id: string): void => {
  requireSimulation(world, device_id, 'removal')
  removeDevice(world, device_id)
}
