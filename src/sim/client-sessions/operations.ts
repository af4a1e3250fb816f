/** Client sessions: tokens for browsers, each of which sees the accounts it was given. */
import type { ClientSession } from '../../db/tables/client-sessions.ts'
import { requireAccount } from '../connected-accounts/operations.ts'
import { requireWebview } from '../connect-webviews/rows.ts'
import { domainError, invalidInput, notFound } from '../kernel/errors.ts'
import { recordEvent } from '../events/record.ts'
import { react } from '../kernel/react.ts'
import { later, toIso } from '../kernel/instant.ts'
import { drawToken } from '../kernel/tokens.ts'
import type { World } from '../kernel/world.ts'
import { personMergedWith, requireLivingIdentity } from '../user-identities/rows.ts'
import { and, desc, eq, gt, isNull, or, is, orderBy, where } from '../../db/conditions.ts'
import { client_sessions } from '../../db/tables/client-sessions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'

const openOfUser = where(client_sessions, ['user_identifier_key', 'expires_at'], (c, its) =>
  and(
    eq(c.user_identifier_key, its.user_identifier_key),
    isNull(c.revoked_at),
    or(isNull(c.expires_at), gt(c.expires_at, its.expires_at)),
  ),
)
const newestFirst = orderBy(client_sessions, (c) => [desc(c.seq)])
const ofIdentity = is(client_sessions.user_identity_id)
const ofCustomer = is(connected_accounts.customer_key)

/** Sessions last a year when nobody says how long (vendor's fake). Ms. */
const LIFETIME = 365 * 24 * 3_600_000

/** What a session may be given. */
export interface Grants {
  connected_account_ids?: readonly string[] | undefined
  connect_webview_ids?: readonly string[] | undefined
  user_identity_id?: string | undefined
}

export interface NewSession extends Grants {
  user_identifier_key?: string | undefined
  customer_key?: string | undefined
  is_read_only?: boolean | undefined
  expires_at?: number | undefined
}

/** @throws client_session_not_found */
export const requireSession = (world: World, client_session_id: string): ClientSession => {
  const session = world.client_sessions.get(client_session_id)
  if (session === undefined) throw notFound('client_session', { client_session_id })
  return session
}

/** The session of a user that can still be used; the newest one of several. */
export const sessionOfUser = (
  { client_sessions: sessions, now }: World,
  user_identifier_key: string,
): ClientSession | undefined =>
  sessions.first(openOfUser({ user_identifier_key, expires_at: now }), {
    order: newestFirst,
    limit: 1,
  })

const checkGrants = (world: World, grants: Grants) => {
  const { connected_account_ids, connect_webview_ids, user_identity_id } = grants
  if (user_identity_id !== undefined) requireLivingIdentity(world, user_identity_id)
  for (const id of connected_account_ids ?? []) requireAccount(world, id)
  for (const id of connect_webview_ids ?? []) requireWebview(world, id)
}

/** The accounts that came through these webviews so far. */
const accountsOfWebviews = (world: World, ids: readonly string[]): string[] =>
  ids
    .map((id) => world.connect_webviews.get(id)?.connected_account_id ?? null)
    .filter((id) => id !== null)

const withGrants = (
  world: World,
  old: { connected_account_ids: string[]; connect_webview_ids: string[] },
  { connected_account_ids = [], connect_webview_ids = [] }: Grants,
) => ({
  connected_account_ids: [
    ...new Set([
      ...old.connected_account_ids,
      ...connected_account_ids,
      ...accountsOfWebviews(world, connect_webview_ids),
    ]),
  ],
  connect_webview_ids: [...new Set([...old.connect_webview_ids, ...connect_webview_ids])],
})

/**
 * Opens a session.
 *
 * @throws client_session_token_already_exists when the user has one; connected_account_not_found,
 *   connect_webview_not_found and user_identity_not_found for what it cannot be given
 */
export const createSession = (world: World, input: NewSession): ClientSession => {
  const { user_identifier_key, expires_at } = input
  if (user_identifier_key !== undefined && sessionOfUser(world, user_identifier_key)) {
    throw domainError(
      'client_session_token_already_exists',
      `There is a client session for the user_identifier_key ${user_identifier_key} already. Use PUT, or /client_sessions/get_or_create, to be given that one.`,
      { data: { user_identifier_key } },
    )
  }
  if (expires_at !== undefined && expires_at <= world.now) {
    throw invalidInput(
      'expires_at',
      `expires_at must be in the future; it is now ${toIso(world.now)} in this workspace`,
    )
  }
  checkGrants(world, input)
  const client_session_id = world.random.uuid('client_session')
  // Tokens are looked up across workspaces, of which several may have the same seed.
  const secret = drawToken(world, `client_session_token ${world.workspace_id}`, 32)
  const token = `seam_cst1${secret.slice(0, 8)}_${secret.slice(8)}`
  world.client_sessions.insert({
    client_session_id,
    token,
    user_identifier_key: user_identifier_key ?? null,
    user_identity_id: input.user_identity_id ?? null,
    customer_key: input.customer_key ?? null,
    is_read_only: input.is_read_only ?? null,
    ...withGrants(world, { connected_account_ids: [], connect_webview_ids: [] }, input),
    expires_at: expires_at ?? later(world.now, LIFETIME),
    revoked_at: null,
    created_at: world.now,
  })
  world.tokens.issue('client_session', token, client_session_id)
  return requireSession(world, client_session_id)
}

/** Gives a session more to see; what it has, it keeps. */
export const grantAccess = (
  world: World,
  session: ClientSession,
  grants: Grants,
): ClientSession => {
  checkGrants(world, grants)
  world.client_sessions.update(session.client_session_id, {
    ...withGrants(world, session, grants),
    user_identity_id: grants.user_identity_id ?? session.user_identity_id,
  })
  return requireSession(world, session.client_session_id)
}

/** The user's session, with these grants as well; a new one when there is none. */
export const getOrCreateSession = (world: World, input: NewSession): ClientSession => {
  const { user_identifier_key } = input
  const known =
    user_identifier_key === undefined ? undefined : sessionOfUser(world, user_identifier_key)
  return known === undefined ? createSession(world, input) : grantAccess(world, known, input)
}

/** The token is good for nothing from now on; the session can still be looked at. */
export const revokeSession = (world: World, client_session_id: string): void => {
  const { revoked_at } = requireSession(world, client_session_id)
  if (revoked_at === null)
    world.client_sessions.update(client_session_id, { revoked_at: world.now })
}

export const deleteSession = (world: World, client_session_id: string): void => {
  const { token } = requireSession(world, client_session_id)
  recordEvent(world, 'client_session.deleted', { client_session_id })
  world.tokens.withdraw(token)
  world.client_sessions.delete(client_session_id)
  react(world, 'client_session_deleted', client_session_id)
}

/** A person who is gone has no session. */
export const deleteSessionsOfIdentity = (world: World, user_identity_id: string): void => {
  for (const { client_session_id } of world.client_sessions.all(ofIdentity(user_identity_id)))
    deleteSession(world, client_session_id)
}

/** The accounts a session sees: those it was given, and a customer's session those of its customer. */
export const accountsSeen = (
  world: World,
  { connected_account_ids, customer_key }: ClientSession,
): string[] =>
  customer_key === null
    ? connected_account_ids
    : [
        ...new Set([
          ...connected_account_ids,
          ...world.connected_accounts
            .all(ofCustomer(customer_key))
            .map((account) => account.connected_account_id),
        ]),
      ]

/** A person was merged into another one, whose sessions these are now. */
export const moveSessionsOfMerged = (world: World, merged_id: string): void => {
  const { user_identity_id } = personMergedWith(world, merged_id)
  for (const { client_session_id } of world.client_sessions.all(ofIdentity(merged_id)))
    world.client_sessions.update(client_session_id, { user_identity_id })
}
