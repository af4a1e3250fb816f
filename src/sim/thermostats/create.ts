/** Thermostats are put up: by hand, by a fixture, or found in an account. */
import { is } from '../../db/conditions.ts'
import { bridges } from '../../db/tables/bridges.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { ClimateSetting, Room } from '../../db/tables/thermostats.ts'
import { accountFor } from '../connected-accounts/account-for.ts'
import { putUpBridge, requireBridge } from '../devices/bridges.ts'
import { insertNewDevice } from '../devices/new-device.ts'
import type { NewDevice } from '../devices/new-device.ts'
import { freeDeviceId, requireDevice } from '../devices/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { scheduleOutdoor } from './change.ts'
import { bandsOf, decide } from './control.ts'
import { thermostatProfileOf, thermostatProfiles } from './models/index.ts'
import { watch } from './temperature-events.ts'
import type { ThermostatProfile } from './profile.ts'
import { inCelsius, readingOf } from './temperature.ts'

const HOUR = 3_600_000

/** What a room may be told; the rest is assumed: a small house in winter. */
export interface RoomInput {
  temperature?: number | undefined
  outdoor?: number | undefined
  tau?: number | undefined
  heating_gain?: number | undefined
  cooling_gain?: number | undefined
  outdoor_steps?: { at: number; celsius: number }[] | undefined
}

export interface NewThermostat extends NewDevice {
  /** Of a model that needs a hub: that of its account, or a new one, when not given. */
  bridge_id?: string | undefined
  room?: RoomInput | undefined
  setting?: Partial<Omit<ClimateSetting, 'climate_preset_key' | 'held_until'>> | undefined
}

const requireModel = (model: string): ThermostatProfile => {
  const found = thermostatProfileOf(model)
  if (found !== undefined) return found
  throw domainError(
    'thermostat_model_not_found',
    `There is no thermostat model "${model}". Known: ${Object.keys(thermostatProfiles).join(', ')}.`,
    { param: 'model' },
  )
}

const hubOfAccount = is(bridges.connected_account_id)

/** The hub that was given, that of its account or a new one; none for a model that needs none. */
const hubFor = (
  world: World,
  profile: ThermostatProfile,
  connected_account_id: string,
  { bridge_id, name }: NewThermostat,
): string | null => {
  if (!profile.needs_hub) {
    if (bridge_id === undefined) return null
    const words = `A ${profile.display_name} goes through no hub: leave bridge_id out`
    throw invalidInput('bridge_id', words)
  }
  if (bridge_id !== undefined) return requireBridge(world, bridge_id).bridge_id
  const there = world.bridges.first(hubOfAccount(connected_account_id))
  if (there !== undefined) return there.bridge_id
  return putUpBridge(world, connected_account_id, `Hub of ${name ?? profile.display_name}`)
}

/** Heating to 20 °C: what a room of 20 °C needs. */
const firstSetting = (
  { hvac_modes, fan_modes }: ThermostatProfile,
  given: NewThermostat['setting'],
): ClimateSetting => ({
  hvac_mode_setting: hvac_modes[0] ?? 'off',
  heating: inCelsius(20),
  cooling: inCelsius(24),
  fan_mode_setting: fan_modes[0] ?? 'auto',
  ...given,
  climate_preset_key: null,
  held_until: null,
})

const firstRoom = (world: World, given: RoomInput = {}, setting: ClimateSetting): Room => {
  const { temperature = 20, outdoor = 5, outdoor_steps = [] } = given
  const room = {
    at: world.now,
    temperature,
    outdoor,
    outdoor_steps: outdoor_steps.toSorted((a, b) => a.at - b.at),
    tau: given.tau ?? 4 * HOUR,
    heating_gain: given.heating_gain ?? 25,
    cooling_gain: given.cooling_gain ?? 18,
  }
  return { ...room, state: decide('idle', temperature, bandsOf(setting)) }
}

const insertThermostat = (
  world: World,
  at: { device_id: string; bridge_id: string | null },
  profile: ThermostatProfile,
  input: NewThermostat,
): void => {
  const setting = firstSetting(profile, input.setting)
  const room = firstRoom(world, input.room, setting)
  world.thermostats.insert({
    ...at,
    room,
    setting,
    known_setting: setting,
    last_seen: null,
    climate_presets: [...profile.presets],
    fallback_climate_preset_key: null,
    temperature_threshold: null,
    told_reading: readingOf(room.temperature),
    awaited: null,
    exceeded_since: null,
    exceeded_at: null,
    // Assumed: a house in winter.
    relative_humidity: 0.36,
    goal: null,
    effort: null,
    weekly_program: null,
    is_program_due: false,
    program: null,
  })
}

/** Puts up a thermostat; its account is found or made when not given, and no event is recorded. */
export const createThermostat = (world: World, input: NewThermostat): Device => {
  const profile = requireModel(input.model)
  const device_id = freeDeviceId(world, input.device_id)
  const connected_account_id = accountFor(world, {
    given: input.connected_account_id,
    account: profile.account,
    capability: 'thermostat',
  })
  const placed = { ...input, device_id, connected_account_id }
  const bridge_id = hubFor(world, profile, connected_account_id, input)
  insertNewDevice(world, placed, { profile, bridge_id, battery_level: null })
  insertThermostat(world, { device_id, bridge_id }, profile, input)
  scheduleOutdoor(world, device_id)
  watch(world, device_id)
  return requireDevice(world, device_id)
}
