import { z } from 'zod'
import {
  deleteAccount,
  simulateAccountDisconnection,
  updateAccount,
} from '../../../sim/connected-accounts/operations.ts'
import { syncAccount } from '../../../sim/devices/operations.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import { serverAuth } from '../../http/auth.ts'
import { ofUser, pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, metadataChange, metadataFilter, pageParams } from '../../http/fields.ts'
import { presentConnectedAccount } from './wire.ts'
import { acceptedCapability, connectedAccount } from './wire.ts'
import { pagination } from '../../http/pagination.ts'
import { seesAccount, visibleAccount } from '../../http/visibility.ts'
import {
  eq,
  contains,
  inTable,
  is,
  jsonAt,
  listHas,
  lower,
  oneOf,
  pairsIn,
  where,
  above,
} from '../../../db/conditions.ts'
import { connected_accounts } from '../../../db/tables/connected-accounts.ts'
import { devices } from '../../../db/tables/devices.ts'

const withEmail = where(connected_accounts, ['display_name'], (c, its) =>
  eq(lower(jsonAt(c.user_identifier, '$.email')), lower(its.display_name)),
)
const metadataHas = pairsIn(connected_accounts.custom_metadata)
const ofCustomer = is(connected_accounts.customer_key)
const containing = contains(
  connected_accounts.connected_account_id,
  connected_accounts.display_name,
  connected_accounts.account_type_display_name,
  connected_accounts.user_identifier,
  connected_accounts.customer_key,
)
const withDevices = inTable(connected_accounts.connected_account_id, devices.connected_account_id)
const inSpace = listHas(devices.space_ids)
const users = ofUser(connected_accounts.connected_account_id)
const withIds = oneOf(connected_accounts.connected_account_id)
const after = above(connected_accounts.seq)

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
      .all(withEmail({ display_name: email }))
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
    const conditions = metadataHas(params.custom_metadata_has)
    if (params.customer_key !== undefined) conditions.push(ofCustomer(params.customer_key))
    if (params.search !== undefined) conditions.push(containing(params.search))
    if (params.space_id !== undefined) conditions.push(withDevices(inSpace(params.space_id)))
    if (params.user_identifier_key !== undefined) conditions.push(users(params.user_identifier_key))
    if (auth.visible_connected_account_ids !== null)
      conditions.push(withIds(auth.visible_connected_account_ids))
    const page = pageOfRows(call, world.connected_accounts, conditions, { ...params, after })
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
