import { z } from 'zod'
import {
  createThreshold,
  deleteThreshold,
  updateThreshold,
} from '../../../sim/noise-sensors/operations.ts'
import { triggerThreshold } from '../../../sim/noise-sensors/play.ts'
import { requireThreshold, thresholdsOf } from '../../../sim/noise-sensors/rows.ts'
import { requireSensor } from '../../../sim/noise-sensors/view.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import { serverAuth } from '../../http/auth.ts'
import { deviceCommandEndpoint, startedAttempt } from '../action-attempts/started.ts'
import { createStillLists } from '../../answers/list-cache.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { seesDevice, visibleDevice } from '../../http/visibility.ts'
import { actionAttempt } from '../action-attempts/wire.ts'
import { deviceFilters, listDevices } from '../devices/filters.ts'
import { presentDevice } from '../devices/present.ts'
import { device, noiseSensorTypes } from '../devices/wire.ts'
import { noiseSensorManufacturers } from '../devices/wire-manufacturers.ts'
import { noiseThreshold, presentNoiseThreshold } from './wire.ts'

const withSession = [...serverAuth, 'client_session'] as const

const still = createStillLists<Record<'noise_sensors' | 'devices', Record<string, unknown>[]>>()

const list = defineEndpoint({
  path: '/noise_sensors/list',
  methods: ['GET', 'POST'],
  auth: withSession,
  summary: 'Managed noise sensors, under both keys; the answer has no pagination.',
  effect: 'read',
  params: () => z.object(deviceFilters(500, noiseSensorTypes, noiseSensorManufacturers)),
  result: () => ({ noise_sensors: z.array(device()), devices: z.array(device()) }),
  handler: (call, params) =>
    still(call, params, () => {
      const { devices } = listDevices(call, params, {
        is_managed: true,
        present: (row) => presentDevice(call.world, row),
        types: noiseSensorTypes,
      })
      return { noise_sensors: devices, devices }
    }),
})

const wishes = () => ({
  name: z.string().optional(),
  noise_threshold_decibels: z.number().optional(),
  noise_threshold_nrs: z.number().optional(),
  sync: z.boolean().optional(),
})

const create = defineEndpoint({
  path: '/noise_sensors/noise_thresholds/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Declares a noise threshold; the sensor is told of it in a moment.',
  effect: 'async',
  action_attempt_type: 'CREATE_NOISE_THRESHOLD',
  params: () =>
    z.object({
      device_id: id(),
      starts_daily_at: z.string(),
      ends_daily_at: z.string(),
      ...wishes(),
    }),
  result: () => ({ action_attempt: actionAttempt(), noise_threshold: noiseThreshold() }),
  handler: async (context, { sync, ...params }) => {
    const started = context.write((world) => {
      visibleDevice(world, context.auth, params.device_id)
      return createThreshold(world, params)
    })
    return {
      action_attempt: await startedAttempt(context, started.action_attempt, sync),
      noise_threshold: presentNoiseThreshold(started.threshold),
    }
  },
})

const update = deviceCommandEndpoint({
  path: '/noise_sensors/noise_thresholds/update',
  methods: ['PUT', 'PATCH', 'POST'],
  auth: serverAuth,
  summary: 'Changes what is given of a noise threshold, and leaves the rest.',
  action_attempt_type: 'UPDATE_NOISE_THRESHOLD',
  params: () =>
    z.object({
      device_id: id(),
      noise_threshold_id: id(),
      starts_daily_at: z.string().optional(),
      ends_daily_at: z.string().optional(),
      ...wishes(),
    }),
  run: updateThreshold,
})

const remove = deviceCommandEndpoint({
  path: '/noise_sensors/noise_thresholds/delete',
  methods: ['DELETE', 'POST'],
  auth: serverAuth,
  summary: 'Takes a noise threshold off its sensor.',
  action_attempt_type: 'DELETE_NOISE_THRESHOLD',
  params: () =>
    z.object({ device_id: id(), noise_threshold_id: id(), sync: z.boolean().optional() }),
  run: (world, { device_id, noise_threshold_id }) =>
    deleteThreshold(world, device_id, noise_threshold_id),
})

const get = defineEndpoint({
  path: '/noise_sensors/noise_thresholds/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One noise threshold.',
  effect: 'read',
  params: () => z.object({ noise_threshold_id: id() }),
  result: () => ({ noise_threshold: noiseThreshold() }),
  handler: ({ world, auth }, { noise_threshold_id }) => {
    const threshold = requireThreshold(world, noise_threshold_id)
    const { device: row } = requireSensor(world, threshold.device_id)
    if (!seesDevice(auth, row)) throw notFound('noise_threshold', { noise_threshold_id })
    return { noise_threshold: presentNoiseThreshold(threshold) }
  },
})

const listThresholds = defineEndpoint({
  path: '/noise_sensors/noise_thresholds/list',
  methods: ['GET', 'POST'],
  auth: withSession,
  summary: 'The noise thresholds of a sensor, in the order of their creation.',
  effect: 'read',
  params: () => z.object({ device_id: id(), is_programmed: z.boolean().optional() }),
  result: () => ({ noise_thresholds: z.array(noiseThreshold()) }),
  handler: ({ world, auth }, { device_id, is_programmed }) => {
    visibleDevice(world, auth, device_id)
    requireSensor(world, device_id)
    return {
      noise_thresholds: thresholdsOf(world, device_id)
        .filter((it) => is_programmed === undefined || it.is_programmed === is_programmed)
        .map(presentNoiseThreshold),
    }
  },
})

const trigger = defineEndpoint({
  path: '/noise_sensors/simulate/trigger_noise_threshold',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Makes so much noise that a threshold is triggered at once.',
  effect: 'write',
  params: () => z.object({ device_id: id() }),
  result: () => ({}),
  handler: ({ world, auth }, { device_id }) => {
    visibleDevice(world, auth, device_id)
    triggerThreshold(world, device_id)
    return {}
  },
})

export const noiseSensorEndpoints = [list, create, update, remove, get, listThresholds, trigger]
