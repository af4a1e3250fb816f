/** Seam reads a newly connected account: its devices appear. */
import { loginOf } from '../connected-accounts/operations.ts'
import { syncDevice } from '../access-codes/poll.ts'
import { refreshLink } from '../locks/link-of-lock.ts'
import { announceDevice } from '../devices/operations.ts'
import { createLock } from '../locks/create.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { Lock } from '../../db/tables/locks.ts'
import { recordEvent } from '../events/record.ts'
import { resumeAutoLock } from '../locks/auto-lock.ts'
import { moveLock } from '../locks/leave-account.ts'
import { scheduleBattery } from '../locks/battery/use.ts'
import type { World } from '../kernel/world.ts'
import { findSite } from './find-sites.ts'
import { authorizeWebview } from './login.ts'
import { brandOf, deviceProviders, devicesOfLogin } from './providers.ts'
import type { ConnectWebview } from '../../db/tables/connect-webviews.ts'
import type { SandboxDevice, SandboxProvider } from './sandbox-providers.ts'
import { createNoiseSensor } from '../noise-sensors/create.ts'
import type { NewNoiseSensor } from '../noise-sensors/create.ts'
import { createThermostat } from '../thermostats/create.ts'
import { and, eq, isNotNull, is, where } from '../../db/conditions.ts'
import { acs_systems } from '../../db/tables/acs-systems.ts'
import { devices } from '../../db/tables/devices.ts'
import { events } from '../../db/tables/events.ts'
import { locks } from '../../db/tables/locks.ts'

const withoutAccount = where(locks, [], (c) => isNotNull(c.abandoned))
const ofAccount = is(devices.connected_account_id)
const systemOf = is(acs_systems.connected_account_id)
const firstSyncs = where(events, ['connected_account_id'], (c, its) =>
  and(
    eq(c.connected_account_id, its.connected_account_id),
    eq(c.event_type, 'connected_account.completed_first_sync'),
  ),
)

/** Locks that this login had before its account was deleted; they still hang on their doors. */
const abandonedLocks = (world: World, account: ConnectedAccount): Lock[] =>
  world.locks
    .all(withoutAccount())
    .filter(
      ({ abandoned }) =>
        abandoned?.account_type === account.account_type && abandoned.login === loginOf(account),
    )

/** The lock comes back as a new device, with all that is in its memory. */
const takeBack = (world: World, account: ConnectedAccount, lock: Lock): Device | null => {
  const { abandoned, device_id: former_id, profile_overrides } = lock
  if (abandoned === null) return null
  const { model, name, bridge_id, location, radio_offline_at } = abandoned
  const { connected_account_id, automatically_manage_new_devices } = account
  if (bridge_id !== null) world.bridges.update(bridge_id, { connected_account_id })
  const device = createLock(world, {
    model,
    connected_account_id,
    name,
    serial_number: lock.serial_number,
    is_managed: automatically_manage_new_devices,
    ...(bridge_id !== null && { bridge_id }),
    ...(location !== null && { location }),
    ...(profile_overrides !== null && { profile_overrides }),
  })
  const { device_id } = device
  world.locks.delete(device_id)
  moveLock(world, former_id, device_id)
  world.locks.update(device_id, { bridge_id, abandoned: null })
  world.devices.update(device_id, { radio_offline_at })
  scheduleBattery(world, device_id)
  resumeAutoLock(world, device_id)
  return device
}

/** What all kinds of devices are told when they are found. */
type Found = Pick<NewNoiseSensor, 'connected_account_id' | 'name' | 'is_managed' | 'location'> &
  Pick<SandboxDevice, 'has_keypad'>

const createFound = (
  world: World,
  { kind, model }: SandboxProvider,
  { has_keypad, ...input }: Found,
): Device => {
  if (kind === 'noise_sensor') return createNoiseSensor(world, { model, ...input })
  if (kind === 'thermostat') return createThermostat(world, { model, ...input })
  return createLock(world, { model, has_keypad, ...input })
}

const hangNewDevices = (
  world: World,
  account: ConnectedAccount,
  webview: ConnectWebview | undefined,
): Device[] => {
  const provider = Object.values(deviceProviders).find(
    (it) => brandOf(it)?.account.account_type === account.account_type,
  )
  if (provider === undefined) return []
  return (devicesOfLogin(provider, loginOf(account)) ?? []).map(
    ({ name, has_keypad, time_zone }) => {
      const zone = webview?.options.time_zone ?? time_zone
      return createFound(world, provider, {
        connected_account_id: account.connected_account_id,
        name,
        has_keypad,
        is_managed: account.automatically_manage_new_devices,
        ...(zone !== undefined && { location: { time_zone: zone } }),
      })
    },
  )
}

const findDevices = (world: World, account: ConnectedAccount, webview?: ConnectWebview): void => {
  const abandoned = abandonedLocks(world, account)
  if (abandoned.length === 0) {
    for (const { device_id } of hangNewDevices(world, account, webview))
      announceDevice(world, device_id)
    return
  }
  for (const lock of abandoned) {
    const device = takeBack(world, account, lock)
    if (device === null) continue
    announceDevice(world, device.device_id)
    refreshLink(world, device.device_id)
    syncDevice(world, device.device_id)
  }
}

/**
 * The job some seconds after a login: the devices of a new account appear, and a webview that waited
 * for them is authorized.
 */
export const finishFirstSync = (world: World, connected_account_id: string): void => {
  const account = world.connected_accounts.get(connected_account_id)
  if (account === undefined || account.disconnected_at !== null) return
  const { connect_webview_id } = account
  const webview =
    connect_webview_id === null ? undefined : world.connect_webviews.get(connect_webview_id)
  const isNew = !world.events.has(firstSyncs({ connected_account_id }))
  const wasSeen =
    world.devices.has(ofAccount(connected_account_id)) ||
    world.acs_systems.has(systemOf(connected_account_id))
  if (!wasSeen) {
    findDevices(world, account, webview)
    findSite(world, account)
  }
  recordEvent(
    world,
    isNew && !wasSeen
      ? 'connected_account.completed_first_sync'
      : 'connected_account.completed_first_sync_after_reconnection',
    { connected_account_id },
  )
  if (webview?.status === 'pending') authorizeWebview(world, webview, connected_account_id)
}
