import { SeamHttp } from '@seamapi/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { home, startPlaces } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'
import { refusal } from '../../support/refusal.ts'

const UNKNOWN = '00000000-0000-4000-8000-00000000dead'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const post = (place: Place, route: string, body: object = {}) =>
  refusal(place, `/user_identities/${route}`, body)

describe('a user identity', () => {
  test('needs nothing, and is called by the best name that it has', async () => {
    const { seam } = emulator.open()
    const nobody = await seam.userIdentities.create({})
    expect(nobody).toMatchObject({
      full_name: null,
      email_address: null,
      phone_number: null,
      user_identity_key: null,
      display_name: 'User',
      acs_user_ids: [],
      errors: [],
      warnings: [],
    })
    const nameOf = async (person: Parameters<typeof seam.userIdentities.create>[0]) =>
      (await seam.userIdentities.create(person)).display_name
    expect(await nameOf({ user_identity_key: 'k' })).toBe('k')
    expect(await nameOf({ phone_number: '+15555550100' })).toBe('+15555550100')
    expect(await nameOf({ phone_number: '+15555550101', email_address: 'a@x.org' })).toBe('a@x.org')
    expect(await nameOf({ email_address: 'b@x.org', full_name: 'Bo' })).toBe('Bo')
  })

  test('is found by its id or its key, and by nothing else', async () => {
    const place = emulator.open()
    const { seam } = place
    const { user_identity_id } = await seam.userIdentities.create({
      user_identity_key: 'ann',
      email_address: 'ann@example.com',
    })
    const found = await seam.userIdentities.get({ user_identity_key: 'ann' })
    expect(found.user_identity_id).toBe(user_identity_id)
    expect((await seam.userIdentities.get({ user_identity_id })).user_identity_key).toBe('ann')
    const both = { user_identity_id, user_identity_key: 'ann' }
    for (const by of [{}, both, { email_address: 'ann@example.com' }])
      expect(await post(place, 'get', by)).toMatchObject({ status: 400, type: 'invalid_input' })
    expect(await post(place, 'get', { user_identity_key: 'bob' })).toMatchObject({
      status: 404,
      type: 'user_identity_not_found',
    })
  })

  test('has a key, an email address and a phone number that nobody else has', async () => {
    const place = emulator.open()
    const { seam } = place
    const person = {
      user_identity_key: 'ann',
      email_address: 'ann@example.com',
      phone_number: '+15555550100',
    }
    const { user_identity_id } = await seam.userIdentities.create(person)
    const other = await seam.userIdentities.create({ full_name: 'Bo' })
    for (const [param, type] of [
      ['user_identity_key', 'user_identity_already_exists'],
      ['email_address', 'user_identity_email_or_phone_conflict'],
      ['phone_number', 'user_identity_email_or_phone_conflict'],
    ] as const) {
      const taken = { status: 409, type, data: { user_identity_id, [param]: person[param] } }
      const wanted = { [param]: person[param] }
      expect(await post(place, 'create', wanted), param).toMatchObject(taken)
      const change = { user_identity_id: other.user_identity_id, ...wanted }
      expect(await post(place, 'update', change), param).toMatchObject(taken)
      // Its own it may keep.
      await seam.userIdentities.update({ user_identity_id, ...wanted })
    }
    expect(await seam.userIdentities.list()).toHaveLength(2)
  })

  test('is not made with an address that is none, or for an access system that is not there', async () => {
    const place = emulator.open()
    for (const wrong of [
      { email_address: 'ann' },
      { phone_number: '0555 123' },
      { full_name: '' },
      { user_identity_key: '' },
    ])
      expect(await post(place, 'create', wrong)).toMatchObject({ status: 400 })
    expect(await post(place, 'create', { acs_system_ids: [UNKNOWN] })).toMatchObject({
      status: 404,
      type: 'acs_system_not_found',
    })
    expect(await place.seam.userIdentities.list()).toEqual([])
  })

  test('is changed field by field, and null clears one', async () => {
    const { seam } = emulator.open()
    const { user_identity_id } = await seam.userIdentities.create({
      full_name: 'Ann',
      email_address: 'ann@example.com',
      user_identity_key: 'ann',
    })
    await seam.userIdentities.update({
      user_identity_id,
      full_name: null,
      phone_number: '+4912345',
    })
    expect(await seam.userIdentities.get({ user_identity_id })).toMatchObject({
      full_name: null,
      email_address: 'ann@example.com',
      phone_number: '+4912345',
      user_identity_key: 'ann',
      display_name: 'ann@example.com',
    })
    // The key is free for somebody else now.
    await seam.userIdentities.update({ user_identity_id, user_identity_key: null })
    await seam.userIdentities.create({ user_identity_key: 'ann' })
  })

  test('goes, with what it had', async () => {
    const place = emulator.open()
    const { seam } = place
    const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: 'ann' })
    await seam.userIdentities.grantAccessToDevice({ user_identity_id, device_id: home.august })
    await seam.userIdentities.delete({ user_identity_id })
    for (const route of ['get', 'delete', 'update', 'list_accessible_devices'])
      expect(await post(place, route, { user_identity_id }), route).toMatchObject({
        status: 404,
        type: 'user_identity_not_found',
      })
    const again = await seam.userIdentities.create({ user_identity_key: 'ann' })
    const { user_identity_id: other } = again
    expect(await seam.userIdentities.listAccessibleDevices({ user_identity_id: other })).toEqual([])
  })
})

describe('lists of user identities', () => {
  test('are searched by name, phone, email and id', async () => {
    const { seam } = emulator.open()
    const ann = await seam.userIdentities.create({ full_name: 'Ann Marple' })
    await seam.userIdentities.create({ email_address: 'marple@example.com' })
    await seam.userIdentities.create({ phone_number: '+15555550199' })
    const found = async (search: string) =>
      (await seam.userIdentities.list({ search })).map(({ display_name }) => display_name)
    expect(await found('MARPLE')).toEqual(['Ann Marple', 'marple@example.com'])
    expect(await found('0199')).toEqual(['+15555550199'])
    expect(await found(ann.user_identity_id.slice(3, 20))).toEqual(['Ann Marple'])
    expect(await found('%')).toEqual([])
  })

  test('are narrowed to ids and to those who were there before an instant', async () => {
    const place = emulator.open()
    const { seam } = place
    const first = await seam.userIdentities.create({ full_name: 'First' })
    await place.advance('1h')
    const second = await seam.userIdentities.create({ full_name: 'Second' })
    const names = async (filter: Parameters<typeof seam.userIdentities.list>[0]) =>
      (await seam.userIdentities.list(filter)).map(({ full_name }) => full_name)
    expect(await names({ created_before: second.created_at })).toEqual(['First'])
    expect(await names({ user_identity_ids: [second.user_identity_id, UNKNOWN] })).toEqual([
      'Second',
    ])
    expect(await names({ user_identity_ids: [first.user_identity_id], search: 'Second' })).toEqual(
      [],
    )
    expect(await names({ credential_manager_acs_system_id: UNKNOWN })).toEqual([])
  })

  test('have pages', async () => {
    const { seam } = emulator.open()
    for (const full_name of ['A', 'B', 'C']) await seam.userIdentities.create({ full_name })
    const pages = seam.createPaginator(seam.userIdentities.list({ limit: 2 }))
    expect((await pages.flattenToArray()).map((it) => it.full_name)).toEqual(['A', 'B', 'C'])
  })
})

describe('direct access to devices', () => {
  test('is given and taken back, as often as one likes', async () => {
    const place = emulator.open()
    const { seam } = place
    const { user_identity_id } = await seam.userIdentities.create({})
    const reached = async () =>
      (await seam.userIdentities.listAccessibleDevices({ user_identity_id })).map(
        (it) => it.device_id,
      )
    for (const device_id of [home.schlage, home.august, home.august])
      await seam.userIdentities.grantAccessToDevice({ user_identity_id, device_id })
    expect(await reached()).toEqual([home.august, home.schlage])
    const answer = await place.raw('/user_identities/list_accessible_devices', { user_identity_id })
    expect(answer.body).toMatchObject({
      devices: [{ device_id: home.august }, { device_id: home.schlage }],
      accessible_devices: [{ device_id: home.august }, { device_id: home.schlage }],
    })
    for (const device_id of [home.august, home.august])
      await seam.userIdentities.revokeAccessToDevice({ user_identity_id, device_id })
    expect(await reached()).toEqual([home.schlage])
  })

  test('is for known people and managed devices', async () => {
    const place = emulator.open()
    const { user_identity_id } = await place.seam.userIdentities.create({})
    const unmanaged = await place.hang('schlage', { is_managed: false })
    const give = (it: object) =>
      post(place, 'grant_access_to_device', { user_identity_id, device_id: home.august, ...it })
    expect(await give({ device_id: UNKNOWN })).toMatchObject({
      status: 404,
      type: 'device_not_found',
    })
    expect(await give({ user_identity_id: UNKNOWN })).toMatchObject({
      status: 404,
      type: 'user_identity_not_found',
    })
    expect(await give({ device_id: unmanaged })).toMatchObject({
      status: 400,
      type: 'device_unmanaged',
    })
    const back = { user_identity_id, device_id: UNKNOWN }
    expect(await post(place, 'revoke_access_to_device', back)).toMatchObject({ status: 404 })
  })

  test('ends with the device, and rests while nobody manages it', async () => {
    const { seam } = emulator.open()
    const { user_identity_id } = await seam.userIdentities.create({})
    for (const device_id of [home.august, home.schlage])
      await seam.userIdentities.grantAccessToDevice({ user_identity_id, device_id })
    await seam.devices.update({ device_id: home.schlage, is_managed: false })
    await seam.connectedAccounts.delete({ connected_account_id: home.august_account })
    const reached = () => seam.userIdentities.listAccessibleDevices({ user_identity_id })
    expect(await reached()).toEqual([])
    await seam.devices.unmanaged.update({ device_id: home.schlage, is_managed: true })
    expect(await reached()).toMatchObject([{ device_id: home.schlage }])
  })
})

describe('without access systems', () => {
  test('a person has no entrances, systems and users there, and none can be added', async () => {
    const place = emulator.open()
    const { seam } = place
    const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: 'ann' })
    expect(await seam.userIdentities.listAccessibleEntrances({ user_identity_id })).toEqual([])
    expect(await seam.userIdentities.listAcsSystems({ user_identity_id })).toEqual([])
    expect(await seam.userIdentities.listAcsUsers({ user_identity_id })).toEqual([])
    const unknownUser = { status: 404, type: 'acs_user_not_found' }
    const acs_user_id = UNKNOWN
    for (const by of [
      { user_identity_id },
      { user_identity_key: 'ann' },
      { user_identity_key: 'new' },
    ])
      expect(await post(place, 'add_acs_user', { acs_user_id, ...by })).toMatchObject(unknownUser)
    expect(await post(place, 'remove_acs_user', { acs_user_id, user_identity_id })).toMatchObject(
      unknownUser,
    )
    for (const by of [{}, { user_identity_id, user_identity_key: 'ann' }])
      expect(await post(place, 'add_acs_user', { acs_user_id, ...by })).toMatchObject({
        status: 400,
      })
    const nobody = { acs_user_id, user_identity_id: UNKNOWN }
    expect(await post(place, 'add_acs_user', nobody)).toMatchObject({
      type: 'user_identity_not_found',
    })
    expect(await seam.userIdentities.list()).toHaveLength(1)
  })

  test('nobody is unmanaged', async () => {
    const place = emulator.open()
    const { seam } = place
    const { user_identity_id } = await seam.userIdentities.create({})
    const answer = await place.raw('/user_identities/unmanaged/list')
    expect(answer.body).toMatchObject({
      user_identities: [],
      pagination: { has_next_page: false, next_page_cursor: null },
    })
    expect(await post(place, 'unmanaged/get', { user_identity_id })).toMatchObject({ status: 404 })
    expect(
      await post(place, 'unmanaged/update', { user_identity_id, is_managed: true }),
    ).toMatchObject({ status: 404, type: 'user_identity_not_found' })
    for (const wrong of [{}, { is_managed: false }])
      expect(await post(place, 'unmanaged/update', { user_identity_id, ...wrong })).toMatchObject({
        status: 400,
      })
  })
})

describe('a client session of a person', () => {
  test('sees that person and nobody else', async () => {
    const place = emulator.open()
    const { seam } = place
    const ann = await seam.userIdentities.create({ full_name: 'Ann' })
    const bo = await seam.userIdentities.create({ full_name: 'Bo' })
    const { token } = await seam.clientSessions.create({ user_identity_id: ann.user_identity_id })
    const own = SeamHttp.fromClientSessionToken(token, { endpoint: place.endpoint })
    expect((await own.userIdentities.list()).map((it) => it.full_name)).toEqual(['Ann'])
    const { user_identity_id } = ann
    expect(await own.userIdentities.listAcsSystems({ user_identity_id })).toEqual([])
    await expect(
      own.userIdentities.listAcsSystems({ user_identity_id: bo.user_identity_id }),
    ).rejects.toThrow(/not found/)
    const { token: empty } = await seam.clientSessions.create({ user_identifier_key: 'guest' })
    const without = SeamHttp.fromClientSessionToken(empty, { endpoint: place.endpoint })
    expect(await without.userIdentities.list()).toEqual([])
  })
})
