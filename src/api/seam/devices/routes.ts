import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import { switchBackupPool } from '../../../sim/access-codes/backup-pool.ts'
import { requireDevice } from '../../../sim/devices/rows.ts'
import type { Device } from '../../../db/tables/devices.ts'
import { updateDevice } from '../../../sim/devices/management.ts'
import { reportTimeZone } from '../../../sim/devices/reported-time-zone.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { Auth } from '../../http/auth.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { deviceFilters, listDevices } from './filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, metadataChange } from '../../http/fields.ts'
import { presentDevice } from './present.ts'
import { presentDeviceProviders } from './wire-providers.ts'
import { device, deviceTypes } from './wire.ts'
import { deviceProvider, providerCategories } from './wire-providers.ts'
import { deviceManufacturers } from './wire-manufacturers.ts'
import { pagination } from '../../http/pagination.ts'
import { seesDevice, visibleDevice } from '../../http/visibility.ts'
import { and, eq, isNull, or, where } from '../../../db/conditions.ts'
import { devices } from '../../../db/tables/devices.ts'

const called = where(devices, ['name', 'is_managed'], (c, its) =>
  and(
    or(eq(c.nickname, its.name), and(isNull(c.nickname), eq(c.name, its.name))),
    eq(c.is_managed, its.is_managed),
  ),
)

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
      ? world.devices.first(called({ name: name ?? '', is_managed }), { limit: 1 })
      : world.devices.get(device_id)
  if (found === undefined || found.is_managed !== is_managed || !seesDevice(auth, found)) {
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
  params: () => z.object({ device_id: id().optional(), name: z.string().optional() }),
  result: () => ({ device: device() }),
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
  params: () => z.object(deviceFilters(500, deviceTypes, deviceManufacturers)),
  result: () => ({ devices: z.array(device()), pagination: pagination() }),
  handler: (call, params) =>
    listDevices(call, params, {
      is_managed: true,
      present: (row) => presentDevice(call.world, row),
    }),
})

const update = defineEndpoint({
  path: '/devices/update',
  methods: ['POST', 'PATCH'],
  auth: anyClient,
  summary: 'Names a device, changes what you keep with it, or stops managing it.',
  effect: 'write',
  params: () =>
    z.object({
      device_id: id(),
      name: z.string().nullish(),
      properties: z.object({ name: z.string().nullish() }).optional(),
      is_managed: z.boolean().default(true),
      custom_metadata: metadataChange().optional(),
      backup_access_code_pool_enabled: z.boolean().optional(),
    }),
  result: () => ({}),
  handler: ({ world, auth }, params) => {
    const { device_id, custom_metadata, backup_access_code_pool_enabled: pool } = params
    visibleDevice(world, auth, device_id)
    // `properties.name` is the older spelling.
    const name = params.name === undefined ? params.properties?.name : params.name
    updateDevice(world, { device_id, name, custom_metadata })
    if (pool !== undefined) switchBackupPool(world, device_id, pool)
    if (!params.is_managed) updateDevice(world, { device_id, is_managed: false })
    return {}
  },
})

const listDeviceProviders = defineEndpoint({
  path: '/devices/list_device_providers',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'The providers whose locks are simulated.',
  effect: 'read',
  params: () => z.object({ provider_category: z.enum(providerCategories).optional() }),
  result: () => ({ device_providers: z.array(deviceProvider()) }),
  handler: (_, { provider_category }) => ({
    device_providers: presentDeviceProviders().filter(
      (provider) =>
        provider_category === undefined || provider.provider_categories.includes(provider_category),
    ),
  }),
})

const reported = once(() => z.object({ time_zone: z.string() }).optional())

const reportProviderMetadata = defineEndpoint({
  path: '/devices/report_provider_metadata',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Tells time zones of devices whose provider does not tell them.',
  effect: 'write',
  params: () =>
    z.object({
      devices: z
        .array(
          z.object({
            device_id: id(),
            ultraloq_metadata: reported(),
            omnitec_metadata: reported(),
            schlage_metadata: reported(),
          }),
        )
        .min(1),
    }),
  result: () => ({}),
  handler: ({ world }, { devices }) => {
    for (const { device_id, ultraloq_metadata, omnitec_metadata, schlage_metadata } of devices) {
      const given = Object.entries({
        ultraloq: ultraloq_metadata,
        omnitec: omnitec_metadata,
        schlage: schlage_metadata,
      })
      requireDevice(world, device_id)
      for (const [provider, metadata] of given) {
        if (metadata !== undefined) reportTimeZone(world, device_id, provider, metadata.time_zone)
      }
    }
    return {}
  },
})

export const deviceEndpoints = [get, list, update, listDeviceProviders, reportProviderMetadata]
