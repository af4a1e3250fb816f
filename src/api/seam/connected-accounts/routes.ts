import { z } from 'zod'
import {
  deleteAccount,
  simulateAccountDisconnection,
  updateAccount,
} from '../../../sim/connected-accounts/operations.ts'
import { syncAccount } from '../../../sim/devices/operations.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import { serverAuth } from '../../http/auth.ts'
import { contains, listHas, metadataHas, ofUser, oneOf, pageOfRows } from '../../http/conditions.ts'
import type { Condition } from '../../http/conditions.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, metadataChange, metadataFilter, pageParams } from '../../http/fields.ts'
import { presentConnectedAccount } from './wire.ts'
import { acceptedCapability, connectedAccount } from './wire.ts'
import { pagination } from '../pagination.ts'
import { seesAccount, visibleAccount } from '../../http/visibility.ts'

const withCustomer = [...serverAuth, 'client_session_with_customer'] as const

const get = defineEndpoint({
  path: '/connected_accounts/get',
  methods: ['GET', 'POST'],
  auth: [...withCustomer, 'client_session'],
  summary: 'One connected account, by its id or by the email address of its login.',
  effect: 'read',
  params: () => z.object({ connected_account_id: id().optional(), email: z.email().optional() }),
  result: () => ({ connected_account: connectedAccount() }),
  handler: ({ world, auth }, { connected_account_id, email }) => {
    if (connected_account_id !== undefined) {
      const account = visibleAccount(world, auth, connected_account_id)
      return { connected_account: presentConnectedAccount(account) }
    }
    if (email === undefined)
      throw invalidInput('connected_account_id', 'Give connected_account_id or email')
    const account = world.connected_accounts
      .all("lower(json_extract(user_identifier, '$.email')) = lower(?)", [email], 'order by seq')
      .find((row) => seesAccount(auth, row.connected_account_id))
    if (account === undefined) throw notFound('connected_account', { email })
    return { connected_account: presentConnectedAccount(account) }
  },
})

const list = defineEndpoint({
  path: '/connected_accounts/list',
  methods: ['GET', 'POST'],
  auth: withCustomer,
  summary: 'Connected accounts in the order in which they were connected.',
  effect: 'read',
  params: () =>
    z.object({
      custom_metadata_has: metadataFilter().optional(),
      customer_key: z.string().optional(),
      search: z.string().min(1).optional(),
      space_id: id().optional(),
      user_identifier_key: z.string().optional(),
      ...pageParams(11_000),
    }),
  result: () => ({ connected_accounts: z.array(connectedAccount()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const conditions: Condition[] = metadataHas(params.custom_metadata_has)
    if (params.customer_key !== undefined)
      conditions.push(['customer_key = ?', params.customer_key])
    if (params.search !== undefined) {
      const columns = [
        'connected_account_id',
        'display_name',
        'account_type_display_name',
        'user_identifier',
        'customer_key',
      ]
      conditions.push(contains(columns, params.search))
    }
    if (params.space_id !== undefined) {
      const [inSpace, space_id] = listHas('d.space_ids', params.space_id)
      conditions.push([
        `connected_account_id in (select d.connected_account_id from devices d where d.workspace_id = connected_accounts.workspace_id and ${inSpace})`,
        space_id ?? '',
      ])
    }
    if (params.user_identifier_key !== undefined)
      conditions.push(ofUser('connected_accounts', params.user_identifier_key))
    if (auth.visible_connected_account_ids !== null)
      conditions.push(oneOf('connected_account_id', auth.visible_connected_account_ids))
    const page = pageOfRows(call, world.connected_accounts, conditions, params)
    return {
      connected_accounts: page.rows.map(presentConnectedAccount),
      pagination: page.pagination,
    }
  },
})

const update = defineEndpoint({
  path: '/connected_accounts/update',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Changes what you keep with a connected account, and how its new devices are managed.',
  effect: 'write',
  params: () =>
    z.object({
      connected_account_id: id(),
      accepted_capabilities: z.array(acceptedCapability()).optional(),
      automatically_manage_new_devices: z.boolean().optional(),
      custom_metadata: metadataChange().optional(),
      customer_key: z.string().min(1).optional(),
      display_name: z.string().min(1).max(255).optional(),
    }),
  result: () => ({ connected_account: connectedAccount() }),
  handler: ({ world }, params) => ({
    connected_account: presentConnectedAccount(updateAccount(world, params)),
  }),
})

const remove = defineEndpoint({
  path: '/connected_accounts/delete',
  methods: ['POST', 'DELETE'],
  auth: withCustomer,
  summary: 'Forgets an account with its devices and access codes; the locks keep their codes.',
  effect: 'write',
  params: () => z.object({ connected_account_id: id(), sync: z.boolean().optional() }),
  result: () => ({}),
  handler: ({ world, auth }, { connected_account_id }) => {
    visibleAccount(world, auth, connected_account_id)
    deleteAccount(world, connected_account_id)
    return {}
  },
})

const sync = defineEndpoint({
  path: '/connected_accounts/sync',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Reads the devices of an account now instead of at the next poll.',
  effect: 'write',
  params: () => z.object({ connected_account_id: id() }),
  result: () => ({}),
  handler: ({ world }, { connected_account_id }) => {
    syncAccount(world, connected_account_id)
    return {}
  },
})

const simulateDisconnect = defineEndpoint({
  path: '/connected_accounts/simulate/disconnect',
  methods: ['POST'],
  auth: withCustomer,
  summary: 'Makes the credentials of a sandbox account stop working.',
  effect: 'write',
  params: () => z.object({ connected_account_id: id() }),
  result: () => ({}),
  handler: ({ world, auth }, { connected_account_id }) => {
    visibleAccount(world, auth, connected_account_id)
    simulateAccountDisconnection(world, connected_account_id)
    return {}
  },
})

export const connectedAccountEndpoints = [get, list, update, remove, sync, simulateDisconnect]
