/** What doors with a line judge by: the table of their controller, which hears of changes a little later. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { setEntranceOnline } from '../../src/sim/acs-cards/door-lines.ts'
import { setMembership, suspendUser } from '../../src/sim/acs-users/operations.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import { settled, siteOf } from '../support/hotel.ts'
import { hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

type Credential = Parameters<Place['seam']['acs']['credentials']['create']>[0]

/** An office, and who comes there with PINs. */
const office = async (place: Place, model: Parameters<typeof siteOf>[1] = 'brivo') => {
  const { acs } = place.seam
  const site = await siteOf(place, model)
  const { acs_system_id } = site
  const [everybody = '', operations = ''] = site.access_groups.map((it) => it.acs_access_group_id)
  const user = async (more: object = {}) =>
    (
      await acs.users.create({
        acs_system_id,
        full_name: 'Ada',
        acs_access_group_ids: [everybody],
        ...more,
      })
    ).acs_user_id
  const pin = async (acs_user_id: string, more: Partial<Credential> = {}) =>
    (await acs.credentials.create({ acs_user_id, access_method: 'code', ...more }))
      .acs_credential_id
  return {
    ...site,
    acs,
    everybody,
    operations,
    user,
    pin,
    codeOf: async (acs_credential_id: string) =>
      (await acs.credentials.get({ acs_credential_id })).code ?? '',
    type: (code: string, door = site.first) => site.show(door, { code }),
  }
}

test('a PIN is at the server after one to four seconds, and at its doors half a second to two later', async () => {
  const place = emulator.open()
  const { user, pin, type, acs } = await office(place)
  const acs_user_id = await user()
  await place.advance(minute)
  const begin = await place.now()
  const acs_credential_id = await pin(acs_user_id, { code: '482913' })
  const isSynced = async () =>
    (await acs.credentials.get({ acs_credential_id }))
      .is_latest_desired_state_synced_with_provider === true
  const since: { synced?: number; opens?: number } = {}
  for (let ms = 0; ms <= 6_000; ms += 100) {
    await place.advanceTo(begin + ms)
    if (await isSynced()) since.synced ??= ms
    if ((await type('482913')) === 'opened') since.opens ??= ms
  }
  const { synced = 0, opens = 0 } = since
  expect(synced).toBeGreaterThanOrEqual(1_000)
  expect(synced).toBeLessThanOrEqual(4_000)
  expect(opens - synced).toBeGreaterThanOrEqual(400)
  expect(opens - synced).toBeLessThanOrEqual(2_100)
})

test('the window of the credential, the schedule of the user and that of the group hold together', async () => {
  const place = emulator.open()
  const { pin, user, type } = await office(place)
  const window = (from: number, until: number) => ({
    starts_at: iso(T0 + from * hour),
    ends_at: iso(T0 + until * hour),
  })
  const acs_user_id = await user({ access_schedule: window(2, 6) })
  await pin(acs_user_id, { code: '482913', ...window(4, 9) })
  const said: string[] = []
  for (const at of [1, 3, 4, 5, 6, 8]) {
    await place.advanceTo(T0 + at * hour)
    said.push(await type('482913'))
  }
  const [open, shut] = ['opened', 'expired_code']
  expect(said).toEqual([shut, shut, open, open, shut, shut])
})

/** An office of Brivo in which Ada has a PIN, as a fixture says it. */
const officeFixture = (door: object = {}, groups: object[] = []) => ({
  name: 'office',
  loose_ids: true,
  connected_accounts: [{ connected_account_id: 'brivo', model: 'brivo' }],
  acs_systems: [{ acs_system_id: 'site', model: 'brivo', connected_account_id: 'brivo' }],
  acs_entrances: [
    { acs_system_id: 'site', acs_entrance_id: 'door', display_name: 'Door', ...door },
  ],
  acs_access_groups: [
    {
      acs_system_id: 'site',
      acs_access_group_id: 'night',
      name: 'Night',
      acs_entrance_ids: ['door'],
      access_schedule: { starts_in: 8 * hour, ends_in: 16 * hour },
    },
    ...groups,
  ],
  acs_users: [
    {
      acs_system_id: 'site',
      acs_user_id: 'ada',
      full_name: 'Ada',
      acs_access_group_ids: ['night'],
    },
  ],
  acs_credentials: [
    {
      acs_system_id: 'site',
      acs_credential_id: 'pin',
      acs_user_id: 'ada',
      access_method: 'code',
      code: '482913',
    },
  ],
})

test('a group with a schedule of its own opens its doors then alone, and of several groups the widest counts', () => {
  const always = {
    acs_system_id: 'site',
    acs_access_group_id: 'always',
    name: 'Always',
    acs_entrance_ids: ['door'],
  }
  const world = openFrozenWorld(officeFixture({}, [always]))
  const type = () => world.write((it) => presentAt(it, 'door', { code: '482913' }).reason)
  expect(type()).toBe('expired_code')
  world.advance(9 * hour)
  expect(type()).toBe(null)
  world.advance(7 * hour)
  expect(type()).toBe('expired_code')
  world.write((it) => setMembership(it, 'ada', 'always', true))
  world.advance(minute)
  expect(type()).toBe(null)
})

test('a door that no group of the user has refuses a PIN that opens others', async () => {
  const place = emulator.open()
  const { user, pin, type, first, second } = await office(place)
  await pin(await user(), { code: '482913' })
  await place.advance(minute)
  expect(await type('482913', first)).toBe('opened')
  expect(await type('482913', second)).toBe('unknown_code')
  expect(await type('999999', first)).toBe('unknown_code')
})

test('who has lost all doors is unknown to them, and who is suspended is blocked', async () => {
  const place = emulator.open()
  const { user, pin, type, acs } = await office(place)
  const [ada, bea] = [await user(), await user()]
  await pin(ada, { code: '111111' })
  await pin(bea, { code: '222222' })
  await place.advance(minute)
  await acs.users.revokeAccessToAllEntrances({ acs_user_id: ada })
  await acs.users.suspend({ acs_user_id: bea })
  await place.advance(minute)
  expect([await type('111111'), await type('222222')]).toEqual(['unknown_code', 'blocklisted_code'])
  // Suspended or not, what was declared stays declared.
  expect(await acs.users.listAccessibleEntrances({ acs_user_id: bea })).toHaveLength(2)
})

test('a user without a slot of the subscription stands before a shut door, until one is free', async () => {
  const place = emulator.open()
  const { user, pin, codeOf, type, acs } = await office(place, 'salto_ks')
  const others: string[] = []
  for (let nth = 0; nth < 20; nth++) others.push(await user())
  await place.advance(minute)
  const late = await pin(await user())
  await place.advance(minute)
  const code = await codeOf(late)
  expect(await type(code)).toBe('credential_error')
  await acs.users.delete({ acs_user_id: others[0] ?? '' })
  await place.advance(minute)
  expect(await type(code)).toBe('opened')
})

test('a door that is cut off knows the window that it knew, by a clock that goes on', async () => {
  const place = emulator.open()
  const { user, pin, type, acs, first } = await office(place)
  const acs_credential_id = await pin(await user(), {
    code: '482913',
    ends_at: iso(T0 + 5 * hour),
  })
  await place.advance(minute)
  await place.emulator.entrances.setOnline({ acs_entrance_id: first, online: false })
  await acs.credentials.update({ acs_credential_id, ends_at: iso(T0 + 9 * hour) })
  await place.advanceTo(T0 + 4 * hour)
  expect(await type('482913')).toBe('opened')
  await place.advanceTo(T0 + 5 * hour)
  expect(await type('482913')).toBe('expired_code')
  await place.emulator.entrances.setOnline({ acs_entrance_id: first, online: true })
  expect(await type('482913')).toBe('opened')
})

test('doors of Avigilon Alta that share a zone open to the same people, and say so', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const zone = (name: string, zone_id: number) => ({ name, metadata: { zone_id } })
  const site = await place.emulator.acsSystems.create({
    model: 'avigilon_alta',
    entrances: [zone('Left', 7), zone('Right', 7), zone('Back', 8)],
    access_groups: [{ name: 'Staff', entrances: ['Left'] }],
  })
  const { acs_system_id } = site
  const [left = '', right = '', back = ''] = site.entrances.map((it) => it.acs_entrance_id)
  const acs_access_group_id = site.access_groups[0]?.acs_access_group_id ?? ''
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Ada',
    acs_access_group_ids: [acs_access_group_id],
  })
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id,
    access_method: 'code',
    code: '482913',
  })
  await place.advance(minute)
  const type = async (acs_entrance_id: string) =>
    (await place.emulator.acsSystems.present({ acs_entrance_id, code: '482913' })).opened
  expect([await type(left), await type(right), await type(back)]).toEqual([true, true, false])
  const names = (doors: readonly { display_name: string }[]) => doors.map((it) => it.display_name)
  const ofGroup = await acs.accessGroups.listAccessibleEntrances({ acs_access_group_id })
  const ofUser = await acs.users.listAccessibleEntrances({ acs_user_id })
  const ofCredential = await acs.credentials.listAccessibleEntrances({ acs_credential_id })
  for (const doors of [ofGroup, ofUser, ofCredential])
    expect(names(doors)).toEqual(['Left', 'Right'])
  const at = await acs.entrances.listCredentialsWithAccess({ acs_entrance_id: right })
  expect(at.map((it) => it.acs_credential_id)).toEqual([acs_credential_id])
  await place.emulator.entrances.setOnline({ acs_entrance_id: right, online: false })
  expect(await type(right)).toBe(true)
})

test('a PIN that another user of the site has is an error of the credential, and opens for the first', async () => {
  const place = emulator.open()
  const { user, pin, type, acs } = await office(place)
  const first = await pin(await user(), { code: '482913' })
  await place.advance(minute)
  const second = await pin(await user(), { code: '482913' })
  await place.advance(minute)
  const errors = async () =>
    (await acs.credentials.get({ acs_credential_id: second })).errors.map((it) => it.error_code)
  expect(await errors()).toEqual(['code_already_in_use'])
  expect(await type('482913')).toBe('opened')
  await acs.credentials.delete({ acs_credential_id: first })
  await place.advance(hour)
  expect(await errors()).toEqual([])
  expect(await type('482913')).toBe('opened')
  // Another site has its own PINs.
  const other = await office(place, 'pti')
  const elsewhere = await other.pin(await other.user(), { code: '482913' })
  await place.advance(minute)
  expect((await acs.credentials.get({ acs_credential_id: elsewhere })).errors).toEqual([])
})

test('a PIN of the provider is unknown until the provider has it', async () => {
  const place = emulator.open()
  const { user, pin, acs, type } = await office(place, 'salto_ks')
  const acs_credential_id = await pin(await user())
  const now = () => acs.credentials.get({ acs_credential_id })
  expect(await now()).toMatchObject({
    code: null,
    is_issued: false,
    is_latest_desired_state_synced_with_provider: false,
    latest_desired_state_synced_with_provider_at: null,
  })
  await place.advance(minute)
  const known = await now()
  expect(known).toMatchObject({
    is_issued: true,
    is_latest_desired_state_synced_with_provider: true,
  })
  expect(await type(known.code ?? '')).toBe('opened')
  expect((await place.types()).at(-2)).toBe('acs_credential.issued')
})

test('a group that is deleted takes its doors from its members, who keep those of other groups', async () => {
  const place = emulator.open()
  const { user, pin, type, acs, everybody, operations, first, second } = await office(place)
  const acs_user_id = await user({ acs_access_group_ids: [everybody, operations] })
  await pin(acs_user_id, { code: '482913' })
  await place.advance(minute)
  expect(await type('482913', second)).toBe('opened')
  await acs.accessGroups.delete({ acs_access_group_id: operations })
  await place.advance(minute)
  expect(await type('482913', second)).toBe('unknown_code')
  expect(await type('482913', first)).toBe('opened')
})

test('a door that is cut off cannot be unlocked by remote, and one in privacy mode refuses it', async () => {
  const place = emulator.open()
  const { user, acs, first, acs_encoder_id } = await office(place, 'kisi')
  expect(acs_encoder_id).toBe('')
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id: await user(),
    access_method: 'cloud_key',
  })
  await place.advance(minute)
  const unlock = async () =>
    (await settled(place, '/acs/entrances/unlock', { acs_entrance_id: first, acs_credential_id }))
      .error?.type
  expect(await unlock()).toBeUndefined()
  await place.emulator.entrances.setPrivacyMode({ acs_entrance_id: first, enabled: true })
  expect(await unlock()).toBe('access_denied')
  await place.emulator.entrances.setOnline({ acs_entrance_id: first, online: false })
  expect(await unlock()).toBe('entrance_offline')
})

const saysItsLine = async (place: Place, model: 'latch' | 'salto_ks') => {
  const { acs } = place.seam
  const { first: acs_entrance_id } = await siteOf(place, model)
  const said: unknown[] = []
  for (const online of [true, false, true]) {
    await place.emulator.entrances.setOnline({ acs_entrance_id, online })
    const { latch_metadata, salto_ks_metadata } = await acs.entrances.get({ acs_entrance_id })
    said.push(latch_metadata?.is_connected ?? salto_ks_metadata?.online)
  }
  expect(said).toEqual([true, false, true])
}

test('what a door of Latch says of its line is so', () => saysItsLine(emulator.open(), 'latch'))

test('what a door of Salto KS says of its line is so', () =>
  saysItsLine(emulator.open(), 'salto_ks'))

test('a door that a fixture has cut off knows what the site knew, and nothing that came later', () => {
  const world = openFrozenWorld(officeFixture({ is_online: false }))
  const type = () => world.write((it) => presentAt(it, 'door', { code: '482913' }).reason)
  expect(type()).toBe('expired_code')
  world.advance(9 * hour)
  expect(type()).toBe(null)
  world.write((it) => suspendUser(it, 'ada', true))
  world.advance(minute)
  expect(type()).toBe(null)
  world.write((it) => setEntranceOnline(it, 'door', true))
  expect(type()).toBe('blocklisted_code')
})
