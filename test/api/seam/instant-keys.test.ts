import { SeamHttp } from '@seamapi/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, home, iso, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'
import { refusal } from '../../support/refusal.ts'

const UNKNOWN = '00000000-0000-4000-8000-00000000dead'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** A guest who may open the front door, with a key. */
const guestWithKey = async ({ seam }: Place, max_use_count?: number) => {
  const { user_identity_id } = await seam.userIdentities.create({ full_name: 'Ann Guest' })
  await seam.userIdentities.grantAccessToDevice({ user_identity_id, device_id: home.august })
  return seam.userIdentities.generateInstantKey({
    user_identity_id,
    ...(max_use_count !== undefined && { max_use_count }),
  })
}

/** A browser, as far as cookies go. */
const browser = () => {
  let cookie = ''
  return async (url: string, form?: Record<string, string>) => {
    const answer = await fetch(url, {
      headers: { cookie },
      redirect: 'manual',
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') }
  }
}

describe('an instant key', () => {
  test('opens a page with the doors of its person until it is deleted', async () => {
    const place = emulator.open()
    const { seam } = place
    const { instant_key_url, instant_key_id, client_session_id } = await guestWithKey(place)
    expect(instant_key_url).toMatch(new RegExp(`^${place.endpoint}/ik/[A-Z]{6}$`))
    const visit = browser()
    const page = await visit(instant_key_url)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Ann Guest')
    expect(page.text).toContain('Unlock')
    await seam.instantKeys.delete({ instant_key_id })
    expect((await visit(instant_key_url)).status).toBe(404)
    expect(await refusal(place, '/instant_keys/get', { instant_key_id })).toMatchObject({
      status: 404,
      type: 'instant_key_not_found',
    })
    expect(await refusal(place, '/client_sessions/get', { client_session_id })).toMatchObject({
      status: 404,
    })
    const events = await seam.events.list({ since: iso(0), event_type: 'client_session.deleted' })
    expect(events).toMatchObject([{ client_session_id }])
  })

  test('unlocks a door as the route does, and no door of others', async () => {
    const place = emulator.open()
    const { instant_key_url } = await guestWithKey(place)
    const visit = browser()
    await visit(instant_key_url)
    const pressed = await visit(instant_key_url, { device_id: home.august })
    expect(pressed.status).toBe(303)
    const told = await visit(new URL(pressed.to ?? '', instant_key_url).href)
    expect(told.text).toContain('is unlocked.')
    expect((await place.lock(home.august)).bolt.locked).toBe(false)
    await visit(instant_key_url, { device_id: home.schlage })
    expect((await place.lock(home.schlage)).bolt.locked).toBe(true)
    const unlocked = await place.seam.events.list({ since: iso(0), event_type: 'lock.unlocked' })
    expect(unlocked).toMatchObject([{ device_id: home.august, method: 'remote' }])
  })

  test('tells when the door did not open', async () => {
    const place = emulator.open()
    const { instant_key_url } = await guestWithKey(place)
    const visit = browser()
    await visit(instant_key_url)
    await place.unplug(home.august_bridge)
    const pressed = await visit(instant_key_url, { device_id: home.august })
    const told = await visit(new URL(pressed.to ?? '', instant_key_url).href)
    expect(told.text).toContain('was not unlocked')
    expect(told.text).toContain('role="alert"')
  })

  test('is used by each browser that opens it, and by a look at it not', async () => {
    const place = emulator.open()
    const { instant_key_url } = await guestWithKey(place, 2)
    expect((await fetch(instant_key_url, { method: 'HEAD' })).status).toBe(200)
    const [first, second, third] = [browser(), browser(), browser()]
    expect((await first(instant_key_url)).status).toBe(200)
    expect((await first(instant_key_url)).status).toBe(200)
    expect((await second(instant_key_url)).status).toBe(200)
    const late = await third(instant_key_url)
    expect([late.status, late.text.includes('used up')]).toEqual([410, true])
    // Nor does it unlock anything for whoever has not opened it.
    expect((await third(instant_key_url, { device_id: home.august })).status).toBe(410)
    expect((await first(instant_key_url)).status).toBe(200)
  })

  test('lasts a week, and its session as long', async () => {
    const place = emulator.open()
    const { seam } = place
    const key = await guestWithKey(place)
    const { instant_key_url, client_session_id, expires_at } = key
    expect(expires_at).toBe(iso(T0 + 7 * day))
    const session = await seam.clientSessions.get({ client_session_id })
    expect(session).toMatchObject({ expires_at, user_identity_ids: [key.user_identity_id] })
    const visit = browser()
    await visit(instant_key_url)
    await place.advanceTo(T0 + 7 * day - 1)
    expect((await visit(instant_key_url)).status).toBe(200)
    await place.advanceTo(T0 + 7 * day)
    const late = await visit(instant_key_url)
    expect([late.status, late.text.includes('expired')]).toEqual([410, true])
  })

  test('opens nothing once its session is revoked, and goes when that is deleted', async () => {
    const place = emulator.open()
    const { seam } = place
    const { instant_key_url, client_session_id } = await guestWithKey(place)
    const visit = browser()
    await visit(instant_key_url)
    await seam.clientSessions.revoke({ client_session_id })
    expect((await visit(instant_key_url)).text).toContain('revoked')
    await seam.clientSessions.delete({ client_session_id })
    expect((await visit(instant_key_url)).status).toBe(404)
    expect(await seam.instantKeys.list()).toEqual([])
  })

  test('goes with its person, and so do that person’s sessions and phones', async () => {
    const place = emulator.open()
    const { seam } = place
    const { instant_key_url, user_identity_id } = await guestWithKey(place)
    await seam.clientSessions.create({ user_identity_id })
    await seam.phones.simulate.createSandboxPhone({ user_identity_id })
    await seam.userIdentities.delete({ user_identity_id })
    expect((await browser()(instant_key_url)).status).toBe(404)
    expect(await seam.instantKeys.list()).toEqual([])
    expect(await seam.clientSessions.list()).toEqual([])
    expect(await seam.phones.list()).toEqual([])
    const types = await place.types()
    expect(types.filter((type) => /^(phone|client_session)\./.test(type)).toSorted()).toEqual([
      'client_session.deleted',
      'client_session.deleted',
      'phone.deactivated',
    ])
  })

  test('is found by its id, by its URL, and by whose it is', async () => {
    const place = emulator.open()
    const { seam } = place
    const key = await guestWithKey(place)
    const { instant_key_id, instant_key_url, user_identity_id } = key
    const other = await guestWithKey(place)
    expect(await seam.instantKeys.get({ instant_key_id })).toEqual(key)
    expect(await seam.instantKeys.get({ instant_key_url })).toEqual(key)
    expect(await seam.instantKeys.list({ user_identity_id })).toEqual([key])
    expect(await seam.instantKeys.list()).toEqual([key, other])
    expect(await refusal(place, '/instant_keys/get', {})).toMatchObject({ status: 400 })
    for (const wrong of ['https://ik.seam.co/ABCXYZ', 'https://example.com/'])
      expect(await refusal(place, '/instant_keys/get', { instant_key_url: wrong })).toMatchObject({
        status: 404,
      })
    const mixed = { instant_key_id, instant_key_url: other.instant_key_url }
    expect(await refusal(place, '/instant_keys/get', mixed)).toMatchObject({ status: 404 })
  })

  test('is for people who are there, and for one use at least', async () => {
    const place = emulator.open()
    const { user_identity_id } = await place.seam.userIdentities.create({})
    const generate = (it: object) =>
      refusal(place, '/user_identities/generate_instant_key', { user_identity_id, ...it })
    expect(await generate({ user_identity_id: UNKNOWN })).toMatchObject({
      status: 404,
      type: 'user_identity_not_found',
    })
    for (const max_use_count of [0, -1, 1.5])
      expect(await generate({ max_use_count })).toMatchObject({ status: 400 })
    expect(await place.seam.instantKeys.list()).toEqual([])
  })

  test('works again after a snapshot is put back', async () => {
    const place = emulator.open()
    const { instant_key_id, instant_key_url } = await guestWithKey(place)
    await place.control('snapshots/create', { name: 'before' })
    await place.seam.instantKeys.delete({ instant_key_id })
    expect((await browser()(instant_key_url)).status).toBe(404)
    await place.control('snapshots/restore', { name: 'before' })
    expect((await browser()(instant_key_url)).status).toBe(200)
  })
})

describe('a client session of a person', () => {
  test('sees and opens the doors of that person, beside those of its accounts', async () => {
    const place = emulator.open()
    const { seam } = place
    const { user_identity_id } = await seam.userIdentities.create({})
    await seam.userIdentities.grantAccessToDevice({ user_identity_id, device_id: home.august })
    const session = await seam.clientSessions.create({ user_identity_id })
    expect(session.device_count).toBe(1)
    const own = SeamHttp.fromClientSessionToken(session.token, {
      endpoint: place.endpoint,
      waitForActionAttempt: { pollingInterval: 10 },
    })
    const seen = async () => (await own.devices.list()).map(({ device_id }) => device_id)
    expect(await seen()).toEqual([home.august])
    await own.locks.unlockDoor({ device_id: home.august })
    const { device_id } = await own.devices.get({ device_id: home.august })
    expect((await own.events.list({ since: iso(0), device_id })).length).toBeGreaterThan(0)
    await expect(own.devices.get({ device_id: home.schlage })).rejects.toThrow(/not found/)
    await seam.clientSessions.grantAccess({
      client_session_id: session.client_session_id,
      connected_account_ids: [home.schlage_account],
    })
    expect(await seen()).toEqual([home.august, home.schlage])
    await seam.userIdentities.revokeAccessToDevice({ user_identity_id, device_id })
    expect(await seen()).toEqual([home.schlage])
    await expect(own.locks.unlockDoor({ device_id })).rejects.toThrow(/not found/)
  })

  test('is for somebody who is there', async () => {
    const place = emulator.open()
    for (const route of ['create', 'get_or_create'])
      expect(
        await refusal(place, `/client_sessions/${route}`, { user_identity_id: UNKNOWN }),
      ).toMatchObject({ status: 404, type: 'user_identity_not_found' })
    const { client_session_id } = await place.seam.clientSessions.create({})
    const given = { client_session_id, user_identity_id: UNKNOWN }
    expect(await refusal(place, '/client_sessions/grant_access', given)).toMatchObject({
      status: 404,
    })
  })
})
