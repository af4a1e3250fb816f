import { z } from 'zod'
import { FIRST_SYNC_JOB, requireOffered, signIn } from '../../sim/connect-webviews/login.ts'
import { finishFirstSync } from '../../sim/connect-webviews/first-sync.ts'
import { offeredProviders, rightAnswers } from '../../sim/connect-webviews/providers.ts'
import { requireWebview } from '../../sim/connect-webviews/rows.ts'
import { notFound } from '../../sim/kernel/errors.ts'
import { cancelJob } from '../../sim/kernel/jobs.ts'
import type { World } from '../../sim/kernel/world.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { workspaceWith } from './workspaces.ts'
import { desc, is, orderBy } from '../../db/conditions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'

const ofWebview = is(connected_accounts.connect_webview_id)
const newestFirst = orderBy(connected_accounts, (c) => [desc(c.seq)])

/** The fake gives a new account to the workspace's first session, whose webview it may not be. */
const giveToFirstSession = (world: World, connected_account_id: string): void => {
  const session = world.client_sessions.first([], { limit: 1 })
  if (session === undefined || session.connected_account_ids.includes(connected_account_id)) return
  world.client_sessions.update(session.client_session_id, {
    connected_account_ids: [...session.connected_account_ids, connected_account_id],
  })
}

/** Signs in with the fake's provider if it is offered; account and devices are there at once. */
const complete = (world: World, connect_webview_id: string): void => {
  const webview = requireWebview(world, connect_webview_id)
  // The fake completes a webview as often as it is asked to.
  if (webview.status === 'authorized') return
  const offered = offeredProviders(webview)
  const choice = offered.find(({ key }) => key === 'august') ?? offered[0]
  const provider = requireOffered(webview, choice?.key ?? 'any provider')
  signIn(world, connect_webview_id, provider.key, rightAnswers(provider, undefined))
  const account = world.connected_accounts.first(ofWebview(connect_webview_id), {
    order: newestFirst,
    limit: 1,
  })
  if (account === undefined) throw new Error('The login brought no account')
  const { connected_account_id } = account
  cancelJob(world, FIRST_SYNC_JOB, connected_account_id)
  finishFirstSync(world, connected_account_id)
  giveToFirstSession(world, connected_account_id)
}

export const completeWebviewEndpoint = defineEndpoint({
  path: '/_fake/complete_connect_webview',
  methods: ['POST'],
  auth: [],
  summary: 'Signs in on a Connect Webview: an account with its devices appears.',
  effect: 'unscoped',
  params: () => z.object({ connect_webview_id: z.string() }),
  result: () => ({}),
  handler: ({ universe }, { connect_webview_id }) => {
    const workspace_id = workspaceWith(
      universe,
      (world) => world.connect_webviews.get(connect_webview_id) !== undefined,
    )
    if (workspace_id === undefined) throw notFound('connect_webview', { connect_webview_id })
    universe.write(workspace_id, (world) => complete(world, connect_webview_id))
    return {}
  },
})
