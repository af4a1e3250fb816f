/** The page of a Connect Webview: what a browser sees of `sim/connect-webviews`. */
import { html } from 'hono/html'
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { failWebview, requireOffered, signIn } from '../../sim/connect-webviews/login.ts'
import { offeredProviders } from '../../sim/connect-webviews/providers.ts'
import type { ConnectWebview } from '../../db/tables/connect-webviews.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Answer } from '../http/answer.ts'
import type { UnscopedContext } from '../http/endpoint.ts'
import { pageToken } from '../seam/connect-webviews/wire.ts'
import { encodeQuery } from '../http/query-string.ts'
import { goTo, htmlAnswer, pageEndpoint } from './page.ts'
import type { Html } from './page.ts'
import {
  codeForm,
  failureContent,
  loginForm,
  page,
  providerChoice,
  successContent,
} from './connect-webview-html.ts'

const answer = once(() => z.string().optional())

/** All that any provider's form may ask for. */
const answerFields = once(() => ({
  region: answer(),
  email: answer(),
  username: answer(),
  password: answer(),
  site: answer(),
  time_zone: answer(),
  key_id: answer(),
  api_key: answer(),
  client_id: answer(),
  access_key_id: answer(),
  access_key_secret: answer(),
  token_id: answer(),
  token_secret: answer(),
  code: answer(),
}))

const params = once(() =>
  z.object({
    connect_webview_id: z.string().default(''),
    auth_token: z.string().default(''),
    provider: z.string().optional(),
    action: z.string().optional(),
    ...answerFields(),
  }),
)

type Params = z.output<ReturnType<typeof params>>

const show = (world: World | null, title: string, content: Html, status = 200): Promise<Answer> =>
  htmlAnswer(status, page(world?.workspace ?? null, title, content))

const linkOf = ({ connect_webview_id, auth_token }: Params, provider?: string): string =>
  `/connect_webviews/view?${encodeQuery({ connect_webview_id, auth_token, provider })}`

const unknownLink = (): Promise<Answer> =>
  show(
    null,
    'This link does not work',
    html`<p class="alert" role="alert">
      There is no such Connect Webview, or it was deleted. Ask for a new link.
    </p>`,
    404,
  )

/** How it ended: at the address that the webview was made for, or on a page of its own. */
const showEnd = (world: World, webview: ConnectWebview): Answer | Promise<Answer> => {
  const { connect_webview_id, connected_account_id, status, options } = webview
  const { custom_redirect_url, custom_redirect_failure_url } = options
  const subject = { connect_webview_id, workspace_id: world.workspace_id }
  if (status === 'authorized') {
    if (custom_redirect_url !== null) return goTo(custom_redirect_url)
    const event = {
      event_type: 'connect_webview.login_succeeded',
      ...subject,
      connected_account_id,
    }
    return show(world, 'Connected', successContent(world.workspace, event))
  }
  // Without a failure URL of its own the other one is used (Seam docs: Connect Webview object).
  const failure_url = custom_redirect_failure_url ?? custom_redirect_url
  if (failure_url !== null) return goTo(failure_url)
  const event = { event_type: 'connect_webview.login_failed', ...subject }
  return show(world, 'Not connected', failureContent(event))
}

const showForm = (world: World, webview: ConnectWebview, given: Params): Promise<Answer> => {
  const target = { connect_webview_id: given.connect_webview_id, auth_token: given.auth_token }
  const choice = offeredProviders(webview)
  const only = choice.length === 1 ? choice[0]?.key : undefined
  const key = given.provider ?? only
  if (key === undefined) {
    const content = providerChoice(target, choice, (provider) => linkOf(given, provider))
    return show(world, 'Connect your devices', content)
  }
  const provider = requireOffered(webview, key)
  return show(world, `Connect ${provider.display_name}`, loginForm(target, provider, given, null))
}

/** What somebody sent with a form. */
const submit = (
  world: World,
  webview: ConnectWebview,
  given: Params,
): Answer | Promise<Answer> | 'accepted' => {
  const { connect_webview_id } = webview
  const target = { connect_webview_id, auth_token: given.auth_token }
  if (given.action === 'cancel') {
    failWebview(world, connect_webview_id)
    return goTo(linkOf(given))
  }
  const provider = requireOffered(webview, given.provider ?? '')
  const outcome = signIn(world, connect_webview_id, provider.key, given)
  if (outcome === 'accepted') return outcome
  const title = `Connect ${provider.display_name}`
  if (outcome === 'needs_code') return show(world, title, codeForm(target, provider, given))
  if (world.connect_webviews.get(connect_webview_id)?.status === 'failed')
    return goTo(linkOf(given))
  const message =
    given.code === undefined
      ? 'The provider does not know this login, or something in it is wrong. Please try again.'
      : 'The verification code is wrong. Please sign in again.'
  return show(world, title, loginForm(target, provider, given, message))
}

const isOver = ({ status }: ConnectWebview): boolean => status !== 'pending'

/** The webview that the link is good for. */
const webviewOf = (world: World, given: Params): ConnectWebview | undefined => {
  const webview = world.connect_webviews.get(given.connect_webview_id)
  return webview !== undefined && pageToken(world, webview) === given.auth_token
    ? webview
    : undefined
}

/** Longer than any first sync: a page that waits for devices answers when they are there. Ms. */
const DEVICES_TIMEOUT = 60_000

const respond = async (
  { universe, services }: UnscopedContext,
  given: Params,
  isForm: boolean,
): Promise<Answer> => {
  // The token says in which workspace the webview is.
  const workspace_id = given.auth_token.slice(0, given.auth_token.lastIndexOf('.'))
  if (!universe.exists(workspace_id)) return unknownLink()
  const first = universe.write(workspace_id, (world) => {
    const webview = webviewOf(world, given)
    if (webview === undefined) return unknownLink()
    if (isOver(webview)) return showEnd(world, webview)
    // A reload while the devices are being read.
    if (webview.selected_provider !== null) return 'accepted'
    return isForm ? submit(world, webview, given) : showForm(world, webview, given)
  })
  if (first !== 'accepted') return first
  await services.waitUntil(
    workspace_id,
    (world) => {
      const webview = webviewOf(world, given)
      return webview === undefined || isOver(webview) ? true : undefined
    },
    DEVICES_TIMEOUT,
  )
  return goTo(linkOf(given))
}

/**
 * The page to which `connect_webview.url` leads. A webview that waits for its devices is answered
 * when they are there; a frozen clock leaps to that instant.
 */
export const connectWebviewPage = pageEndpoint({
  path: '/connect_webviews/view',
  summary: 'The page on which the owner of devices signs in at their provider.',
  params,
  respond: (context, given) => respond(context, given, context.body !== ''),
  refusal: (message) =>
    show(null, 'This did not work', html`<p class="alert" role="alert">${message}</p>`, 400),
})
