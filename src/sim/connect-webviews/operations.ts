/** Connect Webviews: asked for, and forgotten. What happens on their page is in `login.ts`. */
import type { AcceptedCapability } from '../../db/tables/connected-accounts.ts'
import type { WebviewOptions } from '../../db/tables/connect-webviews.ts'
import { mergeMetadata } from '../kernel/custom-metadata.ts'
import { redirectProblem } from '../../lib/addresses.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { providersInCategory } from './providers.ts'
import { insertWebview, requireWebview } from './rows.ts'
import type { ConnectWebview } from '../../db/tables/connect-webviews.ts'
import { listHas } from '../../db/conditions.ts'
import { client_sessions } from '../../db/tables/client-sessions.ts'

const withWebview = listHas(client_sessions.connect_webview_ids)

export interface NewWebview {
  accepted_capabilities?: AcceptedCapability[] | undefined
  accepted_providers?: string[] | undefined
  automatically_manage_new_devices?: boolean | undefined
  custom_metadata?: Readonly<Record<string, string | boolean | null>> | undefined
  custom_redirect_failure_url?: string | null | undefined
  custom_redirect_url?: string | null | undefined
  customer_key?: string | undefined
  device_selection_mode?: WebviewOptions['device_selection_mode'] | undefined
  excluded_providers?: string[] | undefined
  provider_category?: string | undefined
  wait_for_device_creation?: boolean | undefined
}

/** The session whose owner asked for a webview has it from then on. */
const attachToSession = (world: World, connect_webview_id: string, session_id: string): void => {
  const session = world.client_sessions.get(session_id)
  if (session === undefined) return
  world.client_sessions.update(session_id, {
    connect_webview_ids: [...session.connect_webview_ids, connect_webview_id],
  })
}

const checkRedirect = (param: string, url: string | null | undefined): void => {
  if (url === undefined || url === null) return
  const problem = redirectProblem(url)
  if (problem !== null) throw invalidInput(param, `${param} ${problem}; given: ${url}`)
}

/** @throws invalid_input for a redirect to where no browser can be sent, or both providers and a category */
export const createWebview = (
  world: World,
  input: NewWebview,
  client_session_id: string | null,
): ConnectWebview => {
  checkRedirect('custom_redirect_url', input.custom_redirect_url)
  checkRedirect('custom_redirect_failure_url', input.custom_redirect_failure_url)
  const { provider_category: category } = input
  if (category !== undefined && input.accepted_providers !== undefined) {
    throw invalidInput(
      'provider_category',
      'Give accepted_providers or provider_category, not both',
    )
  }
  const excluded_providers = input.excluded_providers ?? []
  const providers =
    input.accepted_providers ?? (category === undefined ? null : providersInCategory(category))
  const webview = insertWebview(world, {
    custom_metadata: mergeMetadata({}, input.custom_metadata),
    customer_key: input.customer_key ?? null,
    options: {
      accepted_providers: (providers ?? []).filter((it) => !excluded_providers.includes(it)),
      any_provider_allowed: providers === null,
      excluded_providers,
      custom_redirect_url: input.custom_redirect_url ?? null,
      custom_redirect_failure_url: input.custom_redirect_failure_url ?? null,
      wait_for_device_creation: input.wait_for_device_creation ?? false,
      automatically_manage_new_devices: input.automatically_manage_new_devices ?? true,
      accepted_capabilities: input.accepted_capabilities ?? ['lock'],
      device_selection_mode: input.device_selection_mode ?? 'none',
    },
  })
  if (client_session_id !== null)
    attachToSession(world, webview.connect_webview_id, client_session_id)
  return webview
}

/** Forgets a webview; the account that came through it stays. */
export const deleteWebview = (world: World, connect_webview_id: string): void => {
  requireWebview(world, connect_webview_id)
  world.connect_webviews.delete(connect_webview_id)
  for (const session of world.client_sessions.all(withWebview(connect_webview_id))) {
    world.client_sessions.update(session.client_session_id, {
      connect_webview_ids: session.connect_webview_ids.filter((id) => id !== connect_webview_id),
    })
  }
}
