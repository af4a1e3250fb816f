/** Connected accounts. */
import { z } from 'zod'
import { id } from './fields.ts'
import { acts, controlRoute } from './route.ts'
import { connectedAccount } from './seam.ts'

export const connectedAccountRoutes = {
  request_reauthorization: controlRoute({
    path: '/_emulator/connected_accounts/request_reauthorization',
    methods: acts,
    summary:
      'The provider asks the owner of an account to sign in again; everything works until then.',
    params: () =>
      z.strictObject({
        connected_account_id: id().meta({
          description: 'The account: its `connected_account_id`.',
          examples: ['a0000000-0000-4000-8000-000000000001'],
        }),
      }),
    result: () => ({ connected_account: connectedAccount() }),
    example: () => ({ connected_account_id: 'a0000000-0000-4000-8000-000000000001' }),
  }),
}
