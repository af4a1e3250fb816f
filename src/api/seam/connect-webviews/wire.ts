import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { instant, metadata, text } from '../common.ts'
import { acceptedCapability } from '../connected-accounts/wire.ts'
import type { ConnectWebview } from '../../../db/tables/connect-webviews.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { encodeQuery } from '../../http/query-string.ts'

export const connectWebview = once(() =>
  z.strictObject({
    connect_webview_id: z.guid(),
    workspace_id: z.guid(),
    url: z.url(),
    status: z.enum(['pending', 'failed', 'authorized']),
    login_successful: z.boolean(),
    connected_account_id: z.guid().nullable(),
    authorized_at: instant.nullable(),
    selected_provider: z.string().nullable(),
    accepted_capabilities: z.array(acceptedCapability()),
    accepted_devices: z.array(z.string()),
    accepted_providers: z.array(z.string()),
    any_device_allowed: z.boolean(),
    any_provider_allowed: z.boolean(),
    automatically_manage_new_devices: z.boolean(),
    wait_for_device_creation: z.boolean(),
    device_selection_mode: z.enum(['none', 'single', 'multiple']),
    custom_metadata: metadata,
    custom_redirect_url: z.url().nullable(),
    custom_redirect_failure_url: z.url().nullable(),
    customer_key: text,
    created_at: instant,
  }),
)

/** The token of a webview's page. It names the workspace, since browsers come without any key. */
export const pageToken = (
  { workspace_id }: Pick<World, 'workspace_id'>,
  { auth_token }: ConnectWebview,
): string => `${workspace_id}.${auth_token}`

/** Where a webview's page is, on this very server. */
const webviewUrl = (world: World, origin: string, webview: ConnectWebview): string => {
  const { connect_webview_id } = webview
  const query = encodeQuery({ connect_webview_id, auth_token: pageToken(world, webview) })
  return `${origin}/connect_webviews/view?${query}`
}

/** A Connect Webview as it goes over the wire. */
export const presentConnectWebview = (world: World, origin: string, webview: ConnectWebview) => {
  const { options, status } = webview
  return {
    connect_webview_id: webview.connect_webview_id,
    workspace_id: world.workspace_id,
    url: webviewUrl(world, origin, webview),
    status,
    login_successful: status === 'authorized',
    connected_account_id: webview.connected_account_id,
    authorized_at: toIsoOrNull(webview.authorized_at),
    selected_provider: webview.selected_provider,
    accepted_capabilities: options.accepted_capabilities,
    accepted_devices: [],
    accepted_providers: options.accepted_providers,
    any_device_allowed: true,
    any_provider_allowed: options.any_provider_allowed,
    automatically_manage_new_devices: options.automatically_manage_new_devices,
    wait_for_device_creation: options.wait_for_device_creation,
    device_selection_mode: options.device_selection_mode,
    custom_metadata: webview.custom_metadata,
    custom_redirect_url: options.custom_redirect_url,
    custom_redirect_failure_url: options.custom_redirect_failure_url,
    ...(webview.customer_key !== null && { customer_key: webview.customer_key }),
    created_at: toIso(webview.created_at),
  }
}
