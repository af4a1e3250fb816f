/** Connect Webviews as rows: how one is made and how one is found. */
import type { ConnectWebview, WebviewOptions } from '../../db/tables/connect-webviews.ts'
import { notFound } from '../kernel/errors.ts'
import { drawToken } from '../kernel/tokens.ts'
import type { World } from '../kernel/world.ts'

/** What a webview is when nobody asks for anything (Seam API reference: connect_webviews/create). */
const defaultOptions: WebviewOptions = {
  accepted_capabilities: ['lock'],
  accepted_providers: [],
  excluded_providers: [],
  any_provider_allowed: false,
  automatically_manage_new_devices: true,
  wait_for_device_creation: false,
  device_selection_mode: 'none',
  custom_redirect_url: null,
  custom_redirect_failure_url: null,
}

type NewRow = Partial<Omit<ConnectWebview, 'options'>> & { options: Partial<WebviewOptions> }

/** Makes the row of a pending webview. */
export const insertWebview = (world: World, { options, ...row }: NewRow): ConnectWebview => {
  const connect_webview_id = row.connect_webview_id ?? world.random.uuid('connect_webview')
  world.connect_webviews.insert({
    auth_token: drawToken(world, 'connect_webview_token', 32),
    status: 'pending',
    options: { ...defaultOptions, ...options },
    failed_logins: 0,
    custom_metadata: {},
    customer_key: null,
    selected_provider: null,
    connected_account_id: null,
    authorized_at: null,
    created_at: world.now,
    ...row,
    connect_webview_id,
  })
  return requireWebview(world, connect_webview_id)
}

/** @throws connect_webview_not_found */
export const requireWebview = (world: World, connect_webview_id: string): ConnectWebview => {
  const webview = world.connect_webviews.get(connect_webview_id)
  if (webview === undefined) throw notFound('connect_webview', { connect_webview_id })
  return webview
}
