/** What happens on a webview's page: a login that is right or wrong, and what a right one brings. */
import { loginOf } from '../connected-accounts/operations.ts'
import { mergeMetadata } from '../kernel/custom-metadata.ts'
import { react } from '../kernel/react.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { recordEvent } from '../events/record.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import {
  areAnswersRight,
  brandOf,
  isSecondFactorRight,
  loginGiven,
  offeredProviders,
} from './providers.ts'
import type { OfferedProvider } from './providers.ts'
import { requireWebview } from './rows.ts'
import type { ConnectWebview } from '../../db/tables/connect-webviews.ts'
import { is, listHas } from '../../db/conditions.ts'
import { client_sessions } from '../../db/tables/client-sessions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'

const ofType = is(connected_accounts.account_type)
const withWebview = listHas(client_sessions.connect_webview_ids)

/** After so many wrong logins a webview has failed. Assumed. */
const MOST_FAILED_LOGINS = 3

/** From a login until Seam has read what the account holds, ms. Assumed. */
const FIRST_SYNC = { min: 2_000, typical: 3_000, max: 6_000 }

export const FIRST_SYNC_JOB = 'connected_account.first_sync'

/** @throws connect_webview_not_pending once it was authorized or has failed */
const requirePending = (world: World, connect_webview_id: string): ConnectWebview => {
  const webview = requireWebview(world, connect_webview_id)
  if (webview.status === 'pending' && webview.selected_provider === null) return webview
  throw domainError(
    'connect_webview_not_pending',
    `The Connect Webview ${connect_webview_id} is ${webview.status} already. Create another one for another login.`,
    { data: { connect_webview_id, status: webview.status } },
  )
}

/** @throws invalid_input for a provider that the webview does not offer */
export const requireOffered = (webview: ConnectWebview, key: string): OfferedProvider => {
  const choice = offeredProviders(webview)
  const found = choice.find((provider) => provider.key === key)
  if (found !== undefined) return found
  const keys = choice.map((provider) => provider.key).join(', ')
  throw invalidInput(
    'provider',
    `This Connect Webview does not offer ${key}; it offers ${keys === '' ? 'no provider with simulated devices' : keys}`,
  )
}

/** The login did not work out, for good: nobody can try again on this webview. */
export const failWebview = (world: World, connect_webview_id: string): void => {
  requirePending(world, connect_webview_id)
  world.connect_webviews.update(connect_webview_id, { status: 'failed' })
  recordEvent(world, 'connect_webview.login_failed', { connect_webview_id })
}

const noteWrongLogin = (world: World, webview: ConnectWebview): void => {
  const { connect_webview_id } = webview
  const failed_logins = webview.failed_logins + 1
  world.connect_webviews.update(connect_webview_id, { failed_logins })
  if (failed_logins >= MOST_FAILED_LOGINS) failWebview(world, connect_webview_id)
  else recordEvent(world, 'connect_webview.login_failed', { connect_webview_id })
}

/** `needs_code`: the password was right, and the provider asks for a second factor. */
export type LoginOutcome = 'accepted' | 'needs_code' | 'wrong'

/**
 * Somebody answers a provider's login form. Three wrong answers and the webview has failed.
 *
 * @throws connect_webview_not_pending, invalid_input for a provider that is not offered
 */
export const signIn = (
  world: World,
  connect_webview_id: string,
  provider_key: string,
  answers: Readonly<Record<string, string | undefined>>,
): LoginOutcome => {
  const webview = requirePending(world, connect_webview_id)
  const provider = requireOffered(webview, provider_key)
  const hasCode = answers['code'] !== undefined
  const isRight =
    areAnswersRight(provider, answers) && (!hasCode || isSecondFactorRight(answers['code']))
  if (!isRight) {
    noteWrongLogin(world, webview)
    return 'wrong'
  }
  if (provider.two_factor && !hasCode) return 'needs_code'
  connect(world, webview, provider, {
    login: loginGiven(provider, answers),
    time_zone: answers['time_zone'],
  })
  return 'accepted'
}

const accountOf = (
  world: World,
  account_type: string,
  login: string,
): ConnectedAccount | undefined =>
  world.connected_accounts
    .all(ofType(account_type))
    .find((account) => loginOf(account).toLowerCase() === login)

/** The webview's job is done: its owner, and every session that has it, has the account. */
export const authorizeWebview = (
  world: World,
  { connect_webview_id }: Pick<ConnectWebview, 'connect_webview_id'>,
  connected_account_id: string,
): void => {
  world.connect_webviews.update(connect_webview_id, {
    status: 'authorized',
    connected_account_id,
    authorized_at: world.now,
  })
  for (const session of world.client_sessions.all(withWebview(connect_webview_id))) {
    if (session.connected_account_ids.includes(connected_account_id)) continue
    world.client_sessions.update(session.client_session_id, {
      connected_account_ids: [...session.connected_account_ids, connected_account_id],
    })
  }
  recordEvent(world, 'connect_webview.login_succeeded', {
    connect_webview_id,
    connected_account_id,
  })
}

const insertAccount = (
  world: World,
  webview: ConnectWebview,
  provider: OfferedProvider,
  login: string,
): string => {
  const connected_account_id = world.random.uuid('connected_account')
  const account = brandOf(provider)?.account
  world.connected_accounts.insert({
    connected_account_id,
    account_type: account?.account_type ?? provider.key,
    account_type_display_name: account?.account_type_display_name ?? provider.display_name,
    display_name: login,
    user_identifier: login.includes('@') ? { email: login } : { username: login },
    custom_metadata: webview.custom_metadata,
    customer_key: webview.customer_key,
    accepted_capabilities: webview.options.accepted_capabilities,
    automatically_manage_new_devices: webview.options.automatically_manage_new_devices,
    connect_webview_id: webview.connect_webview_id,
    disconnected_at: null,
    reauthorization_requested_at: null,
    created_at: world.now,
  })
  return connected_account_id
}

/** An account that was connected before: what the new webview says of it counts from now on. */
const refreshAccount = (world: World, webview: ConnectWebview, known: ConnectedAccount): void => {
  world.connected_accounts.update(known.connected_account_id, {
    connect_webview_id: webview.connect_webview_id,
    disconnected_at: null,
    reauthorization_requested_at: null,
    customer_key: webview.customer_key ?? known.customer_key,
    custom_metadata: mergeMetadata(known.custom_metadata, webview.custom_metadata),
  })
}

const connect = (
  world: World,
  webview: ConnectWebview,
  provider: OfferedProvider,
  { login, time_zone }: { login: string; time_zone: string | undefined },
): void => {
  const { connect_webview_id, options } = webview
  world.connect_webviews.update(connect_webview_id, { selected_provider: provider.key })
  const account_type = brandOf(provider)?.account.account_type ?? provider.key
  const known = accountOf(world, account_type, login)
  const connected_account_id =
    known?.connected_account_id ?? insertAccount(world, webview, provider, login)
  if (known !== undefined) refreshAccount(world, webview, known)
  const subject = { connect_webview_id, connected_account_id }
  if (known === undefined) recordEvent(world, 'connected_account.created', subject)
  if (known !== undefined && known.disconnected_at === null) {
    authorizeWebview(world, webview, connected_account_id)
    return
  }
  recordEvent(world, 'connected_account.connected', subject)
  // What the page asked for is needed when the account's locks are read.
  if (time_zone !== undefined && known === undefined)
    world.connect_webviews.update(connect_webview_id, {
      options: { ...options, time_zone },
    })
  if (!options.wait_for_device_creation) authorizeWebview(world, webview, connected_account_id)
  if (known !== undefined) react(world, 'account_changed', connected_account_id)
  const name = `first_sync ${connected_account_id}`
  const latency = triangular(
    world.random.stream(name).fraction(world.random.next(name)),
    FIRST_SYNC,
  )
  scheduleJob(world, FIRST_SYNC_JOB, connected_account_id, world.now + latency)
}
