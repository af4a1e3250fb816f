import { requestReauthorization, requireAccount } from '../../sim/connected-accounts/operations.ts'
import { answerRoute } from './endpoint.ts'
import { connectedAccountRoutes } from '../../contract/connected-accounts.ts'
import { presentConnectedAccount } from '../seam/connected-accounts/wire.ts'
import { connectedAccount } from '../seam/connected-accounts/wire.ts'

const reauthorize = answerRoute(
  connectedAccountRoutes.request_reauthorization,
  {
    effect: 'write',
    handler: ({ world }, { connected_account_id }) => {
      requestReauthorization(world, connected_account_id)
      return {
        connected_account: presentConnectedAccount(requireAccount(world, connected_account_id)),
      }
    },
  },
  { exact: () => ({ connected_account: connectedAccount() }) },
)

export const connectedAccountControlEndpoints = [reauthorize]
