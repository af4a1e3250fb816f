/** What the API has a thermostat do: the types of action attempts about thermostats. */
import { z } from 'zod'
import { fanModes, hvacModes } from '../../db/tables/thermostats.ts'
import type { ClimateSetting, ThermostatEffort } from '../../db/tables/thermostats.ts'
import { defineCommand, failure } from '../action-attempts/action.ts'
import { retryAt } from '../kernel/retries.ts'
import type { World } from '../kernel/world.ts'
import { bringThermostatForward } from './carry-out.ts'
import { holdSetting, seeSetting } from './change.ts'
import { beatGoal, noteOverride } from './goals.ts'
import { holdProgram } from './held-week.ts'
import { noteChange } from './look.ts'
import { observe } from './temperature-events.ts'
import { settingOfPreset } from './presets.ts'
import { requireThermostat, thermostatView } from './view.ts'

const nothing = () => z.object({})

const words = {
  refused: 'The thermostat refused the command.',
  unavailable: 'provider_unavailable',
}

const done = { status: 'success' as const, result: {} }

/** What goes over the air fails when the thermostat cannot be reached; null when it can. */
const unreachable = (world: World, device_id: string) =>
  thermostatView(world, device_id)?.link.online === true
    ? null
    : failure('device_offline', 'The thermostat could not be reached: it is offline.')

const latency = (world: World, device_id: string) =>
  requireThermostat(world, device_id).profile.latency

/** The thermostat takes it, and says so. */
const confirm = (world: World, device_id: string, setting: ClimateSetting) => {
  const offline = unreachable(world, device_id)
  if (offline !== null) return offline
  holdSetting(world, device_id, setting)
  seeSetting(world, device_id, { by: 'seam' })
  noteOverride(world, device_id)
  observe(world, device_id)
  bringThermostatForward(world, device_id)
  return done
}

/** The thermostat takes it, and nobody hears: Seam sees it as if somebody had turned the dial. */
const unconfirmed = (world: World, device_id: string, setting: ClimateSetting) => {
  const offline = unreachable(world, device_id)
  if (offline !== null) return offline
  holdSetting(world, device_id, setting)
  noteChange(world, device_id)
  return failure('uncategorized_error', 'The thermostat did not answer in time.')
}

const setPoint = () => z.object({ celsius: z.number(), fahrenheit: z.number() }).nullable()

const hvacParams = () =>
  z.object({ hvac_mode_setting: z.enum(hvacModes), heating: setPoint(), cooling: setPoint() })

type HvacParams = z.output<ReturnType<typeof hvacParams>>

/** The setting that a person or the API makes of what was held: no preset's any more. */
export const settingByHand = (
  before: ClimateSetting,
  { hvac_mode_setting, heating, cooling }: HvacParams,
): ClimateSetting => ({
  ...before,
  hvac_mode_setting,
  heating: heating ?? before.heating,
  cooling: cooling ?? before.cooling,
  climate_preset_key: null,
})

const held = (world: World, device_id: string): ClimateSetting =>
  requireThermostat(world, device_id).thermostat.setting

export const setHvacModeCommand = defineCommand({
  type: 'SET_HVAC_MODE',
  params: hvacParams,
  result: nothing,
  latency,
  fault_on: 'thermostat.command',
  words,
  carryOut: (world, { device_id, params }) =>
    confirm(world, device_id, settingByHand(held(world, device_id), params)),
  unconfirmed: (world, { device_id, params }) =>
    unconfirmed(world, device_id, settingByHand(held(world, device_id), params)),
})

const fanParams = () => z.object({ fan_mode_setting: z.enum(fanModes) })

const withFan = (before: ClimateSetting, params: z.output<ReturnType<typeof fanParams>>) => ({
  ...before,
  ...params,
  climate_preset_key: null,
})

export const setFanModeCommand = defineCommand({
  type: 'SET_FAN_MODE',
  params: fanParams,
  result: nothing,
  latency,
  fault_on: 'thermostat.command',
  words,
  carryOut: (world, { device_id, params }) =>
    confirm(world, device_id, withFan(held(world, device_id), params)),
  unconfirmed: (world, { device_id, params }) =>
    unconfirmed(world, device_id, withFan(held(world, device_id), params)),
})

const presetOf = (world: World, device_id: string, climate_preset_key: string) =>
  requireThermostat(world, device_id).thermostat.climate_presets.find(
    (it) => it.climate_preset_key === climate_preset_key,
  )

const gone = failure('climate_preset_not_found', 'The climate preset is gone.')

export const activatePresetCommand = defineCommand({
  type: 'ACTIVATE_CLIMATE_PRESET',
  params: () => z.object({ climate_preset_key: z.string() }),
  result: nothing,
  latency,
  fault_on: 'thermostat.command',
  words,
  carryOut: (world, { device_id, params }) => {
    const offline = unreachable(world, device_id)
    const preset = presetOf(world, device_id, params.climate_preset_key)
    if (offline !== null || preset === undefined) return offline ?? gone
    const before = held(world, device_id)
    holdSetting(world, device_id, settingOfPreset(preset, before, before.held_until))
    seeSetting(world, device_id, { by: 'preset', is_fallback: false, thermostat_schedule_id: null })
    beatGoal(world, device_id)
    observe(world, device_id)
    bringThermostatForward(world, device_id)
    return done
  },
  unconfirmed: (world, { device_id, params }) => {
    const preset = presetOf(world, device_id, params.climate_preset_key)
    if (preset === undefined) return gone
    const before = held(world, device_id)
    return unconfirmed(world, device_id, settingOfPreset(preset, before, before.held_until))
  },
})

/** Nobody pushes once more what could not be pushed but the reconciler. */
const pushLater = (world: World, device_id: string): void => {
  const view = requireThermostat(world, device_id)
  const retry_at = view.link.online ? retryAt(world.settings, 1, world.now) : null
  const failed: ThermostatEffort = {
    kind: 'program',
    climate_preset_key: null,
    since: world.now,
    attempts: 1,
    answer_at: null,
    retry_at,
    error: null,
    fault: null,
    fault_id: null,
  }
  world.thermostats.update(device_id, {
    is_program_due: true,
    effort: view.thermostat.effort ?? failed,
  })
  bringThermostatForward(world, device_id)
}

export const pushProgramsCommand = defineCommand({
  type: 'PUSH_THERMOSTAT_PROGRAMS',
  params: nothing,
  result: nothing,
  latency: (world, device_id) => requireThermostat(world, device_id).profile.program_latency,
  fault_on: 'thermostat.program',
  words,
  carryOut: (world, { device_id }) => {
    const offline = unreachable(world, device_id)
    if (offline !== null) return offline
    holdProgram(world, device_id)
    bringThermostatForward(world, device_id)
    return done
  },
  unconfirmed: (world, { device_id }) => {
    const offline = unreachable(world, device_id)
    if (offline !== null) return offline
    holdProgram(world, device_id)
    return failure('uncategorized_error', 'The thermostat did not answer in time.')
  },
  failed: pushLater,
})
