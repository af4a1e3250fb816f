/** The ways to sign in that a fixture hands out. */
import type { Credential } from '../../db/tables/credentials.ts'
import type { Universe } from '../kernel/universe.ts'
import type { World } from '../kernel/world.ts'
import type { Fixture } from './fixture.ts'
import { labelOfTestKey, testTokens } from './test-tokens.ts'

/**
 * What stands in place of a token for a console session, which is found by what its JWT says.
 * Headers carry no line breaks, so nobody can show it as a token.
 */
export const consoleSessionToken = (user_id: string, key: string): string =>
  `console session\n${user_id}\n${key}`

const issue = (
  { db }: Universe,
  credential: Partial<Credential> & Pick<Credential, 'token' | 'kind' | 'created_at'>,
): void => {
  // Worlds made together share their users.
  if (db.credentials.find(credential.token) !== undefined) return
  db.credentials.insert({
    workspace_id: null,
    name: null,
    user_id: null,
    client_session_id: null,
    ...credential,
  })
}

/** Hands out the keys and tokens of a new workspace; they stay when it is reset. */
export const issueKeys = (universe: Universe, world: World, fixture: Fixture): void => {
  const { workspace_id, now } = world
  for (const { token, name } of fixture.api_keys) {
    issue(universe, { token, kind: 'api_key', created_at: now, workspace_id, name: name ?? null })
  }
  if (fixture.publishable_key !== undefined) {
    issue(universe, {
      token: fixture.publishable_key,
      kind: 'publishable_key',
      created_at: now,
      workspace_id,
    })
  }
  for (const { user_id, personal_access_tokens, console_session_keys } of fixture.users) {
    universe.db.memberships.add(user_id, workspace_id)
    for (const token of personal_access_tokens) {
      issue(universe, { token, kind: 'personal_access_token', created_at: now, user_id })
    }
    for (const key of console_session_keys) {
      issue(universe, {
        token: consoleSessionToken(user_id, key),
        kind: 'console_session',
        created_at: now,
        user_id,
      })
    }
  }
}

/**
 * Hands out what every new workspace has: its API key, a publishable key, and beside a test key the
 * personal access token of a user who belongs to the workspace.
 */
export const issueTokens = (
  universe: Universe,
  { workspace_id, now, tokens }: World,
  {
    api_key,
    user_id,
    fixture,
  }: { api_key: string; user_id?: string | undefined; fixture: Fixture },
): void => {
  issue(universe, { token: api_key, kind: 'api_key', created_at: now, workspace_id })
  if (user_id !== undefined) universe.db.memberships.add(user_id, workspace_id)
  const label = labelOfTestKey(api_key)
  if (fixture.publishable_key === undefined) {
    const token =
      label === null
        ? `seam_pk1_${workspace_id.replaceAll('-', '')}`
        : testTokens(label).publishable_key
    tokens.issue('publishable_key', token)
  }
  if (label === null) return
  const own = testTokens(label)
  universe.db.memberships.add(own.user_id, workspace_id)
  issue(universe, {
    token: own.personal_access_token,
    kind: 'personal_access_token',
    created_at: now,
    user_id: own.user_id,
  })
}

/** Takes back the tokens of a world's client sessions. */
export const closeClientSessions = ({ tokens }: World): void => {
  for (const token of tokens.all('client_session')) tokens.withdraw(token)
}
