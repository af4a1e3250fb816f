/** Thermostats, their climate presets, their limits, and what a sandbox does to them. */
import { z } from 'zod'
import { hvacModes } from '../../../db/tables/thermostats.ts'
import type { World } from '../../../sim/kernel/world.ts'
import {
  editPreset,
  setFallbackPreset,
  simulateHvacMode,
  simulateTemperature,
} from '../../../sim/thermostats/operations.ts'
import { createPreset, deletePreset } from '../../../sim/thermostats/presets.ts'
import { setTemperatureThreshold } from '../../../sim/thermostats/threshold.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import type { AuthMethod } from '../../http/auth.ts'
import { createStillLists } from '../../answers/list-cache.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { Method } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { visibleDevice } from '../../http/visibility.ts'
import { deviceFilters, listDevices } from '../devices/filters.ts'
import { presentDevice } from '../devices/present.ts'
import { device, thermostatTypes } from '../devices/wire.ts'
import { thermostatManufacturers } from '../devices/wire-manufacturers.ts'
import { coolingParams, heatingParams, presetParams } from './params.ts'
import { pointsOf } from './routes-commands.ts'

const withSession = [...serverAuth, 'client_session'] as const

const still = createStillLists<Record<'thermostats' | 'devices', Record<string, unknown>[]>>()

const list = defineEndpoint({
  path: '/thermostats/list',
  methods: ['GET', 'POST'],
  auth: withSession,
  summary: 'Managed thermostats, under both keys; the answer has no pagination.',
  effect: 'read',
  params: () => z.object(deviceFilters(500, thermostatTypes, thermostatManufacturers)),
  result: () => ({ thermostats: z.array(device()), devices: z.array(device()) }),
  handler: (call, params) =>
    still(call, params, () => {
      const { devices } = listDevices(call, params, {
        is_managed: true,
        present: (row) => presentDevice(call.world, row),
        types: thermostatTypes,
      })
      return { thermostats: devices, devices }
    }),
})

/** A route that changes something about a thermostat, and answers nothing but that it is well. */
const change = <P extends z.ZodObject<{ device_id: z.ZodType<string> }>>(spec: {
  path: `/${string}`
  methods?: readonly Method[]
  auth?: readonly AuthMethod[]
  summary: string
  params: () => P
  run: (world: World, params: z.output<P> & { device_id: string }) => void
}) =>
  defineEndpoint({
    methods: ['POST'],
    auth: serverAuth,
    ...spec,
    effect: 'write',
    result: () => ({}),
    handler: (call, params) => {
      const { device_id } = visibleDevice(call.world, call.auth, params.device_id)
      spec.run(call.world, { ...params, device_id })
      return {}
    },
  })

const presetOf = () => ({ device_id: id(), climate_preset_key: z.string().min(1) })

const create = change({
  path: '/thermostats/create_climate_preset',
  auth: anyClient,
  summary: 'Keeps settings of a thermostat under a name.',
  params: () => z.object({ ...presetOf(), name: z.string().nullish(), ...presetParams() }),
  run: createPreset,
})

const update = change({
  path: '/thermostats/update_climate_preset',
  methods: ['PATCH', 'POST'],
  auth: withSession,
  summary:
    'Changes what is given of a climate preset; where it is in force, the thermostat follows.',
  params: () => z.object({ ...presetOf(), name: z.string().nullish(), ...presetParams() }),
  run: editPreset,
})

const remove = change({
  path: '/thermostats/delete_climate_preset',
  methods: ['DELETE', 'POST'],
  auth: withSession,
  summary: 'Deletes a climate preset that nothing uses.',
  params: () => z.object(presetOf()),
  run: (world, { device_id, climate_preset_key }) =>
    deletePreset(world, device_id, climate_preset_key),
})

const setFallback = change({
  path: '/thermostats/set_fallback_climate_preset',
  summary: 'Says which climate preset rules where no schedule and no program does.',
  params: () => z.object(presetOf()),
  run: (world, { device_id, climate_preset_key }) =>
    setFallbackPreset(world, device_id, climate_preset_key),
})

const setThreshold = change({
  path: '/thermostats/set_temperature_threshold',
  methods: ['PATCH', 'POST'],
  summary: 'Sets both limits of the temperature anew; without any there is no threshold.',
  params: () =>
    z.object({
      device_id: id(),
      lower_limit_celsius: z.number().nullish(),
      lower_limit_fahrenheit: z.number().nullish(),
      upper_limit_celsius: z.number().nullish(),
      upper_limit_fahrenheit: z.number().nullish(),
    }),
  run: (world, { device_id, ...limits }) => setTemperatureThreshold(world, device_id, limits),
})

const simulateMode = change({
  path: '/thermostats/simulate/hvac_mode_adjusted',
  summary: 'Somebody turns the dial on the wall.',
  params: () =>
    z.object({
      device_id: id(),
      hvac_mode: z.enum(hvacModes).exclude(['eco']),
      ...heatingParams(),
      ...coolingParams(),
    }),
  run: (world, { device_id, hvac_mode: mode, ...points }) =>
    simulateHvacMode(world, device_id, mode, pointsOf(mode, points)),
})

const simulateReading = change({
  path: '/thermostats/simulate/temperature_reached',
  summary: 'Makes the room as warm as this, from where it goes on.',
  params: () =>
    z.object({
      device_id: id(),
      temperature_celsius: z.number().optional(),
      temperature_fahrenheit: z.number().optional(),
    }),
  run: (world, { device_id, ...temperature }) => simulateTemperature(world, device_id, temperature),
})

export const thermostatEndpoints = [
  list,
  create,
  update,
  remove,
  setFallback,
  setThreshold,
  simulateMode,
  simulateReading,
]
