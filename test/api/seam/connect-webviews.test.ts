import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { deviceProviders } from '../../../src/sim/connect-webviews/providers.ts'
import { lockProfiles } from '../../../src/sim/locks/models/index.ts'
import { noiseSensorProfiles } from '../../../src/sim/noise-sensors/models/index.ts'
import { thermostatProfiles } from '../../../src/sim/thermostats/models/index.ts'
import { home, startPlaces } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const created = z.object({ connect_webview: z.looseObject({ connect_webview_id: z.string() }) })
const completed = z.object({
  connect_webview: z.looseObject({ status: z.string() }),
  connected_account: z.looseObject({ connected_account_id: z.string() }),
  devices: z.array(
    z.looseObject({
      device_id: z.string(),
      device_type: z.string(),
      is_managed: z.boolean(),
      display_name: z.string().optional(),
    }),
  ),
})

const complete = async (place: Place, body: Record<string, unknown>) =>
  completed.parse(await place.control('connect_webviews/complete', body))

const newestTypes = async (place: Place, count: number) => (await place.types()).slice(-count)

describe('a webview', () => {
  test('is pending until somebody signs in', async () => {
    const { seam, endpoint } = emulator.open()
    const webview = await seam.connectWebviews.create({
      accepted_providers: ['schlage'],
      custom_redirect_url: 'https://example.com/done',
      custom_metadata: { internal_id: '7' },
      customer_key: 'acme',
    })
    expect(webview).toMatchObject({
      status: 'pending',
      login_successful: false,
      connected_account_id: null,
      authorized_at: null,
      selected_provider: null,
      accepted_providers: ['schlage'],
      any_provider_allowed: false,
      wait_for_device_creation: false,
      automatically_manage_new_devices: true,
      custom_redirect_url: 'https://example.com/done',
      custom_metadata: { internal_id: '7' },
    })
    expect(webview.url).toContain(`${endpoint}/connect_webviews/view?connect_webview_id=`)
    const { connect_webview_id } = webview
    expect(await seam.connectWebviews.get({ connect_webview_id })).toEqual(webview)
  })

  test('is listed by metadata, customer and text, and forgotten when deleted', async () => {
    const { seam } = emulator.open()
    const first = await seam.connectWebviews.create({ custom_metadata: { a: '1' } })
    const second = await seam.connectWebviews.create({ customer_key: 'acme' })
    const ids = async (filter: Parameters<typeof seam.connectWebviews.list>[0]) =>
      (await seam.connectWebviews.list(filter)).map((it) => it.connect_webview_id)
    expect(await ids({})).toEqual([first.connect_webview_id, second.connect_webview_id])
    expect(await ids({ custom_metadata_has: { a: '1' } })).toEqual([first.connect_webview_id])
    expect(await ids({ customer_key: 'acme' })).toEqual([second.connect_webview_id])
    expect(await ids({ search: 'ACM' })).toEqual([second.connect_webview_id])
    await seam.connectWebviews.delete({ connect_webview_id: first.connect_webview_id })
    expect(await ids({})).toEqual([second.connect_webview_id])
    await expect(
      seam.connectWebviews.get({ connect_webview_id: first.connect_webview_id }),
    ).rejects.toMatchObject({ code: 'connect_webview_not_found' })
  })

  test('accepts the providers of a category, save excluded ones', async () => {
    const { seam } = emulator.open()
    const webview = await seam.connectWebviews.create({
      provider_category: 'consumer_smartlocks',
      excluded_providers: ['august'],
    })
    expect(webview.any_provider_allowed).toBe(false)
    expect(webview.accepted_providers).toContain('yale')
    expect(webview.accepted_providers).not.toContain('august')
    const any = await seam.connectWebviews.create()
    expect(any).toMatchObject({ any_provider_allowed: true, accepted_providers: [] })
  })

  test.each([
    { accepted_providers: ['no_such_brand'] },
    { provider_category: 'no_such_category' },
    { custom_redirect_url: 'not a url' },
    { custom_redirect_url: 'javascript:alert(1)' },
    { custom_redirect_url: ' JaVaScRiPt:alert(1)' },
    { custom_redirect_failure_url: 'data:text/html,<script>alert(1)</script>' },
    { custom_redirect_failure_url: 'file:///etc/passwd' },
    { provider_category: 'stable', accepted_providers: ['august'] },
  ])('is refused for %j', async (body) => {
    const { raw } = emulator.open('refused')
    expect(await raw('/connect_webviews/create', body)).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_input' } },
    })
  })
})

/** What a browser gets, and where it is sent. */
const visit = async (url: string, form?: Record<string, string>) => {
  const response = await fetch(url, {
    redirect: 'manual',
    ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
  })
  const { status, headers } = response
  return { status, location: headers.get('location'), page: await response.text() }
}

describe('the page', () => {
  test('takes a form, tells of wrong answers, and leads on after a right one', async () => {
    const place = emulator.open()
    const { url, connect_webview_id } = await place.seam.connectWebviews.create({
      accepted_providers: ['nuki'],
      custom_redirect_url: 'https://example.com/done',
    })
    const target = Object.fromEntries(new URL(url).searchParams)
    const form = { ...target, provider: 'nuki', email: 'jane@example.com', password: '1234' }
    const action = `${place.endpoint}/connect_webviews/view`
    expect(await visit(url)).toMatchObject({ status: 200, location: null })
    const wrong = await visit(action, { ...form, password: 'wrong' })
    expect(wrong.page).toContain('role="alert"')
    expect(wrong.page).not.toContain('value="wrong"')
    const right = await visit(action, form)
    expect(right.status).toBe(303)
    const end = await visit(`${place.endpoint}${right.location ?? ''}`)
    expect(end).toMatchObject({ status: 303, location: 'https://example.com/done' })
    expect((await place.seam.connectWebviews.get({ connect_webview_id })).status).toBe('authorized')
    expect(await place.types()).toEqual([
      'connect_webview.login_failed',
      'connected_account.created',
      'connected_account.connected',
      'connect_webview.login_succeeded',
    ])
  })

  test('opens with the right token of the right workspace only, and escapes what it shows', async () => {
    const place = emulator.open()
    const { url } = await place.seam.connectWebviews.create({ accepted_providers: ['nuki'] })
    const other = emulator.open('another-place')
    const theirs = await other.seam.connectWebviews.create({ accepted_providers: ['nuki'] })
    const mixed = new URL(url)
    mixed.searchParams.set('auth_token', new URL(theirs.url).searchParams.get('auth_token') ?? '')
    for (const link of [mixed.href, `${place.endpoint}/connect_webviews/view`])
      expect(await visit(link)).toMatchObject({ status: 404 })
    const { page } = await visit(`${place.endpoint}/connect_webviews/view`, {
      ...Object.fromEntries(new URL(url).searchParams),
      provider: 'nuki',
      email: '"><script>alert(1)</script>',
      password: 'x',
    })
    expect(page).toContain('&quot;&gt;&lt;script&gt;')
    expect(page).not.toContain('<script>alert')
  })
})

describe('a login', () => {
  test('brings account and devices, with the events in order and the metadata of the webview', async () => {
    const place = emulator.open()
    const { seam } = place
    const { connect_webview_id } = await seam.connectWebviews.create({
      accepted_providers: ['yale'],
      custom_metadata: { internal_id: '7', vip: true },
      customer_key: 'acme',
    })
    const { connected_account, connect_webview, devices } = await complete(place, {
      connect_webview_id,
      email: 'jane@example.com',
    })
    const { connected_account_id } = connected_account
    expect(connect_webview).toMatchObject({
      status: 'authorized',
      login_successful: true,
      selected_provider: 'yale',
      connected_account_id,
    })
    expect(connected_account).toMatchObject({
      account_type: 'yale',
      user_identifier: { email: 'jane@example.com' },
      custom_metadata: { internal_id: '7', vip: true },
      customer_key: 'acme',
    })
    expect(devices.map((it) => it.display_name)).toEqual(['Front Door', 'Back Door'])
    const events = await place.events({ connected_account_id })
    expect(events.map((it) => it.event_type)).toEqual([
      'connected_account.created',
      'connected_account.connected',
      'connect_webview.login_succeeded',
      'device.added',
      'device.connected',
      'device.added',
      'device.connected',
      'connected_account.completed_first_sync',
    ])
    for (const event of events.slice(0, 3)) expect(event).toMatchObject({ connect_webview_id })
    const listed = await seam.devices.list({ connect_webview_id })
    expect(listed.map((it) => it.device_id)).toEqual(devices.map((it) => it.device_id))
  })

  test('is told before the devices are there, which is what integrations trip over', async () => {
    const place = emulator.open()
    const { seam } = place
    const { connect_webview_id } = await seam.connectWebviews.create({
      accepted_providers: ['nuki'],
    })
    const { connect_webview, devices } = await complete(place, {
      connect_webview_id,
      wait_for_devices: false,
    })
    expect(connect_webview.status).toBe('authorized')
    expect(devices).toEqual([])
    await place.advance('10s')
    expect(await seam.devices.list({ connect_webview_id })).toMatchObject([
      { display_name: 'Office Lock', device_type: 'nuki_lock' },
    ])
  })

  test('with wait_for_device_creation turns authorized only when they are', async () => {
    const place = emulator.open()
    const { connect_webview_id } = await place.seam.connectWebviews.create({
      accepted_providers: ['nuki'],
      wait_for_device_creation: true,
    })
    const { connect_webview } = await complete(place, { connect_webview_id })
    expect(connect_webview.status).toBe('authorized')
    expect(await newestTypes(place, 4)).toEqual([
      'device.added',
      'device.connected',
      'connected_account.completed_first_sync',
      'connect_webview.login_succeeded',
    ])
  })

  test('without automatically_manage_new_devices brings unmanaged devices', async () => {
    const place = emulator.open()
    const { connect_webview_id } = await place.seam.connectWebviews.create({
      accepted_providers: ['nuki'],
      automatically_manage_new_devices: false,
    })
    const { devices } = await complete(place, { connect_webview_id })
    expect(devices).toMatchObject([{ device_type: 'nuki_lock', is_managed: false }])
    expect(await place.types()).toContain('device.unmanaged.connected')
  })

  test('again, at an account that is connected, brings nothing new', async () => {
    const place = emulator.open()
    const { seam } = place
    const { connect_webview_id } = await seam.connectWebviews.create({
      accepted_providers: ['schlage'],
      custom_metadata: { visits: '2' },
    })
    const { connected_account, devices } = await complete(place, {
      connect_webview_id,
      email: 'jane@example.com',
    })
    expect(connected_account).toMatchObject({
      connected_account_id: home.schlage_account,
      custom_metadata: { visits: '2' },
    })
    expect(devices.map((it) => it.device_id)).toEqual([home.schlage])
    expect(await place.types()).toEqual(['connect_webview.login_succeeded'])
  })

  test('reconnects a disconnected account: devices come back, codes are known again', async () => {
    const place = emulator.open()
    const { seam } = place
    const connected_account_id = home.schlage_account
    const { access_code_id } = await seam.accessCodes.create({ device_id: home.schlage })
    await place.advance('5m')
    await seam.connectedAccounts.simulate.disconnect({ connected_account_id })
    const before = (await place.types()).length
    const { connect_webview_id } = await seam.connectWebviews.create({
      accepted_providers: ['schlage'],
    })
    await complete(place, { connect_webview_id, email: 'jane@example.com' })
    expect((await place.types()).slice(before)).toEqual([
      'connected_account.connected',
      'connect_webview.login_succeeded',
      'device.connected',
      'connected_account.completed_first_sync_after_reconnection',
    ])
    expect((await seam.connectedAccounts.get({ connected_account_id })).errors).toEqual([])
    expect((await seam.accessCodes.get({ access_code_id })).status).toBe('set')
  })

  test('finds the locks of a deleted account, with the codes still in them', async () => {
    const place = emulator.open()
    const { seam } = place
    await seam.accessCodes.create({ device_id: home.schlage, code: '4711', name: 'Guest' })
    await place.advance('5m')
    await seam.connectedAccounts.delete({ connected_account_id: home.schlage_account })
    const { connect_webview_id } = await seam.connectWebviews.create({
      accepted_providers: ['schlage'],
    })
    const { devices } = await complete(place, { connect_webview_id, email: 'jane@example.com' })
    expect(devices).toMatchObject([{ display_name: 'Garage Door' }])
    const device_id = devices[0]?.device_id ?? ''
    expect(device_id).not.toBe(home.schlage)
    expect(await place.opens(device_id, '4711')).toBe(true)
    expect(await seam.accessCodes.unmanaged.list({ device_id })).toMatchObject([
      { code: '4711', name: 'Guest' },
    ])
    // The lock is as good as any other afterwards.
    await seam.accessCodes.create({ device_id, code: '8888' })
    await place.advance('400d')
    expect(await place.opens(device_id, '8888')).toBe(true)
  })

  test('that fails for good fails the webview', async () => {
    const place = emulator.open()
    const { connect_webview_id } = await place.seam.connectWebviews.create()
    const { connect_webview } = created.parse(
      await place.control('connect_webviews/fail', { connect_webview_id }),
    )
    expect(connect_webview).toMatchObject({ status: 'failed', login_successful: false })
    expect(await place.events()).toMatchObject([
      { event_type: 'connect_webview.login_failed', connect_webview_id },
    ])
    expect(
      await place.raw('/_emulator/connect_webviews/complete', { connect_webview_id }),
    ).toMatchObject({ status: 400, body: { error: { type: 'connect_webview_not_pending' } } })
  })

  test('of nobody known, or at a provider that is not offered, is refused with what there is', async () => {
    const place = emulator.open()
    const { connect_webview_id } = await place.seam.connectWebviews.create({
      accepted_providers: ['yale'],
    })
    const attempt = (body: Record<string, unknown>) =>
      place.raw('/_emulator/connect_webviews/complete', { connect_webview_id, ...body })
    const unknown = await attempt({ email: 'gandalf@example.com' })
    expect(unknown.status).toBe(400)
    expect(JSON.stringify(unknown.body)).toContain('frodo@example.com')
    expect(await attempt({ provider: 'august' })).toMatchObject({ status: 400 })
    expect(await place.types()).toEqual([])
  })
})

test.each(Object.keys(deviceProviders))(
  'every login at %s brings its devices',
  async (provider) => {
    const place = emulator.open(`provider-${provider}`)
    const { logins = {}, model = '', kind, anyone } = deviceProviders[provider] ?? {}
    const profiles =
      kind === undefined ? lockProfiles : { ...noiseSensorProfiles, ...thermostatProfiles }
    const emails = [...Object.keys(logins), ...(anyone ? ['somebody@example.com'] : [])]
    for (const email of emails.filter((it) => it !== 'jane@example.com' || !owned.has(provider))) {
      const answer = await place.raw('/connect_webviews/create', { accepted_providers: [provider] })
      const { connect_webview_id } = created.parse(answer.body).connect_webview
      const { devices } = await complete(place, { connect_webview_id, email })
      const names = (logins[email] ?? anyone ?? []).map((it) => it.name)
      expect(devices.map((it) => it.display_name)).toEqual(names)
      for (const device of devices) expect(device.device_type).toBe(profiles[model]?.device_type)
    }
  },
)

/** Where the default fixture already has an account of jane's. */
const owned = new Set(['august', 'schlage', 'smartthings', 'igloohome'])
