import type { Bridge } from '../../db/tables/bridges.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { ClimateSetting, Room, Sight, Thermostat } from '../../db/tables/thermostats.ts'
import { heardAt } from '../devices/heard.ts'
import { linkState } from '../devices/link.ts'
import type { LinkBreak } from '../devices/link.ts'
import { requireDevice } from '../devices/rows.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { roomAt } from './room-course.ts'
import { thermostatProfileOf } from './models/index.ts'
import type { ThermostatProfile } from './profile.ts'
import { readingOf } from './temperature.ts'

/** A thermostat with everything around it. */
export interface ThermostatView {
  device: Device
  thermostat: Thermostat
  profile: ThermostatProfile
  account: ConnectedAccount
  /** The hub that it goes through; null for one with its own network. */
  bridge: Bridge | null
  link: { online: boolean; cause: LinkBreak | null }
}

/** The view of a thermostat; null for a device that is none, or that is gone. */
export const thermostatView = (world: World, device_id: string): ThermostatView | null => {
  const device = world.devices.get(device_id)
  const thermostat = world.thermostats.get(device_id)
  if (device === undefined || thermostat === undefined) return null
  const account = world.connected_accounts.get(device.connected_account_id)
  const profile = thermostatProfileOf(device.model ?? '')
  if (account === undefined || profile === undefined) return null
  const { bridge_id } = thermostat
  const bridge = bridge_id === null ? null : (world.bridges.get(bridge_id) ?? null)
  return {
    device,
    thermostat,
    profile,
    account,
    bridge,
    link: linkState({
      account: { connected: account.disconnected_at === null },
      bridge: bridge === null ? null : { online: bridge.offline_at === null },
      lock: {
        radio_online: device.radio_offline_at === null,
        battery_dead: false,
        removed: device.removed_at !== null,
      },
    }),
  }
}

/** @throws device_not_found, also for a device that is no thermostat (fake-seam-connect) */
export const requireThermostat = (world: World, device_id: string): ThermostatView => {
  const view = thermostatView(world, device_id)
  if (view !== null) return view
  requireDevice(world, device_id)
  throw notFound('device', { device_id })
}

const HOUR = 3_600_000

/** A fan that circulates runs for the first minutes of each hour as well, ms. Assumed. */
const CIRCULATES = 15 * 60_000

const isFanRunning = (setting: ClimateSetting, state: Room['state'], at: number): boolean => {
  if (setting.fan_mode_setting === 'on' || state !== 'idle') return true
  return setting.fan_mode_setting === 'circulate' && ((at % HOUR) + HOUR) % HOUR < CIRCULATES
}

/** What can be seen at the thermostat at an instant since the last change. */
export const sightAt = ({ room, setting }: Thermostat, at: number): Sight => {
  const { temperature, state } = roomAt(room, setting, at)
  return {
    reading: readingOf(temperature),
    state,
    is_fan_running: isFanRunning(setting, state, at),
  }
}

/** What Seam knows of the room. */
export const reportedSight = (world: World, view: ThermostatView): Sight => {
  const { thermostat } = view
  const at = heardAt(world, view)
  return at < thermostat.room.at && thermostat.last_seen !== null
    ? thermostat.last_seen
    : sightAt(thermostat, at)
}
