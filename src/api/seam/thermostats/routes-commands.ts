/** What a thermostat is told to do: each call answers an action attempt. */
import { z } from 'zod'
import { fanModes, hvacModes } from '../../../db/tables/thermostats.ts'
import type { SetPoints } from '../../../sim/thermostats/checks.ts'
import { activatePreset, setFanMode, setHvacMode } from '../../../sim/thermostats/operations.ts'
import { serverAuth } from '../../http/auth.ts'
import { id } from '../../http/fields.ts'
import { deviceCommandEndpoint } from '../action-attempts/started.ts'
import { coolingParams, heatingParams } from './params.ts'

const withSession = [...serverAuth, 'client_session'] as const

const deviceAndSync = () => ({ device_id: id(), sync: z.boolean().optional() })

const heat = deviceCommandEndpoint({
  path: '/thermostats/heat',
  auth: withSession,
  summary: 'Heats to a set point.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object({ ...deviceAndSync(), ...heatingParams() }),
  run: (world, { device_id, ...points }) => setHvacMode(world, device_id, 'heat', points),
})

const cool = deviceCommandEndpoint({
  path: '/thermostats/cool',
  auth: withSession,
  summary: 'Cools to a set point.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object({ ...deviceAndSync(), ...coolingParams() }),
  run: (world, { device_id, ...points }) => setHvacMode(world, device_id, 'cool', points),
})

const heatCool = deviceCommandEndpoint({
  path: '/thermostats/heat_cool',
  auth: withSession,
  summary: 'Heats below one set point and cools above another.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object({ ...deviceAndSync(), ...heatingParams(), ...coolingParams() }),
  run: (world, { device_id, ...points }) => setHvacMode(world, device_id, 'heat_cool', points),
})

const off = deviceCommandEndpoint({
  path: '/thermostats/off',
  auth: withSession,
  summary: 'Neither heats nor cools any more.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object(deviceAndSync()),
  run: (world, { device_id }) => setHvacMode(world, device_id, 'off', {}),
})

/** Each mode has the set points that it uses; in Seam's document the variants of others lack them. */
export const pointsOf = (mode: string, given: SetPoints): SetPoints => ({
  ...((mode === 'heat' || mode === 'heat_cool') && {
    heating_set_point_celsius: given.heating_set_point_celsius,
    heating_set_point_fahrenheit: given.heating_set_point_fahrenheit,
  }),
  ...((mode === 'cool' || mode === 'heat_cool') && {
    cooling_set_point_celsius: given.cooling_set_point_celsius,
    cooling_set_point_fahrenheit: given.cooling_set_point_fahrenheit,
  }),
})

const setMode = deviceCommandEndpoint({
  path: '/thermostats/set_hvac_mode',
  auth: withSession,
  summary: 'Sets the mode, with the set points that it uses.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () =>
    z.object({
      device_id: id(),
      hvac_mode_setting: z.enum(hvacModes),
      ...heatingParams(),
      ...coolingParams(),
    }),
  run: (world, { device_id, hvac_mode_setting: mode, ...points }) =>
    setHvacMode(world, device_id, mode, pointsOf(mode, points)),
})

const setFan = deviceCommandEndpoint({
  path: '/thermostats/set_fan_mode',
  auth: withSession,
  summary: 'Sets when the fan runs.',
  action_attempt_type: 'SET_FAN_MODE',
  params: () =>
    z.object({
      ...deviceAndSync(),
      fan_mode_setting: z.enum(fanModes).optional(),
      // The older spelling.
      fan_mode: z.enum(fanModes).optional(),
    }),
  run: (world, { device_id, fan_mode_setting, fan_mode }) =>
    setFanMode(world, device_id, fan_mode_setting ?? fan_mode),
})

const activate = deviceCommandEndpoint({
  path: '/thermostats/activate_climate_preset',
  auth: serverAuth,
  summary: 'Sets the thermostat as a climate preset says.',
  action_attempt_type: 'ACTIVATE_CLIMATE_PRESET',
  params: () => z.object({ device_id: id(), climate_preset_key: z.string() }),
  run: (world, { device_id, climate_preset_key }) =>
    activatePreset(world, device_id, climate_preset_key),
})

export const thermostatCommandEndpoints = [activate, cool, heat, heatCool, off, setFan, setMode]
