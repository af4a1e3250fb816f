import { z } from 'zod'
import { invalidInput, notFound } from '../../sim/errors.ts'
import type { Device } from '../../sim/devices/facts.ts'
import type { World } from '../../sim/world.ts'
import type { Auth } from '../auth.ts'
import { serverAuth } from '../auth.ts'
import { deviceFilters, listDevices } from '../device-filters.ts'
import { defineEndpoint } from '../endpoint.ts'
import { id } from '../fields.ts'
import { presentDevice } from '../present/device.ts'
import { device, deviceTypes } from '../schemas/device.ts'
import { deviceManufacturers } from '../schemas/manufacturers.ts'
import { pagination } from '../schemas/pagination.ts'
import { seesAccount } from '../visibility.ts'

const anyClient = [...serverAuth, 'client_session', 'client_session_with_customer'] as const

/** One device by its id or its name. */
export const findDevice = (
  world: World,
  auth: Auth,
  by: { device_id?: string | undefined; name?: string | undefined },
  is_managed: boolean,
): Device => {
  const { device_id, name } = by
  if (device_id === undefined && name === undefined)
    throw invalidInput('device_id', 'Give device_id or name')
  const found =
    device_id === undefined
      ? world.devices.first(
          'coalesce(nickname, name) = ? and is_managed = ?',
          [name ?? '', is_managed ? 1 : 0],
          'order by seq limit 1',
        )
      : world.devices.get(device_id)
  if (
    found === undefined ||
    found.is_managed !== is_managed ||
    !seesAccount(auth, found.connected_account_id)
  ) {
    throw notFound('device', { device_id, name })
  }
  return found
}

const get = defineEndpoint({
  path: '/devices/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One managed device, by its id or its name.',
  effect: 'read',
  params: z.object({ device_id: id().optional(), name: z.string().optional() }),
  result: { device },
  handler: ({ world, auth }, params) => ({
    device: presentDevice(world, findDevice(world, auth, params, true)),
  }),
})

const list = defineEndpoint({
  path: '/devices/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Managed devices in the order in which they were added.',
  effect: 'read',
  params: z.object(deviceFilters(500, deviceTypes, deviceManufacturers)),
  result: { devices: z.array(device), pagination },
  handler: (call, params) =>
    listDevices(call, params, true, (row) => presentDevice(call.world, row)),
})

export const deviceEndpoints = [get, list]
