/** Links that break and come back, and what the API is told of it. */
import { domainError } from '../kernel/errors.ts'
import { eventIssues } from '../events/issues.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { dropBank } from '../locks/memory-bank.ts'
import { defaultFlapRules, flapState } from '../locks/link.ts'
import { noteUses } from '../access-codes/poll.ts'
import { forgetWhatWasProgrammed, settleDevice, wakeDevice } from '../access-codes/carry-out.ts'
import { reportBattery } from '../locks/battery/report.ts'
import { reportLockLog } from '../locks/lock-log.ts'
import { lockView, requireDevice, requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { Device } from '../../db/tables/devices.ts'
import { accountIssues, deviceIssues } from './issues.ts'
import type { World } from '../kernel/world.ts'

/** Unmanaged devices have events of their own. */
const eventOf = (device: Device, what: 'connected' | 'disconnected'): string =>
  device.is_managed ? `device.${what}` : `device.unmanaged.${what}`

const issueArrays = (world: World, view: LockView): Record<string, unknown> =>
  eventIssues({
    connected_account: accountIssues(view.account),
    device: deviceIssues(world, view),
  })

/**
 * Compares a lock's link with what was last told about it, tells the difference,
 * and lets the work that waited for the lock go on. Call it after any change to a
 * lock's account, bridge, radio or battery.
 */
export const refreshLink = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  const { device, link } = view
  if (device.offline_cause === link.cause) return
  const wasOnline = device.offline_cause === null
  world.devices.update(device_id, {
    offline_cause: link.cause,
    offline_since: link.cause === null ? null : wasOnline ? world.now : device.offline_since,
  })
  if (wasOnline) {
    const changed = requireLock(world, device_id)
    recordEvent(
      world,
      eventOf(device, 'disconnected'),
      { device_id },
      {
        error_code: link.cause,
        ...issueArrays(world, changed),
      },
    )
    noteDisconnection(world, requireDevice(world, device_id))
    return
  }
  if (link.cause !== null) return
  recordEvent(world, eventOf(device, 'connected'), { device_id })
  // It has to hold for a while before it counts as stable.
  if (device.flaky_since !== null) {
    scheduleJob(world, 'device.stabilize', device_id, world.now + defaultFlapRules.stable_after)
  }
  reportLockLog(world, device_id)
  noteUses(world, device_id)
  reportBattery(world, device_id)
  wakeDevice(world, device_id)
  scheduleJob(world, 'device.sync', device_id, world.now)
}

const noteDisconnection = (world: World, device: Device): void => {
  const { device_id } = device
  const flap = flapState(
    [...device.disconnections, world.now],
    world.now,
    undefined,
    device.flaky_since !== null,
  )
  const becomesFlaky = flap.flaky && device.flaky_since === null
  world.devices.update(device_id, {
    disconnections: flap.relevant,
    flaky_since: flap.flaky ? (device.flaky_since ?? world.now) : null,
  })
  if (flap.stable_at !== null) scheduleJob(world, 'device.stabilize', device_id, flap.stable_at)
  if (becomesFlaky) {
    recordEvent(
      world,
      'device.connection_became_flaky',
      { device_id },
      issueArrays(world, requireLock(world, device_id)),
    )
  }
}

/** The connection has held long enough, if it has. One that is down now starts anew on its return. */
export const stabilizeLink = (world: World, device_id: string): void => {
  const device = world.devices.get(device_id)
  if (device === undefined || device.flaky_since === null || device.offline_cause !== null) return
  const flap = flapState(device.disconnections, world.now, undefined, true)
  if (flap.flaky) {
    if (flap.stable_at !== null) scheduleJob(world, 'device.stabilize', device_id, flap.stable_at)
    return
  }
  world.devices.update(device_id, { disconnections: flap.relevant, flaky_since: null })
  recordEvent(world, 'device.connection_stabilized', { device_id })
}

const locksOnBridge = (world: World, bridge_id: string): string[] =>
  world.locks.all('bridge_id = ?', [bridge_id], 'order by rowid').map((lock) => lock.device_id)

/** Takes a bridge or hub off the network, with every lock behind it. */
export const unplugBridge = (world: World, bridge_id: string): void => {
  const bridge = requireBridge(world, bridge_id)
  if (bridge.offline_at === null) world.bridges.update(bridge_id, { offline_at: world.now })
  for (const device_id of locksOnBridge(world, bridge_id)) refreshLink(world, device_id)
}

export const plugBridge = (world: World, bridge_id: string): void => {
  requireBridge(world, bridge_id)
  world.bridges.update(bridge_id, { offline_at: null })
  for (const device_id of locksOnBridge(world, bridge_id)) refreshLink(world, device_id)
}

export const requireBridge = (world: World, bridge_id: string) => {
  const bridge = world.bridges.get(bridge_id)
  if (bridge === undefined) {
    throw domainError(
      'bridge_not_found',
      `bridge not found: ${bridge_id}. /_emulator/bridges/list names the bridges of this world.`,
      {
        data: { bridge_id },
      },
    )
  }
  return bridge
}

/** Takes the lock's own radio down or up. */
export const setRadio = (world: World, device_id: string, online: boolean): void => {
  const { lock } = requireLock(world, device_id)
  if ((lock.radio_offline_at === null) === online) return
  world.locks.update(device_id, { radio_offline_at: online ? null : world.now })
  refreshLink(world, device_id)
}

/** The account's credentials stop working: nothing behind it is known any more. */
export const disconnectAccount = (world: World, connected_account_id: string): void => {
  const account = world.connected_accounts.get(connected_account_id)
  if (account === undefined || account.disconnected_at !== null) return
  world.connected_accounts.update(connected_account_id, { disconnected_at: world.now })
  recordEvent(
    world,
    'connected_account.disconnected',
    { connected_account_id },
    eventIssues({ connected_account: accountIssues({ ...account, disconnected_at: world.now }) }),
  )
  for (const device of devicesOfAccount(world, connected_account_id)) {
    refreshLink(world, device.device_id)
    settleDevice(world, device.device_id)
  }
}

/** The account works again, by a new login. */
export const reconnectAccount = (
  world: World,
  connected_account_id: string,
  connect_webview_id?: string,
): void => {
  const account = world.connected_accounts.get(connected_account_id)
  if (account === undefined || account.disconnected_at === null) return
  world.connected_accounts.update(connected_account_id, { disconnected_at: null })
  recordEvent(world, 'connected_account.connected', {
    connected_account_id,
    ...(connect_webview_id !== undefined && { connect_webview_id }),
  })
  for (const device of devicesOfAccount(world, connected_account_id)) {
    refreshLink(world, device.device_id)
    settleDevice(world, device.device_id)
  }
  recordEvent(world, 'connected_account.completed_first_sync_after_reconnection', {
    connected_account_id,
  })
}

export const devicesOfAccount = (world: World, connected_account_id: string): Device[] =>
  world.devices.all('connected_account_id = ?', [connected_account_id], 'order by seq')

/** The device vanishes from its provider's account: its memory goes with it. */
export const removeDevice = (world: World, device_id: string): void => {
  const device = requireDevice(world, device_id)
  if (device.removed_at !== null) return
  dropBank(world, device_id)
  world.devices.update(device_id, { removed_at: world.now, bank_full_since: null })
  cancelJob(world, 'lock.auto_lock', device_id)
  recordEvent(world, 'device.removed', { device_id })
  refreshLink(world, device_id)
  forgetWhatWasProgrammed(world, device_id)
}
