import { z } from 'zod'
import { updateUnmanagedDevice } from '../../../sim/devices/management.ts'
import { serverAuth } from '../../http/auth.ts'
import { deviceFilters, listDevices } from './filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, metadataChange } from '../../http/fields.ts'
import { presentUnmanagedDevice } from './present.ts'
import { deviceTypes, unmanagedDevice } from './wire.ts'
import { deviceManufacturers } from './wire-manufacturers.ts'
import { pagination } from '../../http/pagination.ts'
import { findDevice } from './routes.ts'

const get = defineEndpoint({
  path: '/devices/unmanaged/get',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'One unmanaged device, by its id or its name.',
  effect: 'read',
  params: () => z.object({ device_id: id().optional(), name: z.string().optional() }),
  result: () => ({ device: unmanagedDevice() }),
  handler: ({ world, auth }, params) => ({
    device: presentUnmanagedDevice(world, findDevice(world, auth, params, false)),
  }),
})

const list = defineEndpoint({
  path: '/devices/unmanaged/list',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session_with_customer'],
  summary: 'Unmanaged devices in the order in which they were added.',
  effect: 'read',
  params: () => z.object(deviceFilters(22_900, deviceTypes, deviceManufacturers)),
  result: () => ({ devices: z.array(unmanagedDevice()), pagination: pagination() }),
  handler: (call, params) =>
    listDevices(call, params, {
      is_managed: false,
      present: (row) => presentUnmanagedDevice(call.world, row),
    }),
})

const update = defineEndpoint({
  path: '/devices/unmanaged/update',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Takes over an unmanaged device, or changes what you keep with it.',
  effect: 'write',
  params: () =>
    z.object({
      device_id: id(),
      is_managed: z.literal(true).optional(),
      custom_metadata: metadataChange().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, params) => {
    updateUnmanagedDevice(world, params)
    return {}
  },
})

export const unmanagedDeviceEndpoints = [get, list, update]
