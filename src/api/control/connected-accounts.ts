import { z } from 'zod'
import { requestReauthorization, requireAccount } from '../../sim/connected-accounts/operations.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { id } from '../http/fields.ts'
import { presentConnectedAccount } from '../seam/connected-accounts/wire.ts'
import { connectedAccount } from '../seam/connected-accounts/wire.ts'

const reauthorize = defineEndpoint({
  path: '/_emulator/connected_accounts/request_reauthorization',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'The provider asks the owner of an account to sign in again; everything works until then.',
  effect: 'write',
  params: () => z.strictObject({ connected_account_id: id() }),
  result: () => ({ connected_account: connectedAccount() }),
  handler: ({ world }, { connected_account_id }) => {
    requestReauthorization(world, connected_account_id)
    return {
      connected_account: presentConnectedAccount(requireAccount(world, connected_account_id)),
    }
  },
})

export const connectedAccountControlEndpoints = [reauthorize]
