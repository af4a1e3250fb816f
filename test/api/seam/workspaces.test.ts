import { SeamHttp, SeamHttpWithoutWorkspace } from '@seamapi/http/connect'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { home, iso, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const patOf = ({ api_key }: Place) => api_key.replace('seam_test_', 'seam_at_test_')

const userSdk = (place: Place) =>
  SeamHttpWithoutWorkspace.fromPersonalAccessToken(patOf(place), { endpoint: place.endpoint })

test('a workspace shows its publishable key, and is changed', async () => {
  const place = emulator.open()
  const { seam } = place
  const workspace = await seam.workspaces.get()
  expect(workspace).toMatchObject({
    name: 'Sandbox',
    company_name: 'Acme Rentals',
    is_sandbox: true,
    is_suspended: false,
    is_publishable_key_auth_enabled: true,
    publishable_key: place.api_key.replace('seam_test_', 'seam_pk_test_'),
    connect_webview_customization: {},
  })
  await seam.workspaces.update({
    name: 'Beach houses',
    connect_partner_name: 'Beach Inc.',
    connect_webview_customization: { logo_shape: 'circle', success_message: 'Done!' },
  })
  await seam.workspaces.update({ connect_webview_customization: { logo_shape: null } })
  expect(await seam.workspaces.get()).toEqual({
    ...workspace,
    name: 'Beach houses',
    company_name: 'Beach Inc.',
    connect_partner_name: 'Beach Inc.',
    connect_webview_customization: { success_message: 'Done!' },
  })
})

describe('a user with a personal access token', () => {
  test('has a workspace from the beginning, even before its API key was used', async () => {
    const place = emulator.open()
    const workspaces = await userSdk(place).workspaces.list()
    expect(workspaces).toHaveLength(1)
    const workspaceId = workspaces[0]?.workspace_id ?? ''
    const seam = SeamHttp.fromPersonalAccessToken(patOf(place), workspaceId, {
      endpoint: place.endpoint,
    })
    expect(await seam.devices.list()).toHaveLength(5)
    expect((await place.seam.workspaces.get()).workspace_id).toBe(workspaceId)
    expect(await place.seam.workspaces.list()).toEqual(workspaces)
  })

  test('makes another workspace, which is empty and has keys of its own', async () => {
    const place = emulator.open()
    const user = userSdk(place)
    const made = await user.workspaces.create({
      name: 'Second home',
      company_name: 'Acme',
      is_sandbox: true,
      connect_webview_customization: { primary_button_color: '#232426' },
    })
    expect(made).toMatchObject({
      name: 'Second home',
      company_name: 'Acme',
      is_sandbox: true,
      connect_webview_customization: { primary_button_color: '#232426' },
    })
    expect((await user.workspaces.list()).map((it) => it.name)).toEqual(['Sandbox', 'Second home'])
    const { workspace_id } = made
    const own = SeamHttp.fromPersonalAccessToken(patOf(place), workspace_id, {
      endpoint: place.endpoint,
    })
    expect(await own.devices.list()).toEqual([])
    const byKey = SeamHttp.fromApiKey('seam_test_second_home', { endpoint: place.endpoint })
    expect((await byKey.workspaces.get()).workspace_id).toBe(workspace_id)
  })

  test('opens no workspace of others, and none at all without naming one', async () => {
    const place = emulator.open()
    const other = emulator.open('somebody-else')
    const { workspace_id } = await other.seam.workspaces.get()
    await userSdk(place).workspaces.list()
    const headers = { authorization: `Bearer ${patOf(place)}` }
    const inOther = { ...headers, 'seam-workspace': workspace_id }
    expect(await place.raw('/devices/list', {}, { headers: inOther })).toMatchObject({
      status: 401,
      body: { error: { type: 'workspace_not_found' } },
    })
    const nowhere = await place.raw('/devices/list', {}, { headers })
    expect(nowhere.status).toBe(401)
    expect(JSON.stringify(nowhere.body)).toContain('seam-workspace header')
  })
})

describe('reset_sandbox', () => {
  test('brings the starting state back; keys, webhooks and time stay', async () => {
    const place = emulator.open()
    const { seam } = place
    const before = await seam.workspaces.get()
    const webhook = await seam.webhooks.create({ url: 'http://127.0.0.1:9/hook' })
    const session = await seam.clientSessions.create({ user_identifier_key: 'jane' })
    const code = await seam.accessCodes.create({ device_id: home.august, code: '4711' })
    await place.advance('1h')
    await seam.devices.update({ device_id: home.schlage, name: 'Mine', is_managed: false })
    await seam.connectedAccounts.delete({ connected_account_id: home.august_account })

    const attempt = await seam.workspaces.resetSandbox()
    expect(attempt).toMatchObject({ action_type: 'RESET_SANDBOX_WORKSPACE', status: 'success' })

    expect(await seam.workspaces.get()).toEqual(before)
    expect(await seam.webhooks.list()).toEqual([webhook])
    expect(await seam.clientSessions.list()).toEqual([])
    expect(
      await place.raw(
        '/devices/list',
        {},
        {
          headers: { authorization: `Bearer ${session.token}` },
        },
      ),
    ).toMatchObject({ status: 401 })
    const devices = await seam.devices.list()
    expect(devices.map((it) => it.display_name)).toEqual([
      'Front Door',
      'Garage Door',
      'Studio Door',
      'Back Door',
      'Cabin Door',
    ])
    expect(await seam.accessCodes.list({ device_id: home.august })).toEqual([])
    expect(await place.slots(home.august)).toEqual([])
    expect(await place.now()).toBeGreaterThan(T0 + 3_600_000)
    // The world lives: codes are programmed, and no id is given twice.
    const next = await seam.accessCodes.create({ device_id: home.august, code: '4711' })
    expect(next.access_code_id).not.toBe(code.access_code_id)
    await place.advance('400d')
    expect(await place.opens(home.august, '4711')).toBe(true)
    expect(await seam.events.list({ since: iso(T0 - 1) })).not.toEqual([])
  })

  test('is for sandboxes only', async () => {
    const place = emulator.open()
    const { workspace_id } = await userSdk(place).workspaces.create({ name: 'Production' })
    const seam = SeamHttp.fromPersonalAccessToken(patOf(place), workspace_id, {
      endpoint: place.endpoint,
    })
    await expect(seam.workspaces.resetSandbox()).rejects.toMatchObject({
      code: 'workspace_not_sandbox',
    })
  })
})
