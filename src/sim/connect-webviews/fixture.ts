/** What a fixture may say of a webview: one that led to an account of its world. */
import { z } from 'zod'
import { fixtureId, fixturePart } from '../kernel/fixture-part.ts'
import { insertWebview } from './rows.ts'

const item = () =>
  z.strictObject({
    connect_webview_id: fixtureId('Its id.'),
    connected_account_id: fixtureId('The account that was connected in it.'),
    accepted_providers: z
      .array(z.string().max(200))
      .default([])
      .describe('The providers that it offered; the first one was chosen.'),
  })

export const connectWebviewsFixture = fixturePart({
  list: 'connect_webviews',
  description: 'Webviews that led to an account of this world.',
  item,
  unique: ['connect_webview_id'],
  references: [
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
  ],
  apply: (world, { connect_webview_id, connected_account_id, accepted_providers }) => {
    insertWebview(world, {
      connect_webview_id,
      status: 'authorized',
      options: { accepted_providers },
      selected_provider: accepted_providers[0] ?? null,
      connected_account_id,
      authorized_at: world.now,
    })
    const account = world.connected_accounts.get(connected_account_id)
    if (account?.connect_webview_id !== null) return
    world.connected_accounts.update(connected_account_id, { connect_webview_id })
  },
})
