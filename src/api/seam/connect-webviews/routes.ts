import { z } from 'zod'
import { createWebview, deleteWebview } from '../../../sim/connect-webviews/operations.ts'
import { requireWebview } from '../../../sim/connect-webviews/rows.ts'
import type { ConnectWebview } from '../../../db/tables/connect-webviews.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import type { Auth } from '../../http/auth.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, metadataChange, metadataFilter, pageParams } from '../../http/fields.ts'
import { presentConnectWebview } from './wire.ts'
import { connectWebview } from './wire.ts'
import { acceptedCapability } from '../connected-accounts/wire.ts'
import { acceptedProviderNames, webviewCategories } from '../devices/wire-providers.ts'
import { pagination } from '../../http/pagination.ts'
import { contains, inTable, is, oneOf, pairsIn, above } from '../../../db/conditions.ts'
import { client_sessions } from '../../../db/tables/client-sessions.ts'
import { connect_webviews } from '../../../db/tables/connect-webviews.ts'

const metadataHas = pairsIn(connect_webviews.custom_metadata)
const ofCustomer = is(connect_webviews.customer_key)
const containing = contains(
  connect_webviews.connect_webview_id,
  connect_webviews.selected_provider,
  connect_webviews.customer_key,
  connect_webviews.custom_metadata,
)
const inSessions = inTable(connect_webviews.connect_webview_id, client_sessions.connect_webview_ids)
const sessionOf = is(client_sessions.user_identifier_key)
const withIds = oneOf(connect_webviews.connect_webview_id)
const after = above(connect_webviews.seq)

/** The webviews of a client session; null: all. */
const visibleWebviewIds = (world: World, { client_session_id }: Auth): string[] | null =>
  client_session_id === null
    ? null
    : (world.client_sessions.get(client_session_id)?.connect_webview_ids ?? [])

const visibleWebview = (world: World, auth: Auth, connect_webview_id: string): ConnectWebview => {
  const visible = visibleWebviewIds(world, auth)
  if (visible !== null && !visible.includes(connect_webview_id))
    throw notFound('connect_webview', { connect_webview_id })
  return requireWebview(world, connect_webview_id)
}

const create = defineEndpoint({
  path: '/connect_webviews/create',
  methods: ['POST'],
  auth: anyClient,
  summary: 'Makes a page on which the owner of devices signs in at their provider.',
  effect: 'write',
  params: () =>
    z.object({
      accepted_capabilities: z.array(acceptedCapability()).optional(),
      accepted_providers: z.array(z.enum(acceptedProviderNames)).optional(),
      automatically_manage_new_devices: z.boolean().optional(),
      custom_metadata: metadataChange().optional(),
      custom_redirect_failure_url: z.string().nullish(),
      custom_redirect_url: z.string().nullish(),
      customer_key: z.string().min(1).optional(),
      device_selection_mode: z.enum(['none', 'single', 'multiple']).optional(),
      excluded_providers: z.array(z.string()).optional(),
      provider_category: z.enum(webviewCategories).optional(),
      wait_for_device_creation: z.boolean().default(false),
    }),
  result: () => ({ connect_webview: connectWebview() }),
  handler: ({ world, auth, origin }, params) => ({
    connect_webview: presentConnectWebview(
      world,
      origin,
      createWebview(world, params, auth.client_session_id),
    ),
  }),
})

const get = defineEndpoint({
  path: '/connect_webviews/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One Connect Webview.',
  effect: 'read',
  params: () => z.object({ connect_webview_id: id() }),
  result: () => ({ connect_webview: connectWebview() }),
  handler: ({ world, auth, origin }, { connect_webview_id }) => ({
    connect_webview: presentConnectWebview(
      world,
      origin,
      visibleWebview(world, auth, connect_webview_id),
    ),
  }),
})

const list = defineEndpoint({
  path: '/connect_webviews/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Connect Webviews in the order of their creation.',
  effect: 'read',
  params: () =>
    z.object({
      custom_metadata_has: metadataFilter().optional(),
      customer_key: z.string().optional(),
      search: z.string().min(1).optional(),
      user_identifier_key: z.string().optional(),
      ...pageParams(500),
    }),
  result: () => ({ connect_webviews: z.array(connectWebview()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth, origin } = call
    const conditions = metadataHas(params.custom_metadata_has)
    if (params.customer_key !== undefined) conditions.push(ofCustomer(params.customer_key))
    if (params.search !== undefined) conditions.push(containing(params.search))
    if (params.user_identifier_key !== undefined)
      conditions.push(inSessions(sessionOf(params.user_identifier_key)))
    const visible = visibleWebviewIds(world, auth)
    if (visible !== null) conditions.push(withIds(visible))
    const page = pageOfRows(call, world.connect_webviews, conditions, { ...params, after })
    return {
      connect_webviews: page.rows.map((row) => presentConnectWebview(world, origin, row)),
      pagination: page.pagination,
    }
  },
})

const remove = defineEndpoint({
  path: '/connect_webviews/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Forgets a Connect Webview; the account that came through it stays.',
  effect: 'write',
  params: () => z.object({ connect_webview_id: id() }),
  result: () => ({}),
  handler: ({ world }, { connect_webview_id }) => {
    deleteWebview(world, connect_webview_id)
    return {}
  },
})

export const connectWebviewEndpoints = [create, get, list, remove]
