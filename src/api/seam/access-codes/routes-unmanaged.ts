/** Codes on the lock that Seam does not look after. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import {
  deleteUnmanagedCode,
  requestConversion,
  requireUnmanagedCode,
  simulateUnmanagedCode,
} from '../../../sim/access-codes/unmanaged.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { codeChoice, findAccessCode, pageOfAccessCodes } from './find.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import type { Auth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { presentUnmanagedAccessCode } from './wire.ts'
import { unmanagedAccessCode } from './wire.ts'
import { pagination } from '../../http/pagination.ts'
import { commandEndpoint } from '../action-attempts/started.ts'
import { seesDevice, visibleDevice } from '../../http/visibility.ts'

const visibleUnmanagedCode = (world: World, auth: Auth, access_code_id: string): string => {
  const code = requireUnmanagedCode(world, access_code_id)
  if (!seesDevice(auth, code)) throw notFound('access_code', { access_code_id })
  return access_code_id
}

const get = defineEndpoint({
  path: '/access_codes/unmanaged/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One unmanaged access code, by its id or by device and PIN.',
  effect: 'read',
  params: codeChoice,
  result: () => ({ access_code: unmanagedAccessCode() }),
  handler: ({ world, auth }, params) => ({
    access_code: presentUnmanagedAccessCode(world, findAccessCode(world, auth, params, false)),
  }),
})

const list = defineEndpoint({
  path: '/access_codes/unmanaged/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: "A device's unmanaged access codes, in the order in which they were found.",
  effect: 'read',
  params: () =>
    z.object({
      device_id: id(),
      user_identifier_key: z.string().optional(),
      search: z.string().min(1).optional(),
      ...pageParams(300_000),
    }),
  result: () => ({ access_codes: z.array(unmanagedAccessCode()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    visibleDevice(world, auth, params.device_id)
    const { access_codes, pagination: page } = pageOfAccessCodes(call, params, false, (row) =>
      presentUnmanagedAccessCode(world, row),
    )
    return { access_codes, pagination: page }
  },
})

const conversion = once(() => ({
  access_code_id: id(),
  force: z.boolean().optional(),
  allow_external_modification: z.boolean().optional(),
  is_external_modification_allowed: z.boolean().optional(),
}))

const convert = (
  world: World,
  params: {
    access_code_id: string
    force?: boolean | undefined
    allow_external_modification?: boolean | undefined
    is_external_modification_allowed?: boolean | undefined
  },
): void => {
  requestConversion(world, {
    access_code_id: params.access_code_id,
    force: params.force,
    is_external_modification_allowed:
      params.is_external_modification_allowed ?? params.allow_external_modification,
  })
}

const convertToManaged = defineEndpoint({
  path: '/access_codes/unmanaged/convert_to_managed',
  methods: ['POST', 'PATCH'],
  auth: anyClient,
  summary: 'Asks Seam to look after an unmanaged code; the result comes as an event.',
  effect: 'write',
  action_attempt_type: 'CONVERT_ACCESS_CODE_TO_MANAGED',
  params: () => z.object({ ...conversion(), sync: z.boolean().optional() }),
  result: () => ({}),
  handler: ({ world, auth }, params) => {
    visibleUnmanagedCode(world, auth, params.access_code_id)
    convert(world, params)
    return {}
  },
})

const update = defineEndpoint({
  path: '/access_codes/unmanaged/update',
  methods: ['POST', 'PATCH'],
  auth: anyClient,
  summary: 'With `is_managed: true` the same as convert_to_managed; without, nothing.',
  effect: 'write',
  params: () => z.object({ ...conversion(), is_managed: z.boolean() }),
  result: () => ({}),
  handler: ({ world, auth }, params) => {
    visibleUnmanagedCode(world, auth, params.access_code_id)
    if (params.is_managed) convert(world, params)
    return {}
  },
})

const remove = commandEndpoint({
  path: '/access_codes/unmanaged/delete',
  methods: ['POST', 'DELETE'],
  auth: anyClient,
  summary: 'Asks for the removal of an unmanaged code from the lock.',
  action_attempt_type: 'DELETE_ACCESS_CODE',
  params: () => z.object({ access_code_id: id(), sync: z.boolean().optional() }),
  start: (world, { access_code_id }, auth) =>
    deleteUnmanagedCode(world, visibleUnmanagedCode(world, auth, access_code_id)),
})

const simulate = defineEndpoint({
  path: '/access_codes/simulate/create_unmanaged_access_code',
  methods: ['POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'Makes a code appear on the lock that Seam did not write.',
  effect: 'write',
  params: () => z.object({ device_id: id(), code: z.string().min(4).max(8), name: z.string() }),
  result: () => ({ access_code: unmanagedAccessCode() }),
  handler: ({ world, auth }, params) => {
    visibleDevice(world, auth, params.device_id)
    return { access_code: presentUnmanagedAccessCode(world, simulateUnmanagedCode(world, params)) }
  },
})

export const unmanagedAccessCodeEndpoints = [get, list, convertToManaged, update, remove, simulate]
