import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '../../../src/emulator.ts'
import { startTestEmulator } from '../../support/emulator.ts'

let emulator: RunningEmulator
let plain: RunningEmulator
beforeAll(async () => {
  emulator = await startTestEmulator({ clock: { mode: 'realtime' }, fixture: 'vendor-fake' })
  plain = await startTestEmulator({ clock: { mode: 'realtime' } })
})
afterAll(async () => {
  await emulator.close()
  await plain.close()
})

const key1 = { authorization: 'Bearer seam_apikey1_token' }
const key2 = { authorization: 'Bearer seam_apikey2_token' }

const reply = z.looseObject({
  ok: z.boolean().optional(),
  error: z.object({ type: z.string() }).optional(),
  devices: z.array(z.looseObject({ device_id: z.string(), workspace_id: z.string() })).optional(),
  action_attempt: z.looseObject({ action_attempt_id: z.string(), status: z.string() }).optional(),
})

const call = async (
  path: string,
  body?: unknown,
  headers: Record<string, string> = key1,
  method = 'POST',
) => {
  const response = await fetch(`${emulator.endpoint}${path}`, {
    method: body === undefined ? 'GET' : method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const { status } = response
  return {
    status,
    text,
    response,
    json: text.startsWith('{') ? reply.parse(JSON.parse(text)) : reply.parse({}),
  }
}

const idsOf = ({ json }: Awaited<ReturnType<typeof call>>) =>
  (json.devices ?? []).map((device) => device.device_id)

const unlock = async () => {
  const { json } = await call('/locks/unlock_door', { device_id: 'august_device_1' })
  return json.action_attempt ?? expect.unreachable()
}
const attemptNow = async (action_attempt_id: string) =>
  (await call('/action_attempts/get', { action_attempt_id })).json.action_attempt

const jwt = (claims: object, secret = 'secret') => {
  const text = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

describe('an emulator started in place of the vendor fake', () => {
  it('says that it is well, to anybody', async () => {
    expect(await call('/health', undefined, {})).toMatchObject({ status: 200, json: { ok: true } })
  })

  it('tells the ids and tokens of its seed', async () => {
    const { json } = await call('/_fake/default_seed', undefined, {})
    expect(json).toMatchObject({
      seam_apikey1_token: 'seam_apikey1_token',
      seam_at1_token: 'seam_at1_longtoken',
      schlage_device_1: 'schlage_device_id',
      bridge_client_session_token: 'bcs1_token',
    })
    expect(Object.keys(json)).toHaveLength(23)
  })

  it('has the five devices of the seed in the first workspace, and none in the second', async () => {
    const first = await call('/devices/list')
    expect(idsOf(first)).toEqual([
      'august_device_1',
      'august_device_2',
      'schlage_device_id',
      'minut_device_1',
      'ecobee_device_1',
    ])
    expect(idsOf(await call('/devices/list', undefined, key2))).toEqual([])
    const { json } = await call('/_fake/database', undefined, {})
    expect(json.devices).toEqual(first.json.devices)
  })

  it('opens no world for a key that is not of the seed', async () => {
    const stranger = { authorization: 'Bearer seam_test_other' }
    expect(await call('/devices/list', undefined, stranger)).toMatchObject({ status: 401 })
  })
})

describe('signing in', () => {
  const one = { 'seam-workspace': 'seed_workspace_1' }
  const two = { 'seam-workspace': 'seed_workspace_2' }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const session = jwt({ user_id: 'john_user_id', key: 'john_user_key' })

  it.each([
    ['a client session, which sees its account only', bearer('seam_cst1_token'), 4],
    ['a client session by its own header', { 'client-session-token': 'seam_cst1_token' }, 4],
    ['a personal access token', { ...bearer('seam_at1_longtoken'), ...one }, 5],
    ['a console session', { ...bearer(session), ...one }, 5],
  ])('by %s', async (_, headers: Record<string, string>, devices) => {
    expect(idsOf(await call('/devices/list', undefined, headers))).toHaveLength(devices)
  })

  it.each([
    ['a workspace its user is not in', { ...bearer('seam_at1_longtoken'), ...two }],
    ['a workspace that does not exist', { ...bearer('seam_at1_longtoken'), 'seam-workspace': 'x' }],
    [
      'a console session of another signature',
      { ...bearer(jwt({ user_id: 'john_user_id', key: 'john_user_key' }, 'other')), ...one },
    ],
    [
      'a console session of another user',
      { ...bearer(jwt({ user_id: 'jane_user_id', key: 'john_user_key' })), ...one },
    ],
    ['half a JWT', { ...bearer('eyJ.e30'), ...one }],
    ['what a console session is kept under', { ...bearer('console session'), ...one }],
  ])('not by %s', async (_, headers: Record<string, string>) => {
    expect(await call('/devices/list', undefined, headers)).toMatchObject({ status: 401 })
  })
})

describe('what suites written for the fake expect of its seed', () => {
  const made = z.object({ access_code: z.object({ status: z.string(), code: z.string() }) })
  const create = async (more: object = {}) => {
    const { text } = await call('/access_codes/create', { device_id: 'august_device_2', ...more })
    return made.parse(JSON.parse(text)).access_code
  }

  it('an access code is being set in the answer that makes it, and set a moment later', async () => {
    expect(await create()).toMatchObject({ status: 'setting' })
    expect(await create({ sync: true })).toMatchObject({ status: 'set' })
  })

  it('the noise sensor has one threshold, for the whole day', async () => {
    const { text } = await call('/noise_sensors/noise_thresholds/list', {
      device_id: 'minut_device_1',
    })
    expect(JSON.parse(text)).toMatchObject({
      noise_thresholds: [{ name: 'builtin_normal_hours', noise_threshold_decibels: 60 }],
    })
    expect(JSON.parse(text)).not.toHaveProperty('noise_thresholds.1')
  })
})

describe('action attempts', () => {
  it('are pending first, and settled when they are next read', async () => {
    const attempt = await unlock()
    expect(attempt.status).toBe('pending')
    const settled = await attemptNow(attempt.action_attempt_id)
    expect(settled).toMatchObject({ status: 'success' })
    expect(await attemptNow(attempt.action_attempt_id)).toEqual(settled)
  })

  it.each(['POST', 'PATCH'])('stay as %s _fake/update_action_attempt puts them', async (method) => {
    const attempt = await unlock()
    const { action_attempt_id } = attempt
    const put = (state: object) =>
      call('/_fake/update_action_attempt', { action_attempt_id, ...state }, {}, method)

    expect(await put({ status: 'pending' })).toMatchObject({ status: 200 })
    expect(await attemptNow(action_attempt_id)).toEqual(attempt)
    expect(await attemptNow(action_attempt_id)).toEqual(attempt)

    const error = { type: 'foo', message: 'Failed' }
    await put({ error, status: 'error' })
    expect(await attemptNow(action_attempt_id)).toMatchObject({
      status: 'error',
      error,
      result: null,
    })

    await put({ status: 'success' })
    expect(await attemptNow(action_attempt_id)).toMatchObject({ status: 'success', error: null })
  })

  it.each([
    [{ action_attempt_id: 'nobody', status: 'pending' }, 404, 'action_attempt_not_found'],
    [{ action_attempt_id: 'nobody', status: 'lost' }, 400, 'invalid_input'],
    [{ action_attempt_id: 'nobody', status: 'error' }, 400, 'invalid_input'],
  ])('%j is refused', async (body, status, type) => {
    expect(await call('/_fake/update_action_attempt', body, {})).toMatchObject({
      status,
      json: { error: { type } },
    })
  })
})

describe('outages', () => {
  const take = (routes: string[], workspace_id = 'seed_workspace_1') =>
    call('/_fake/simulate_workspace_outage', { workspace_id, routes }, {})

  it('answer an empty 503 for the paths of one workspace, until they are ended', async () => {
    await take(['/locks/list', '/devices/list'])
    for (const body of [undefined, {}, { device_ids: 4242 }]) {
      const { status, text, response } = await call('/devices/list', body)
      expect([status, text, response.headers.get('content-type')]).toEqual([503, '', null])
      expect(response.headers.get('retry-after')).toBe(null)
    }
    expect(await call('/devices/list?limit=1')).toMatchObject({ status: 503 })
    expect(await call('/devices/list', undefined, key2)).toMatchObject({ status: 200 })
    expect(await call('/devices/get?device_id=august_device_1')).toMatchObject({ status: 200 })
    const wrong = { authorization: 'Bearer seam_wrong' }
    expect(await call('/devices/list', undefined, wrong)).toMatchObject({ status: 401 })

    await take(['/locks/list'])
    expect(await call('/devices/list')).toMatchObject({ status: 200 })
    expect(await call('/locks/list')).toMatchObject({ status: 503 })
    await take([])
    expect(await call('/locks/list')).toMatchObject({ status: 200 })
  })

  it('need a workspace that exists', async () => {
    expect(await take([], 'nowhere')).toMatchObject({
      status: 404,
      json: { error: { type: 'workspace_not_found' } },
    })
  })
})

describe('connect webviews', () => {
  const complete = (connect_webview_id: string) =>
    call('/_fake/complete_connect_webview', { connect_webview_id }, {})

  it('are completed by a route, with an account and devices at once', async () => {
    const before = idsOf(await call('/devices/list'))
    const { text } = await call('/connect_webviews/create', {})
    const { connect_webview } = z
      .object({ connect_webview: z.object({ connect_webview_id: z.string() }) })
      .parse(JSON.parse(text))
    const { connect_webview_id } = connect_webview
    expect(await complete(connect_webview_id)).toMatchObject({ status: 200, json: { ok: true } })
    expect(await complete(connect_webview_id)).toMatchObject({ status: 200 })
    const webview = await call('/connect_webviews/get', { connect_webview_id })
    expect(JSON.parse(webview.text)).toMatchObject({
      connect_webview: { status: 'authorized', login_successful: true },
    })
    const after = idsOf(await call('/devices/list'))
    expect(after.length).toBeGreaterThan(before.length)
    const session = { authorization: 'Bearer seam_cst1_token' }
    const added = after.filter((id) => !before.includes(id))
    expect(idsOf(await call('/devices/list', undefined, session))).toEqual(
      expect.arrayContaining(added),
    )
  })

  it('of the seed can be read', async () => {
    const { text } = await call('/connect_webviews/get', { connect_webview_id: 'connect_webview1' })
    expect(JSON.parse(text)).toMatchObject({
      connect_webview: { connected_account_id: 'john_connected_account_id', status: 'authorized' },
    })
    expect(await complete('nowhere')).toMatchObject({
      status: 404,
      json: { error: { type: 'connect_webview_not_found' } },
    })
  })
})

describe('resetting the sandbox', () => {
  it('keeps the keys, and brings the seed back', async () => {
    const before = await call('/devices/list')
    await call('/devices/update', { device_id: 'august_device_1', name: 'Changed' })
    const { json } = await call('/workspaces/reset_sandbox', {})
    const { action_attempt_id } = json.action_attempt ?? expect.unreachable()
    const settled = { action_attempt_id, status: 'success', timeout: '10s' }
    expect(await call('/_emulator/wait_until', settled)).toMatchObject({ status: 200 })
    const after = await call('/devices/list')
    expect(idsOf(after)).toEqual([
      'august_device_1',
      'august_device_2',
      'schlage_device_id',
      'minut_device_1',
      'ecobee_device_1',
    ])
    expect(after.text).not.toContain('Changed')
    expect(before.text).toContain('Fake August Lock 1')
    const session = { authorization: 'Bearer seam_cst1_token' }
    expect(idsOf(await call('/devices/list', undefined, session))).toHaveLength(4)
    expect(await call('/devices/list', undefined, key2)).toMatchObject({ status: 200 })
  })
})

describe('any other emulator', () => {
  it('has /health, but none of the routes that act on everything without a key', async () => {
    expect((await fetch(`${plain.endpoint}/health`)).status).toBe(200)
    for (const route of ['default_seed', 'database', 'update_action_attempt']) {
      const response = await fetch(`${plain.endpoint}/_fake/${route}`, { method: 'POST' })
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('--seed')
    }
  })
})
