/** What a thermostat is told to do: each call answers an action attempt. */
import { z } from 'zod'
import type { ActionAttempt, ActionType } from '../../../db/tables/action-attempts.ts'
import { fanModes, hvacModes } from '../../../db/tables/thermostats.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { SetPoints } from '../../../sim/thermostats/checks.ts'
import { activatePreset, setFanMode, setHvacMode } from '../../../sim/thermostats/operations.ts'
import { serverAuth } from '../../http/auth.ts'
import type { AuthMethod } from '../../http/auth.ts'
import { startedAttempt } from '../../http/await-attempt.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { visibleDevice } from '../../http/visibility.ts'
import { actionAttempt } from '../action-attempts/wire.ts'
import { coolingParams, heatingParams } from './params.ts'

const withSession = [...serverAuth, 'client_session'] as const

const command = <P extends z.ZodObject<{ device_id: z.ZodType<string> }>>(spec: {
  path: `/${string}`
  auth?: readonly AuthMethod[]
  summary: string
  action_attempt_type: ActionType
  params: () => P
  run: (world: World, params: z.output<P> & { device_id: string }) => ActionAttempt
}) =>
  defineEndpoint({
    auth: withSession,
    ...spec,
    methods: ['POST'],
    effect: 'async',
    result: () => ({ action_attempt: actionAttempt() }),
    handler: async (context, params) => {
      const started = context.write((world) => {
        const { device_id } = visibleDevice(world, context.auth, params.device_id)
        return spec.run(world, { ...params, device_id })
      })
      const sync = 'sync' in params && params.sync
      return { action_attempt: await startedAttempt(context, started, sync) }
    },
  })

const deviceAndSync = () => ({ device_id: id(), sync: z.boolean().optional() })

const heat = command({
  path: '/thermostats/heat',
  summary: 'Heats to a set point.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object({ ...deviceAndSync(), ...heatingParams() }),
  run: (world, { device_id, ...points }) => setHvacMode(world, device_id, 'heat', points),
})

const cool = command({
  path: '/thermostats/cool',
  summary: 'Cools to a set point.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object({ ...deviceAndSync(), ...coolingParams() }),
  run: (world, { device_id, ...points }) => setHvacMode(world, device_id, 'cool', points),
})

const heatCool = command({
  path: '/thermostats/heat_cool',
  summary: 'Heats below one set point and cools above another.',
  action_attempt_type: 'SET_HVAC_MODE',
  params: () => z.object({ ...deviceAndSync(), ...heatingParams(), ...coolingParams() }),
  run: (world, { device_id, ...points }) => setHvacMode(world, device_id, 'heat_cool', points),
})

const off = command({
  path: '/thermostats/off',
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

const setMode = command({
  path: '/thermostats/set_hvac_mode',
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

const setFan = command({
  path: '/thermostats/set_fan_mode',
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

const activate = command({
  path: '/thermostats/activate_climate_preset',
  auth: serverAuth,
  summary: 'Sets the thermostat as a climate preset says.',
  action_attempt_type: 'ACTIVATE_CLIMATE_PRESET',
  params: () => z.object({ device_id: id(), climate_preset_key: z.string() }),
  run: (world, { device_id, climate_preset_key }) =>
    activatePreset(world, device_id, climate_preset_key),
})

export const thermostatCommandEndpoints = [activate, cool, heat, heatCool, off, setFan, setMode]
