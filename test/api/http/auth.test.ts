import { beforeEach, describe, expect, it } from 'vitest'
import { authorize, serverAuth } from '../../../src/api/http/auth.ts'
import type { AuthMethod, AuthRules } from '../../../src/api/http/auth.ts'
import type { Universe } from '../../../src/sim/kernel/universe.ts'
import { addCredential, createTestUniverse, present } from '../../support/api-universe.ts'

let universe: Universe
const rules: AuthRules = {
  isMember: (user_id, workspace_id) => user_id === 'john' && workspace_id === 'one',
  consoleSession: (token) =>
    token === 'eyJ.console'
      ? {
          token,
          kind: 'console_session',
          workspace_id: null,
          name: null,
          user_id: 'john',
          client_session_id: null,
          created_at: present,
        }
      : undefined,
}

const addSession = (
  id: string,
  details: { expires_at?: number; revoked_at?: number; customer_key?: string } = {},
) => {
  const token = `seam_cst1_${id}`
  universe.world('one').client_sessions.insert({
    client_session_id: id,
    token,
    user_identifier_key: null,
    user_identity_id: null,
    customer_key: details.customer_key ?? null,
    connected_account_ids: ['account_1'],
    connect_webview_ids: [],
    expires_at: details.expires_at ?? present + 1,
    revoked_at: details.revoked_at ?? null,
    created_at: present,
  })
  addCredential(universe, token, 'client_session', { workspace_id: 'one', client_session_id: id })
  return token
}

beforeEach(() => {
  universe = createTestUniverse()
  addCredential(universe, 'seam_at1_john', 'personal_access_token', { user_id: 'john' })
  addCredential(universe, 'seam_pk1_one', 'publishable_key', { workspace_id: 'one' })
})

const everyone: AuthMethod[] = [
  ...serverAuth,
  'client_session',
  'client_session_with_customer',
  'publishable_key',
  'pat_without_workspace',
  'console_session_without_workspace',
]
const signIn = (headers: Record<string, string>, accepted = everyone) =>
  authorize(universe, rules, accepted, (name) => headers[name])
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const inOne = { 'seam-workspace': 'one' }

describe('each way to sign in', () => {
  it.each([
    ['an API key', bearer('seam_test_one'), 'api_key', 'one'],
    ['bearer in lower case', { authorization: 'bearer seam_test_one' }, 'api_key', 'one'],
    [
      'a personal access token',
      { ...bearer('seam_at1_john'), ...inOne },
      'pat_with_workspace',
      'one',
    ],
    ['… without a workspace', bearer('seam_at1_john'), 'pat_without_workspace', null],
    [
      'a console session',
      { ...bearer('eyJ.console'), ...inOne },
      'console_session_with_workspace',
      'one',
    ],
    ['… without a workspace', bearer('eyJ.console'), 'console_session_without_workspace', null],
    ['a publishable key', { 'seam-publishable-key': 'seam_pk1_one' }, 'publishable_key', 'one'],
  ])('%s', (_, headers: Record<string, string>, method, workspace_id) => {
    expect(signIn(headers)).toMatchObject({
      method,
      workspace_id,
      visible_connected_account_ids: null,
    })
  })

  it.each(['authorization', 'client-session-token', 'seam-client-session-token'])(
    'a client session by the header %s, which sees only its accounts',
    (header) => {
      const token = addSession('session_1')
      const value = header === 'authorization' ? `Bearer ${token}` : token
      expect(signIn({ [header]: value })).toEqual({
        method: 'client_session',
        workspace_id: 'one',
        user_id: null,
        client_session_id: 'session_1',
        customer_key: null,
        is_read_only: false,
        user_identity_id: null,
        visible_connected_account_ids: ['account_1'],
        visible_device_ids: [],
      })
    },
  )

  it('a client session of a customer', () => {
    const token = addSession('session_1', { customer_key: 'c' })
    expect(signIn(bearer(token)).method).toBe('client_session_with_customer')
  })

  it('nobody in particular, where anyone may call', () => {
    expect(signIn({}, [])).toMatchObject({ method: 'none', workspace_id: null })
  })
})

describe('401', () => {
  it.each([
    ['no credentials', {}, 'unauthorized', /seam_test_<label>/],
    ['another scheme', { authorization: 'Basic abc' }, 'unauthorized', /Bearer <token>/],
    ['an empty token', { authorization: 'Bearer ' }, 'unauthorized', /No credentials/],
    ['what may be a live key', bearer('seam_live_key'), 'unauthorized', /live one.*seam_test_demo/],
    ['an unknown access token', bearer('seam_at_x'), 'unauthorized', /personal access token/],
    [
      'an unknown client session',
      bearer('seam_cst_123'),
      'client_session_not_found',
      /client session/,
    ],
    [
      'an unknown publishable key',
      { 'seam-publishable-key': 'seam_pk_x' },
      'invalid_publishable_key',
      /key/,
    ],
    ['an unknown console session', bearer('eyJ.other'), 'unauthorized', /seam_/],
    ['no token of Seam', bearer('hello'), 'unauthorized', /seam_/],
    [
      'a workspace the user is not in',
      { ...bearer('seam_at1_john'), 'seam-workspace': 'two' },
      'workspace_not_found',
      /two/,
    ],
  ])('%s', (_, headers: Record<string, string>, type, message) => {
    expect(() => signIn(headers)).toThrow(message)
    expect(() => signIn(headers)).toThrow(expect.objectContaining({ status: 401, type }))
  })

  it('never repeats the token', () => {
    expect(() => signIn(bearer('seam_live_secret'))).toThrow(/^(?!.*seam_live_secret)/)
  })

  it('an expired, revoked or deleted client session', () => {
    const expired = addSession('a', { expires_at: present })
    const revoked = addSession('b', { revoked_at: present })
    const deleted = addSession('c')
    universe.world('one').client_sessions.delete('c')
    for (const [token, type] of [
      [expired, 'client_session_expired'],
      [revoked, 'client_session_revoked'],
      [deleted, 'client_session_not_found'],
    ] as const) {
      expect(() => signIn(bearer(token))).toThrow(expect.objectContaining({ status: 401, type }))
    }
  })

  it('a caller that the endpoint does not accept, with what it does accept', () => {
    const token = addSession('session_1')
    expect(() => signIn(bearer(token), [...serverAuth])).toThrow(
      'does not accept a client session. Accepted here: api_key, pat_with_workspace',
    )
    expect(() => signIn(bearer('seam_at1_john'), [...serverAuth])).toThrow(
      'Name the workspace in the seam-workspace header.',
    )
  })
})
