import type { Credential } from '../../db/tables/credentials.ts'
import { devicesSeen } from '../../sim/accessible-devices.ts'
import { accountsSeen } from '../../sim/client-sessions/operations.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { apiError } from './errors.ts'
import type { ApiError } from './errors.ts'

/** The ways to sign in, by their names in Seam's OpenAPI document. */
export type AuthMethod =
  | 'api_key'
  | 'pat_with_workspace'
  | 'pat_without_workspace'
  | 'console_session_with_workspace'
  | 'console_session_without_workspace'
  | 'client_session'
  | 'client_session_with_customer'
  | 'publishable_key'

/** Callers that act for a whole workspace: the least that every endpoint of a workspace accepts. */
export const serverAuth = [
  'api_key',
  'pat_with_workspace',
  'console_session_with_workspace',
] as const satisfies AuthMethod[]

/** The sessions of people besides, but for those of a customer's portal. */
export const withSessions = [...serverAuth, 'client_session'] as const satisfies AuthMethod[]

/** Callers of one person's session besides, who see a part of the workspace. */
export const anyClient = [
  ...serverAuth,
  'client_session',
  'client_session_with_customer',
] as const satisfies AuthMethod[]

/** Who is calling, and what they may see. */
export interface Auth {
  readonly method: AuthMethod | 'none'
  /** Null only where an endpoint accepts callers without a workspace. */
  readonly workspace_id: string | null
  readonly user_id: string | null
  readonly client_session_id: string | null
  /** The customer whose session it is: it sees nothing of others. */
  readonly customer_key: string | null
  /** A session that may look and change nothing. */
  readonly is_read_only: boolean
  /** The person whose session it is. */
  readonly user_identity_id: string | null
  /** The connected accounts a client session was given; null means all. */
  readonly visible_connected_account_ids: readonly string[] | null
  /** The devices that a client session sees besides: those of its person. */
  readonly visible_device_ids: readonly string[]
}

/** What the composition root decides about signing in. */
export interface AuthRules {
  /** Whether the user of a personal access token or console session belongs to the workspace. */
  isMember(user_id: string, workspace_id: string): boolean
  /** Reads a console session's token. Only the vendor's fake has such sessions. */
  consoleSession?(token: string): Credential | undefined
}

type Header = (name: string) => string | undefined

const anonymous: Auth = {
  method: 'none',
  workspace_id: null,
  user_id: null,
  client_session_id: null,
  customer_key: null,
  is_read_only: false,
  user_identity_id: null,
  visible_connected_account_ids: null,
  visible_device_ids: [],
}

const unauthorized = (message: string, type = 'unauthorized'): ApiError =>
  apiError(401, type, message)

const ownKey =
  'Any key of the form seam_test_<label> is accepted and opens a workspace of its own: try seam_test_demo.'

/** The token that the caller shows, by whichever header. Bearer goes first: SDKs send both. */
const presentedToken = (header: Header): string | undefined => {
  const authorization = header('authorization')
  if (authorization !== undefined) {
    const space = authorization.indexOf(' ')
    if (authorization.slice(0, space).toLowerCase() !== 'bearer') {
      throw unauthorized('The authorization header is not of the form "Bearer <token>".')
    }
    return authorization.slice(space + 1).trim()
  }
  return (
    header('client-session-token') ??
    header('seam-client-session-token') ??
    header('seam-publishable-key')
  )
}

/** Says what is wrong with a token nobody issued; never repeats the token, which may be a live one. */
const unknownToken = (token: string): ApiError => {
  if (token.startsWith('seam_cst')) {
    const message = 'This client session token is unknown: create one with /client_sessions/create.'
    return unauthorized(message, 'client_session_not_found')
  }
  if (token.startsWith('seam_pk')) {
    return unauthorized('This publishable key is unknown.', 'invalid_publishable_key')
  }
  if (token.startsWith('seam_at')) {
    return unauthorized(
      `This personal access token is unknown to the emulator; do not send it a live one. ${ownKey}`,
    )
  }
  if (token.startsWith('seam_')) {
    return unauthorized(
      `This API key is unknown to the emulator; do not send it a live one. ${ownKey}`,
    )
  }
  return unauthorized(`This is no token of Seam's kinds, which begin with seam_. ${ownKey}`)
}

/** Whoever still has it would otherwise open, by a call that comes too late, a world nobody deletes. */
const retiredKey = (): ApiError =>
  unauthorized(
    'The workspace of this key was deleted, and the key retired: /_emulator/workspaces/create makes another with it, called with any other key.',
    'workspace_not_found',
  )

const ofClientSession = (universe: Universe, { workspace_id, client_session_id }: Credential) => {
  const row =
    workspace_id === null || client_session_id === null
      ? undefined
      : universe.read(workspace_id, (world) => {
          const session = world.client_sessions.get(client_session_id)
          if (session === undefined) return undefined
          const isExpired = (session.expires_at ?? Infinity) <= world.now
          return {
            session,
            isExpired,
            accounts: accountsSeen(world, session),
            devices: devicesSeen(world, session),
          }
        })
  if (row === undefined) {
    throw unauthorized('This client session was deleted.', 'client_session_not_found')
  }
  const { session, isExpired, accounts, devices } = row
  if (session.revoked_at !== null) {
    throw unauthorized('This client session was revoked.', 'client_session_revoked')
  }
  if (isExpired) {
    throw unauthorized('This client session has expired.', 'client_session_expired')
  }
  return {
    method: session.customer_key === null ? 'client_session' : 'client_session_with_customer',
    workspace_id,
    user_id: null,
    client_session_id,
    customer_key: session.customer_key,
    is_read_only: session.is_read_only === true,
    user_identity_id: session.user_identity_id,
    visible_connected_account_ids: accounts,
    visible_device_ids: devices,
  } as const satisfies Auth
}

/** A user names the workspace with each call, or no workspace at all. */
const ofUser = (rules: AuthRules, credential: Credential, header: Header): Auth => {
  const { kind, user_id } = credential
  const name = kind === 'console_session' ? 'console_session' : 'pat'
  const workspace_id = header('seam-workspace') ?? null
  if (workspace_id !== null && (user_id === null || !rules.isMember(user_id, workspace_id))) {
    const message = `The workspace ${workspace_id} of the seam-workspace header does not exist, or this token's user does not belong to it: see /workspaces/list.`
    throw unauthorized(message, 'workspace_not_found')
  }
  return {
    method: workspace_id === null ? `${name}_without_workspace` : `${name}_with_workspace`,
    workspace_id,
    user_id,
    client_session_id: null,
    customer_key: null,
    is_read_only: false,
    user_identity_id: null,
    visible_connected_account_ids: null,
    visible_device_ids: [],
  }
}

const identify = (universe: Universe, rules: AuthRules, header: Header): Auth => {
  const token = presentedToken(header)
  if (token === undefined || token === '') {
    throw unauthorized(`No credentials: send "Authorization: Bearer <api key>". ${ownKey}`)
  }
  const credential = token.startsWith('ey')
    ? rules.consoleSession?.(token)
    : universe.findCredential(token)
  if (credential === undefined) throw unknownToken(token)
  const { kind, workspace_id, user_id } = credential
  if (kind === 'retired_key') throw retiredKey()
  if (kind === 'client_session') return ofClientSession(universe, credential)
  if (kind === 'personal_access_token' || kind === 'console_session') {
    return ofUser(rules, credential, header)
  }
  return {
    method: kind,
    workspace_id,
    user_id,
    client_session_id: null,
    customer_key: null,
    is_read_only: false,
    user_identity_id: null,
    visible_connected_account_ids: null,
    visible_device_ids: [],
  }
}

/** What to do instead, for a caller that is known but not accepted here. */
const advice = (method: AuthMethod | 'none', accepted: readonly AuthMethod[]): string => {
  if (method.endsWith('_without_workspace')) {
    return 'Name the workspace in the seam-workspace header.'
  }
  return `Accepted here: ${accepted.join(', ')}.`
}

/**
 * Finds out who is calling.
 *
 * @param accepted the ways to sign in that the endpoint accepts; none means that anyone may call.
 * @throws 401, of the type that Seam gives the case
 */
export const authorize = (
  universe: Universe,
  rules: AuthRules,
  accepted: readonly AuthMethod[],
  header: Header,
): Auth => {
  if (accepted.length === 0) return anonymous
  const auth = identify(universe, rules, header)
  if (auth.method !== 'none' && accepted.includes(auth.method)) return auth
  const given = auth.method.replaceAll('_', ' ')
  throw unauthorized(`This endpoint does not accept a ${given}. ${advice(auth.method, accepted)}`)
}

/** What a session that may only look is told. @throws 401 unauthorized */
export const refuseWrites = (auth: Auth, effect: 'read' | 'write' | 'async' | 'unscoped'): void => {
  if (auth.is_read_only && effect !== 'read')
    throw unauthorized('This client session is read-only: it may not change anything.')
}
