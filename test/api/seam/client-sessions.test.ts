import { SeamHttp } from '@seamapi/http/connect'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { day, home, iso, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const sessionSdk = ({ endpoint }: Place, token: string) =>
  SeamHttp.fromClientSessionToken(token, { endpoint })

const publishableKeyOf = ({ api_key }: Place) => api_key.replace('seam_test_', 'seam_pk_test_')

const withPublishableKey = (place: Place, path: string, body: unknown) =>
  fetch(`${place.endpoint}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'seam-publishable-key': publishableKeyOf(place),
    },
    body: JSON.stringify(body),
  }).then(async (response) => ({
    status: response.status,
    body: z.unknown().parse(await response.json()),
  }))

describe('a session', () => {
  test('has a token, a year to live, and counts the devices it sees', async () => {
    const { seam } = emulator.open()
    const session = await seam.clientSessions.create({
      user_identifier_key: 'jane',
      connected_account_ids: [home.august_account],
    })
    expect(session).toMatchObject({
      user_identifier_key: 'jane',
      connected_account_ids: [home.august_account],
      connect_webview_ids: [],
      user_identity_ids: [],
      device_count: 2,
      expires_at: iso(T0 + 365 * day),
    })
    expect(session.token).toMatch(/^seam_cst1\w{8}_\w{24}$/)
  })

  test('is one per user: POST refuses a second, PUT and get_or_create answer the first', async () => {
    const { seam, raw } = emulator.open()
    const user_identifier_key = 'jane'
    const first = await seam.clientSessions.getOrCreate({ user_identifier_key })
    expect(await raw('/client_sessions/create', { user_identifier_key })).toMatchObject({
      status: 400,
      body: { error: { type: 'client_session_token_already_exists' } },
    })
    expect(await seam.clientSessions.create({ user_identifier_key })).toEqual(first)
    expect(await seam.clientSessions.getOrCreate({ user_identifier_key })).toEqual(first)
    const granted = await seam.clientSessions.getOrCreate({
      user_identifier_key,
      connected_account_ids: [home.schlage_account],
    })
    expect(granted).toEqual({
      ...first,
      connected_account_ids: [home.schlage_account],
      device_count: 1,
    })
  })

  test('is granted more, by its id or by its user', async () => {
    const { seam } = emulator.open()
    const { client_session_id } = await seam.clientSessions.create({ user_identifier_key: 'jane' })
    await seam.clientSessions.grantAccess({
      client_session_id,
      connected_account_ids: [home.august_account],
    })
    await seam.clientSessions.grantAccess({
      user_identifier_key: 'jane',
      connected_account_ids: [home.schlage_account, home.august_account],
    })
    expect(await seam.clientSessions.get({ client_session_id })).toMatchObject({
      connected_account_ids: [home.august_account, home.schlage_account],
      device_count: 3,
    })
  })

  test('cannot be given what is not there, nor a life that is over', async () => {
    const { raw, seam } = emulator.open()
    const unknown = 'a0000000-0000-4000-8000-00000000dead'
    expect(
      await raw('/client_sessions/create', { connected_account_ids: [unknown] }),
    ).toMatchObject({ status: 404, body: { error: { type: 'connected_account_not_found' } } })
    expect(await raw('/client_sessions/create', { expires_at: iso(T0) })).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_input' } },
    })
    expect(await seam.clientSessions.list()).toEqual([])
  })

  test('is listed by user, webview and the lack of a user', async () => {
    const { seam } = emulator.open()
    const { connect_webview_id } = await seam.connectWebviews.create()
    const jane = await seam.clientSessions.create({
      user_identifier_key: 'jane',
      connect_webview_ids: [connect_webview_id],
    })
    const nobody = await seam.clientSessions.create({})
    expect(await seam.clientSessions.list()).toEqual([jane, nobody])
    expect(await seam.clientSessions.list({ user_identifier_key: 'jane' })).toEqual([jane])
    expect(await seam.clientSessions.list({ connect_webview_id })).toEqual([jane])
    expect(await seam.clientSessions.list({ without_user_identifier_key: true })).toEqual([nobody])
  })

  test('ends at its expiry, when revoked, and when deleted, each with its own 401', async () => {
    const place = emulator.open()
    const { seam } = place
    const expired = await seam.clientSessions.create({ expires_at: iso(T0 + day) })
    const revoked = await seam.clientSessions.create({ user_identifier_key: 'jane' })
    const deleted = await seam.clientSessions.create({})
    const ask = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const { status, body } = await place.raw('/devices/list', {}, { headers })
      return [status, body]
    }
    for (const { token } of [expired, revoked, deleted])
      expect(await ask(token)).toMatchObject([200, {}])
    await seam.clientSessions.revoke({ client_session_id: revoked.client_session_id })
    await seam.clientSessions.delete({ client_session_id: deleted.client_session_id })
    await place.advance('1d')
    expect(await ask(expired.token)).toMatchObject([
      401,
      { error: { type: 'client_session_expired' } },
    ])
    expect(await ask(revoked.token)).toMatchObject([
      401,
      { error: { type: 'client_session_revoked' } },
    ])
    expect(await ask(deleted.token)).toMatchObject([
      401,
      { error: { type: 'client_session_not_found' } },
    ])
    expect(await place.events()).toMatchObject([
      { event_type: 'client_session.deleted', client_session_id: deleted.client_session_id },
    ])
    // The user of a revoked session gets a new one.
    const next = await seam.clientSessions.getOrCreate({ user_identifier_key: 'jane' })
    expect(next.token).not.toBe(revoked.token)
  })
})

describe('with the publishable key', () => {
  test('a browser gets an empty session of its user, and the same one again', async () => {
    const place = emulator.open()
    const session = await SeamHttp.fromPublishableKey(publishableKeyOf(place), 'jane', {
      endpoint: place.endpoint,
    })
    expect(await session.devices.list()).toEqual([])
    await place.seam.clientSessions.grantAccess({
      user_identifier_key: 'jane',
      connected_account_ids: [home.schlage_account],
    })
    const again = await SeamHttp.fromPublishableKey(publishableKeyOf(place), 'jane', {
      endpoint: place.endpoint,
    })
    expect(await again.devices.list()).toMatchObject([{ device_id: home.schlage }])
  })

  test.each([
    ['/client_sessions/create', 401],
    ['/client_sessions/get_or_create', 400],
  ])('%s needs a user_identifier_key and gives no accounts away', async (path, status) => {
    const place = emulator.open(`publishable-${status}`)
    await place.seam.workspaces.get()
    expect(await withPublishableKey(place, path, {})).toMatchObject({
      status,
      body: { error: { type: 'publishable_key_requires_user_identifier_key' } },
    })
    const greedy = { user_identifier_key: 'jane', connected_account_ids: [home.august_account] }
    expect(await withPublishableKey(place, path, greedy)).toMatchObject({
      status: 403,
      body: { error: { type: 'publishable_keys_must_create_empty_client_sessions' } },
    })
    expect(await place.seam.clientSessions.list()).toEqual([])
  })

  test('nothing else opens, and nothing at all once the workspace switches it off', async () => {
    const place = emulator.open()
    expect(await withPublishableKey(place, '/devices/list', {})).toMatchObject({ status: 401 })
    await place.seam.workspaces.update({ is_publishable_key_auth_enabled: false })
    const body = { user_identifier_key: 'jane' }
    expect(await withPublishableKey(place, '/client_sessions/get_or_create', body)).toMatchObject({
      status: 401,
      body: { error: { type: 'unauthorized' } },
    })
  })
})

describe('what a session sees', () => {
  const openSession = async (place: Place) => {
    const session = await place.seam.clientSessions.create({
      user_identifier_key: 'jane',
      connected_account_ids: [home.schlage_account],
    })
    return sessionSdk(place, session.token)
  }

  test('only its accounts: every read of anything else is a 404 or an empty list', async () => {
    const place = emulator.open()
    const theirs = await place.seam.accessCodes.create({ device_id: home.august, code: '4711' })
    const own = await place.seam.accessCodes.create({ device_id: home.schlage, code: '4711' })
    const attempt = await place.seam.locks.unlockDoor(
      { device_id: home.august },
      { waitForActionAttempt: false },
    )
    const jane = await openSession(place)
    const { access_code_id } = theirs
    const device_id = home.august
    const ids = async <T>(list: PromiseLike<T[]>, key: keyof T) => (await list).map((it) => it[key])
    expect(await ids(jane.devices.list(), 'device_id')).toEqual([home.schlage])
    expect(await ids(jane.locks.list(), 'device_id')).toEqual([home.schlage])
    expect(
      await ids(
        jane.accessCodes.list({ access_code_ids: [theirs.access_code_id, own.access_code_id] }),
        'access_code_id',
      ),
    ).toEqual([own.access_code_id])
    expect(await jane.devices.list({ connected_account_id: home.august_account })).toEqual([])
    const ofJane = { user_identifier_key: 'jane' }
    expect(await ids(place.seam.accessCodes.list(ofJane), 'device_id')).toEqual([home.schlage])
    expect(await ids(place.seam.devices.list(ofJane), 'device_id')).toEqual([home.schlage])
    expect(await ids(place.seam.connectedAccounts.list(ofJane), 'account_type')).toEqual([
      'schlage',
    ])
    const refused: [string, () => PromiseLike<unknown>][] = [
      ['device_not_found', () => jane.devices.get({ device_id })],
      ['device_not_found', () => jane.devices.get({ name: 'Front Door' })],
      ['device_not_found', () => jane.locks.get({ device_id })],
      ['device_not_found', () => jane.devices.update({ device_id, name: 'Mine' })],
      ['device_not_found', () => jane.locks.unlockDoor({ device_id })],
      [
        'device_not_found',
        () => jane.locks.configureAutoLock({ device_id, auto_lock_enabled: true }),
      ],
      ['device_not_found', () => jane.accessCodes.create({ device_id })],
      ['device_not_found', () => jane.accessCodes.createMultiple({ device_ids: [device_id] })],
      ['device_not_found', () => jane.accessCodes.generateCode({ device_id })],
      ['device_not_found', () => jane.accessCodes.list({ device_id })],
      ['device_not_found', () => jane.accessCodes.unmanaged.list({ device_id })],
      ['access_code_not_found', () => jane.accessCodes.get({ access_code_id })],
      ['access_code_not_found', () => jane.accessCodes.get({ device_id, code: '4711' })],
      ['access_code_not_found', () => jane.accessCodes.update({ access_code_id, name: 'Mine' })],
      ['access_code_not_found', () => jane.accessCodes.delete({ access_code_id })],
      ['access_code_not_found', () => jane.accessCodes.pullBackupAccessCode({ access_code_id })],
      [
        'action_attempt_not_found',
        () => jane.actionAttempts.get({ action_attempt_id: attempt.action_attempt_id }),
      ],
      [
        'connected_account_not_found',
        () => jane.connectedAccounts.get({ connected_account_id: home.august_account }),
      ],
    ]
    for (const [code, call] of refused) {
      // The SDK's requests start when they are awaited.
      await expect(Promise.resolve().then(call), code).rejects.toMatchObject({ code })
    }
    expect(
      await jane.connectedAccounts.get({ connected_account_id: home.schlage_account }),
    ).toMatchObject({ account_type: 'schlage' })
    const events = await jane.events.list({ since: iso(T0 - 1) })
    expect(new Set(events.map((it) => 'device_id' in it && it.device_id))).toEqual(
      new Set([home.schlage]),
    )
    expect(await jane.events.list({ since: iso(T0 - 1), device_id })).toEqual([])
  })

  test('its own webviews, and the accounts that come through them', async () => {
    const place = emulator.open()
    const jane = await openSession(place)
    const other = await place.seam.connectWebviews.create()
    const own = await jane.connectWebviews.create({ accepted_providers: ['nuki'] })
    expect(await jane.connectWebviews.list()).toMatchObject([
      { connect_webview_id: own.connect_webview_id },
    ])
    await expect(
      jane.connectWebviews.get({ connect_webview_id: other.connect_webview_id }),
    ).rejects.toMatchObject({ code: 'connect_webview_not_found' })
    await place.control('connect_webviews/complete', {
      connect_webview_id: own.connect_webview_id,
    })
    expect((await jane.devices.list()).map((it) => it.device_type)).toEqual([
      'schlage_lock',
      'nuki_lock',
    ])
  })

  test('itself, and no other session', async () => {
    const place = emulator.open()
    const jane = await openSession(place)
    const other = await place.seam.clientSessions.create({ user_identifier_key: 'john' })
    expect((await jane.clientSessions.get()).user_identifier_key).toBe('jane')
    await expect(
      jane.clientSessions.get({ client_session_id: other.client_session_id }),
    ).rejects.toMatchObject({ code: 'client_session_not_found' })
    await expect(jane.clientSessions.list()).rejects.toMatchObject({ statusCode: 401 })
  })

  test("as a customer's, the accounts of that customer", async () => {
    const place = emulator.open()
    await place.seam.connectedAccounts.update({
      connected_account_id: home.igloohome_account,
      customer_key: 'acme',
    })
    const { token } = await place.seam.clientSessions.create({ customer_key: 'acme' })
    const acme = sessionSdk(place, token)
    expect((await acme.devices.list()).map((it) => it.device_id)).toEqual([home.igloohome])
    expect(await acme.connectedAccounts.list()).toMatchObject([
      { connected_account_id: home.igloohome_account },
    ])
    await acme.devices.simulate.disconnectFromHub({ device_id: home.igloohome })
    await expect(
      acme.devices.simulate.disconnect({ device_id: home.august }),
    ).rejects.toMatchObject({ code: 'device_not_found' })
  })
})
