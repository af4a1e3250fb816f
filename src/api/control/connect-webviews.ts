import { z } from 'zod'
import {
  FIRST_SYNC_JOB,
  failWebview,
  requireOffered,
  signIn,
} from '../../sim/connect-webviews/login.ts'
import {
  devicesOfLogin,
  offeredProviders,
  rightAnswers,
} from '../../sim/connect-webviews/providers.ts'
import { requireWebview } from '../../sim/connect-webviews/rows.ts'
import { requireAccount } from '../../sim/connected-accounts/operations.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import { dueAt } from '../../sim/kernel/jobs.ts'
import { answerRoute } from './endpoint.ts'
import { connectWebviewRoutes } from '../../contract/connect-webviews.ts'
import { presentConnectWebview } from '../seam/connect-webviews/wire.ts'
import { presentConnectedAccount } from '../seam/connected-accounts/wire.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'
import { connectWebview } from '../seam/connect-webviews/wire.ts'
import { connectedAccount } from '../seam/connected-accounts/wire.ts'
import { device, unmanagedDevice } from '../seam/devices/wire.ts'
import { desc, is, orderBy } from '../../db/conditions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'
import { devices } from '../../db/tables/devices.ts'

const ofWebview = is(connected_accounts.connect_webview_id)
const newestFirst = orderBy(connected_accounts, (c) => [desc(c.seq)])
const ofAccount = is(devices.connected_account_id)

/** Longer than any first sync, ms. */
const SYNC_TIMEOUT = 60_000

const complete = answerRoute(
  connectWebviewRoutes.complete,
  {
    effect: 'async',
    handler: async ({ workspace_id, services, origin, read, write }, params) => {
      const { connect_webview_id, wait_for_devices } = params
      const account_id = write((world) => {
        const webview = requireWebview(world, connect_webview_id)
        const [first] = offeredProviders(webview)
        const provider = requireOffered(webview, params.provider ?? first?.key ?? 'any provider')
        const login = params.email?.toLowerCase()
        if (login !== undefined && devicesOfLogin(provider, login) === null) {
          const known = Object.keys(provider.logins).join(', ')
          throw invalidInput(
            'email',
            `${provider.display_name} has no sandbox login ${login}; it has ${known}`,
          )
        }
        signIn(world, connect_webview_id, provider.key, rightAnswers(provider, login))
        return world.connected_accounts.first(ofWebview(connect_webview_id), {
          order: newestFirst,
          limit: 1,
        })?.connected_account_id
      })
      if (account_id === undefined) throw new Error('The login brought no account')
      if (
        wait_for_devices ||
        read((world) => requireWebview(world, connect_webview_id)).status === 'pending'
      ) {
        await services.waitUntil(
          workspace_id,
          (world) => (dueAt(world, FIRST_SYNC_JOB, account_id) === null ? true : undefined),
          SYNC_TIMEOUT,
        )
      }
      return read((world) => ({
        connect_webview: presentConnectWebview(
          world,
          origin,
          requireWebview(world, connect_webview_id),
        ),
        connected_account: presentConnectedAccount(requireAccount(world, account_id)),
        devices: world.devices
          .all(ofAccount(account_id))
          .map((row) => (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row)),
      }))
    },
  },
  {
    exact: () => ({
      connect_webview: connectWebview(),
      connected_account: connectedAccount(),
      devices: z.array(z.union([device(), unmanagedDevice()])),
    }),
  },
)

const fail = answerRoute(
  connectWebviewRoutes.fail,
  {
    effect: 'write',
    handler: ({ world, origin }, { connect_webview_id }) => {
      failWebview(world, connect_webview_id)
      return {
        connect_webview: presentConnectWebview(
          world,
          origin,
          requireWebview(world, connect_webview_id),
        ),
      }
    },
  },
  { exact: () => ({ connect_webview: connectWebview() }) },
)

export const connectWebviewControlEndpoints = [complete, fail]
