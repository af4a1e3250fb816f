/** Every endpoint of Seam's API, asked by every kind of caller, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AuthMethod } from '../../../src/api/http/auth.ts'
import { endpoints } from '../../../src/api/seam/index.ts'
import { home, startPlaces } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
/** The headers of each kind of caller, all of one workspace. */
let callers: Record<string, { method: AuthMethod; headers: Record<string, string> }>

beforeAll(async () => {
  emulator = await startPlaces()
  const place = emulator.open('callers')
  const { workspace_id } = await place.seam.workspaces.get()
  const session = await place.seam.clientSessions.create({
    connected_account_ids: [home.august_account],
  })
  const customer = await place.seam.clientSessions.create({ customer_key: 'acme' })
  const pat = { authorization: 'Bearer seam_at_test_callers' }
  callers = {
    'an API key': { method: 'api_key', headers: { authorization: 'Bearer seam_test_callers' } },
    'a personal access token with a workspace': {
      method: 'pat_with_workspace',
      headers: { ...pat, 'seam-workspace': workspace_id },
    },
    'a personal access token without one': { method: 'pat_without_workspace', headers: pat },
    'a client session as bearer': {
      method: 'client_session',
      headers: { authorization: `Bearer ${session.token}` },
    },
    'a client session by client-session-token': {
      method: 'client_session',
      headers: { 'client-session-token': session.token },
    },
    'a client session by seam-client-session-token': {
      method: 'client_session',
      headers: { 'seam-client-session-token': session.token },
    },
    'a client session of a customer': {
      method: 'client_session_with_customer',
      headers: { authorization: `Bearer ${customer.token}` },
    },
    'a publishable key': {
      method: 'publishable_key',
      headers: { 'seam-publishable-key': 'seam_pk_test_callers' },
    },
  }
})
afterAll(() => emulator.stop())

const errorType = z.object({ error: z.object({ type: z.string() }) })

/** Asks with input that no endpoint accepts, so that an accepted caller changes nothing. */
const ask = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(`${emulator.running.endpoint}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '[1]',
  })
  const type = errorType.safeParse(await response.json()).data?.error.type
  return { status: response.status, type }
}

describe.each(endpoints.map(({ path, auth }) => ({ path, auth })))('$path', ({ path, auth }) => {
  test('lets in exactly the callers that the specification names', async () => {
    for (const [name, { method, headers }] of Object.entries(callers)) {
      const { status, type } = await ask(path, headers)
      const isLetIn = auth.includes(method)
      expect(status === 401, `${name}: ${status} ${type ?? ''}`).toBe(!isLetIn)
    }
  })

  test('lets in nobody without credentials, nor with any that are unknown', async () => {
    expect(await ask(path, {})).toEqual({ status: 401, type: 'unauthorized' })
    const unknown = { authorization: 'Bearer seam_live_unknown' }
    expect(await ask(path, unknown)).toEqual({ status: 401, type: 'unauthorized' })
  })
})

test('whatever one workspace makes, no key of another finds', async () => {
  const mine = emulator.open('mine')
  const yours = emulator.open('yours')
  const { access_code_id } = await mine.seam.accessCodes.create({ device_id: home.august })
  const { webhook_id } = await mine.seam.webhooks.create({ url: 'http://127.0.0.1:9/hook' })
  const { connect_webview_id } = await mine.seam.connectWebviews.create()
  const { client_session_id } = await mine.seam.clientSessions.create({})
  const { action_attempt_id } = await mine.seam.locks.unlockDoor(
    { device_id: home.august },
    { waitForActionAttempt: false },
  )
  const [event] = await mine.events()
  const asked: [string, Record<string, unknown>][] = [
    ['/access_codes/get', { access_code_id }],
    ['/access_codes/update', { access_code_id, name: 'x' }],
    ['/access_codes/delete', { access_code_id }],
    ['/webhooks/get', { webhook_id }],
    ['/webhooks/delete', { webhook_id }],
    ['/connect_webviews/get', { connect_webview_id }],
    ['/connect_webviews/delete', { connect_webview_id }],
    ['/client_sessions/get', { client_session_id }],
    ['/client_sessions/grant_access', { client_session_id }],
    ['/client_sessions/delete', { client_session_id }],
    ['/action_attempts/get', { action_attempt_id }],
  ]
  for (const [path, body] of asked) {
    expect(await yours.raw(path, body), path).toMatchObject({ status: 404 })
  }
  expect(await yours.raw('/events/get', { event_id: event?.event_id })).toMatchObject({
    status: 200,
    body: { ok: true },
  })
  expect(await yours.seam.connectWebviews.list()).toEqual([])
  expect(await yours.seam.clientSessions.list()).toEqual([])
  expect(await yours.events()).toEqual([])
})
