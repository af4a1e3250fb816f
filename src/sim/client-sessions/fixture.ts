/** What a fixture may say of a client session: one that is open at its world's first instant. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'

/** As long as those that the API makes when nobody says how long: a year. Ms. */
const LIFETIME = 365 * 24 * 3_600_000

const item = () =>
  z.strictObject({
    client_session_id: fixtureId('Its id.'),
    token: fixtureId('The token that opens it.'),
    user_identifier_key: fixtureText('The user that it is of.').optional(),
    user_identity_id: fixtureId('The user identity that it is of.').optional(),
    connected_account_ids: z
      .array(fixtureId('An account.'))
      .default([])
      .describe('The accounts that it reaches.'),
    connect_webview_ids: z
      .array(fixtureId('A webview.'))
      .default([])
      .describe('The webviews that it reaches.'),
  })

export const clientSessionsFixture = fixturePart({
  list: 'client_sessions',
  description: 'Client sessions that are open.',
  item,
  unique: ['client_session_id', 'token'],
  references: [
    { field: 'connected_account_ids', to: 'connected_accounts', noun: 'connected account' },
    { field: 'connect_webview_ids', to: 'connect_webviews', noun: 'connect webview' },
  ],
  apply: (world, { user_identifier_key, user_identity_id, ...session }) => {
    const { now } = world
    world.client_sessions.insert({
      ...session,
      user_identifier_key: user_identifier_key ?? null,
      user_identity_id: user_identity_id ?? null,
      customer_key: null,
      expires_at: now + LIFETIME,
      revoked_at: null,
      created_at: now,
    })
    // A token opens one session: in a later world of the same fixture nobody signs in with it.
    const { token, client_session_id } = session
    if (!world.tokens.isTaken(token)) world.tokens.issue('client_session', token, client_session_id)
  },
})
