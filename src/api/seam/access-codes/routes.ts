import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import {
  createAccessCode,
  deleteAccessCode,
  updateAccessCode,
} from '../../../sim/access-codes/operations.ts'
import { codeChoice, findAccessCode, pageOfAccessCodes } from './find.ts'
import { anyClient } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams, timestamp } from '../../http/fields.ts'
import { accessCodePresenter, presentAccessCode, presentNewAccessCode } from './wire.ts'
import { createKeptLists } from '../../answers/list-cache.ts'
import { accessCode } from './wire.ts'
import { actionAttempt } from '../action-attempts/wire.ts'
import { pagination } from '../../http/pagination.ts'
import { commandEndpoint, startedAttempt } from '../action-attempts/started.ts'
import { visibleAccessCode, visibleDevice } from '../../http/visibility.ts'

/** Parameters that create and update share. */
export const declared = once(() => ({
  name: z.string().optional(),
  code: z.string().min(4).max(12).optional(),
  starts_at: timestamp().optional(),
  ends_at: timestamp().optional(),
  attempt_for_offline_device: z.boolean().default(true),
  prefer_native_scheduling: z.boolean().optional(),
  preferred_code_length: z.number().optional(),
  use_backup_access_code_pool: z.boolean().optional(),
  allow_external_modification: z.boolean().optional(),
  is_external_modification_allowed: z.boolean().optional(),
  use_offline_access_code: z.boolean().optional(),
  is_offline_access_code: z.boolean().optional(),
  is_one_time_use: z.boolean().optional(),
  max_time_rounding: z.enum(['1hour', '1day', '1h', '1d']).optional(),
}))

/** Older spellings of two parameters mean the same. */
export const withoutAliases = <
  T extends {
    allow_external_modification?: boolean | undefined
    is_external_modification_allowed?: boolean | undefined
    use_offline_access_code?: boolean | undefined
    is_offline_access_code?: boolean | undefined
  },
>(
  params: T,
) => ({
  ...params,
  is_external_modification_allowed:
    params.is_external_modification_allowed ?? params.allow_external_modification,
  is_offline_access_code: params.is_offline_access_code ?? params.use_offline_access_code,
})

const create = defineEndpoint({
  path: '/access_codes/create',
  methods: ['POST'],
  auth: anyClient,
  summary: 'Declares a new access code; Seam programs it on the lock in time.',
  effect: 'async',
  action_attempt_type: 'CREATE_ACCESS_CODE',
  params: () =>
    z.object({
      device_id: id(),
      common_code_key: z.string().optional(),
      sync: z.boolean().optional(),
      ...declared(),
    }),
  result: () => ({ action_attempt: actionAttempt(), access_code: accessCode() }),
  handler: async (context, params) => {
    const { auth, read, write } = context
    const { sync } = params
    const { created, access_code } = write((world) => {
      visibleDevice(world, auth, params.device_id)
      const it = createAccessCode(world, withoutAliases(params))
      return { created: it, access_code: presentNewAccessCode(world, it.access_code) }
    })
    const action_attempt = await startedAttempt(context, created.action_attempt, sync)
    if (sync !== true) return { action_attempt, access_code }
    const settled = read((world) => {
      const row = world.access_codes.get(created.access_code.access_code_id)
      return row && presentAccessCode(world, row)
    })
    return { action_attempt, access_code: settled ?? access_code }
  },
})

const update = commandEndpoint({
  path: '/access_codes/update',
  methods: ['POST', 'PATCH', 'PUT'],
  auth: anyClient,
  summary: 'Declares another name, PIN or time frame of an access code.',
  action_attempt_type: 'UPDATE_ACCESS_CODE',
  params: () =>
    z.object({
      access_code_id: id(),
      device_id: id().optional(),
      type: z.enum(['ongoing', 'time_bound']).optional(),
      is_managed: z.boolean().optional(),
      sync: z.boolean().optional(),
      ...declared(),
    }),
  start: (world, params, auth) => {
    visibleAccessCode(world, auth, params.access_code_id)
    return updateAccessCode(world, withoutAliases(params))
  },
})

const remove = commandEndpoint({
  path: '/access_codes/delete',
  methods: ['POST', 'DELETE'],
  auth: anyClient,
  summary: 'Asks for the removal of an access code, from the lock and then from here.',
  action_attempt_type: 'DELETE_ACCESS_CODE',
  params: () =>
    z.object({
      access_code_id: id(),
      device_id: id().optional(),
      sync: z.boolean().optional(),
    }),
  start: (world, { access_code_id, device_id }, auth) => {
    visibleAccessCode(world, auth, access_code_id)
    return deleteAccessCode(world, access_code_id, device_id)
  },
})

const get = defineEndpoint({
  path: '/access_codes/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One managed access code, by its id or by device and PIN.',
  effect: 'read',
  params: codeChoice,
  result: () => ({ access_code: accessCode() }),
  handler: ({ world, auth }, params) => ({
    access_code: presentAccessCode(world, findAccessCode(world, auth, params, true)),
  }),
})

type Page = Omit<
  ReturnType<typeof pageOfAccessCodes<ReturnType<typeof presentAccessCode>>>,
  'reads'
>

const keptLists = createKeptLists<Page>()

const list = defineEndpoint({
  path: '/access_codes/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Managed access codes in the order of their creation; spare backup codes are left out.',
  effect: 'read',
  params: () =>
    z.object({
      device_id: id().optional(),
      access_code_ids: z.array(id()).optional(),
      access_grant_id: id().optional(),
      access_grant_key: z.string().optional(),
      access_method_id: id().optional(),
      customer_key: z.string().optional(),
      user_identifier_key: z.string().optional(),
      search: z.string().min(1).optional(),
      ...pageParams(55_000),
    }),
  result: () => ({ access_codes: z.array(accessCode()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    if (params.device_id !== undefined) visibleDevice(world, auth, params.device_id)
    const make = () => {
      const { present, locks, until } = accessCodePresenter(world)
      const { reads, ...result } = pageOfAccessCodes(call, params, true, present)
      return { result, reads, locks, until: until() }
    }
    // Lists of client sessions differ from one to the next: keeping them would crowd out others.
    if (auth.visible_connected_account_ids !== null) return make().result
    return keptLists.get(world, JSON.stringify([call.origin, params, call.input]), make)
  },
})

export const accessCodeEndpoints = [create, update, remove, get, list]
