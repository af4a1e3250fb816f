/**
 * The filters of all lists of people, places, access and their surroundings: each parameter of Seam's
 * document, asked over HTTP in one world, finds just what it should.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { day, home, iso, minute, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'
import { seamDocument } from '../../support/seam-document.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
let place: Place
beforeAll(async () => {
  emulator = await startPlaces()
  place = emulator.open('filters')
  ids = await furnish(place)
})
afterAll(() => emulator.stop())

const nobody = '00000000-0000-4000-8000-0000000000cc'

/**
 * The August lock is in Sunny's flat; the Schlage account is Owner's. Ada (of Sunny) has a grant for
 * the flat and another one for the hub's lock, Ben (of nobody) one for the Schlage lock.
 */
const furnish = async ({ seam, raw, advance }: Place) => {
  const { spaces, userIdentities, accessGrants, accessMethods, accessCodes } = seam
  const flat = await spaces.create({
    name: 'Flat 1',
    space_key: 'flat-1',
    customer_key: 'sunny',
    device_ids: [home.august],
  })
  await spaces.create({ name: 'Yard', device_ids: [home.smartthings] })
  const user_identity = { full_name: 'Ada Guest', user_identity_key: 'ada' }
  await seam.customers.pushData({
    customer_key: 'sunny',
    user_identities: [{ user_identity_key: 'ada', name: 'Ada Guest', email_address: 'a@b.co' }],
  })
  const ada = await userIdentities.get({ user_identity_key: user_identity.user_identity_key })
  const ben = await userIdentities.create({ full_name: 'Ben' })
  await raw('/connected_accounts/update', {
    connected_account_id: home.schlage_account,
    customer_key: 'owner',
    custom_metadata: { house: 'blue' },
  })
  const times = { starts_at: iso(T0), ends_at: iso(T0 + day) }
  const requested_access_methods = [{ mode: 'code' } as const]
  const grant = (user_identity_id: string, more: object) =>
    accessGrants.create({ user_identity_id, requested_access_methods, ...times, ...more })
  const inFlat = await grant(ada.user_identity_id, {
    space_ids: [flat.space_id],
    access_grant_key: 'ada-flat',
    reservation_key: 'r1',
  })
  const inYard = await grant(ada.user_identity_id, { device_ids: [home.smartthings] })
  const bens = await grant(ben.user_identity_id, { device_ids: [home.schlage] })
  const plain = await accessCodes.create({ device_id: home.august, name: 'Plain', code: '4711' })
  await advance(5 * minute)
  const methodOf = async ({ access_grant_id }: { access_grant_id: string }) =>
    (await accessMethods.list({ access_grant_id }))[0]?.access_method_id ?? ''
  const codeOf = async ({ access_grant_id }: { access_grant_id: string }) =>
    (await accessCodes.list({ access_grant_id }))[0]?.access_code_id ?? ''
  return {
    flat: flat.space_id,
    ada: ada.user_identity_id,
    ben: ben.user_identity_id,
    inFlat: inFlat.access_grant_id,
    inYard: inYard.access_grant_id,
    bens: bens.access_grant_id,
    flatMethod: await methodOf(inFlat),
    yardMethod: await methodOf(inYard),
    bensMethod: await methodOf(bens),
    flatCode: await codeOf(inFlat),
    yardCode: await codeOf(inYard),
    bensCode: await codeOf(bens),
    plain: plain.access_code_id,
    key: (await seam.instantKeys.list()).length,
  }
}

let ids: Awaited<ReturnType<typeof furnish>>
type Name = Exclude<keyof typeof ids, 'key'>

/** Which of the things of the world a list answers, by their names in it. */
const namesIn = async (path: string, body: object): Promise<string[]> => {
  const { status, body: answer } = await place.raw(path, body)
  expect(status).toBe(200)
  const lists = z.record(z.string(), z.unknown()).parse(answer)
  const found = z
    .array(z.record(z.string(), z.unknown()))
    .parse(Object.values(lists).find((it) => Array.isArray(it)))
  const known = new Map<unknown, string>([
    ...Object.entries(ids).map(([name, id]) => [id, name] as const),
    ...Object.entries(home).map(([name, id]) => [id, name] as const),
  ])
  const key = idOf[path] ?? ''
  return found.flatMap((row) => known.get(row[key]) ?? []).toSorted()
}

const idOf: Record<string, string> = {
  '/access_codes/list': 'access_code_id',
  '/devices/list': 'device_id',
  '/locks/list': 'device_id',
  '/connected_accounts/list': 'connected_account_id',
  '/access_grants/list': 'access_grant_id',
  '/access_methods/list': 'access_method_id',
  '/user_identities/list': 'user_identity_id',
  '/spaces/list': 'space_id',
}

/** A value that stands for a thing of the world. */
const its = (name: Name) => () => ids[name]
const ofMany = (name: Name) => () => [ids[name]]
const value = (it: unknown) => () => it

type Case = [path: string, param: string, value: () => unknown, found: string[]]

const grants = ['bens', 'inFlat', 'inYard']
const locks = ['august', 'august_without_keypad', 'igloohome', 'schlage', 'smartthings']

const ofDevices = (path: string): Case[] => [
  [path, 'customer_key', value('sunny'), ['august']],
  [path, 'customer_key', value('owner'), ['schlage']],
  [path, 'customer_key', value('nobody'), []],
  [path, 'space_id', its('flat'), ['august']],
  [path, 'unstable_location_id', its('flat'), ['august']],
  [
    path,
    'unstable_location_id',
    value(null),
    locks.filter((it) => it !== 'august' && it !== 'smartthings'),
  ],
  [path, 'connected_account_id', value(home.schlage_account), ['schlage']],
  [path, 'connected_account_ids', value([home.schlage_account]), ['schlage']],
  [path, 'device_ids', value([home.august, nobody]), ['august']],
  [path, 'device_type', value('schlage_lock'), ['schlage']],
  [path, 'device_types', value(['schlage_lock', 'smartthings_lock']), ['schlage', 'smartthings']],
  [path, 'manufacturer', value('schlage'), ['schlage']],
  [path, 'created_before', value(iso(T0)), []],
  [path, 'search', value('studio'), ['smartthings']],
  [path, 'user_identifier_key', value('nobody'), []],
  [path, 'connect_webview_id', value(nobody), []],
  [path, 'custom_metadata_has', value({ none: 'such' }), []],
  [
    path,
    'include_if',
    value(['can_program_online_access_codes']),
    ['august', 'igloohome', 'schlage', 'smartthings'],
  ],
  [path, 'exclude_if', value(['can_program_online_access_codes']), ['august_without_keypad']],
]

const cases: Case[] = [
  ...ofDevices('/devices/list'),
  ...ofDevices('/locks/list'),

  ['/access_codes/list', 'customer_key', value('sunny'), ['flatCode', 'plain', 'yardCode']],
  ['/access_codes/list', 'customer_key', value('owner'), ['bensCode']],
  ['/access_codes/list', 'customer_key', value('nobody'), []],
  ['/access_codes/list', 'device_id', value(home.august), ['flatCode', 'plain']],
  ['/access_codes/list', 'access_code_ids', ofMany('plain'), ['plain']],
  ['/access_codes/list', 'access_grant_id', its('inFlat'), ['flatCode']],
  ['/access_codes/list', 'access_grant_id', value(nobody), []],
  ['/access_codes/list', 'access_grant_key', value('ada-flat'), ['flatCode']],
  ['/access_codes/list', 'access_method_id', its('yardMethod'), ['yardCode']],
  ['/access_codes/list', 'search', value('ada'), ['flatCode', 'yardCode']],
  ['/access_codes/list', 'user_identifier_key', value('nobody'), []],

  ['/connected_accounts/list', 'customer_key', value('owner'), ['schlage_account']],
  ['/connected_accounts/list', 'space_id', its('flat'), ['august_account']],
  [
    '/connected_accounts/list',
    'custom_metadata_has',
    value({ house: 'blue' }),
    ['schlage_account'],
  ],
  ['/connected_accounts/list', 'search', value('smartthings'), ['smartthings_account']],
  ['/connected_accounts/list', 'user_identifier_key', value('nobody'), []],

  ['/access_grants/list', 'access_grant_ids', ofMany('bens'), ['bens']],
  ['/access_grants/list', 'access_grant_key', value('ada-flat'), ['inFlat']],
  ['/access_grants/list', 'access_grant_key', value(null), ['bens', 'inYard']],
  ['/access_grants/list', 'reservation_key', value('r1'), ['inFlat']],
  ['/access_grants/list', 'customer_key', value('sunny'), ['inFlat', 'inYard']],
  ['/access_grants/list', 'user_identity_id', its('ada'), ['inFlat', 'inYard']],
  ['/access_grants/list', 'device_id', value(home.august), ['inFlat']],
  ['/access_grants/list', 'space_id', its('flat'), ['inFlat']],
  ['/access_grants/list', 'location_id', its('flat'), ['inFlat']],
  ['/access_grants/list', 'access_code_id', its('bensCode'), ['bens']],
  ['/access_grants/list', 'access_code_id', its('plain'), []],

  ['/access_methods/list', 'access_grant_id', its('inYard'), ['yardMethod']],
  ['/access_methods/list', 'access_grant_key', value('ada-flat'), ['flatMethod']],
  ['/access_methods/list', 'access_code_id', its('bensCode'), ['bensMethod']],
  ['/access_methods/list', 'device_id', value(home.august), ['flatMethod']],
  ['/access_methods/list', 'space_id', its('flat'), ['flatMethod']],

  ['/user_identities/list', 'user_identity_ids', ofMany('ben'), ['ben']],
  ['/user_identities/list', 'search', value('a@b'), ['ada']],
  ['/user_identities/list', 'created_before', value(iso(T0)), []],

  ['/spaces/list', 'customer_key', value('sunny'), ['flat']],
  ['/spaces/list', 'space_key', value('flat-1'), ['flat']],
  ['/spaces/list', 'search', value('FLAT'), ['flat']],
  ['/spaces/list', 'connected_account_id', value(nobody), []],
  ['/spaces/list', 'parent_space_id', value(nobody), []],
  ['/spaces/list', 'parent_space_key', value('none'), []],
]

describe('a filter of', () => {
  it.each(cases)('%s by %s finds what it should (%#)', async (path, param, given, found) => {
    expect(await namesIn(path, { [param]: given() })).toEqual(found)
  })

  it('one list and another both hold', async () => {
    const both = { customer_key: 'sunny', device_id: home.august, reservation_key: 'r1' }
    expect(await namesIn('/access_grants/list', both)).toEqual(['inFlat'])
    expect(await namesIn('/access_grants/list', { ...both, user_identity_id: ids.ben })).toEqual([])
    expect(await namesIn('/access_grants/list', {})).toEqual(grants)
  })
})

it('every parameter that Seam’s document has for these lists is tried here', () => {
  const paging = new Set(['limit', 'page_cursor'])
  const ofAccessSystems = /^acs_|^credential_manager_acs/
  const missing = Object.keys(idOf).flatMap((path) => {
    const schema =
      seamDocument.paths[path]?.['post']?.requestBody?.content['application/json'].schema
    const tried = new Set(cases.filter(([it]) => it === path).map(([, param]) => param))
    return Object.keys(schema?.properties ?? {})
      .filter((name) => !paging.has(name) && !ofAccessSystems.test(name) && !tried.has(name))
      .map((name) => `${path} ${name}`)
  })
  expect(missing).toEqual([])
})

/** The types of the events that a filter finds, each once. */
const types = async (filter: object): Promise<string[]> => {
  const list: unknown = await place.seam.events.list({ since: iso(T0 - 1), ...filter })
  const events = z.array(z.looseObject({ event_type: z.string() })).parse(list)
  return [...new Set(events.map(({ event_type }) => event_type))].toSorted()
}

describe('what can match nothing, or very much, is asked as anything else', () => {
  it('grants of a system that is not there, or that has no doors', async () => {
    expect(await place.seam.accessGrants.list({ acs_system_id: nobody })).toEqual([])
    const service = 'assa_abloy_credential_service'
    const { acs_system_id } = await place.emulator.acsSystems.create({ model: service })
    expect(await place.seam.accessGrants.list({ acs_system_id })).toEqual([])
  })

  it('grants and events of a customer with two thousand spaces', async () => {
    const large = emulator.open('large-customer')
    await large.seam.customers.pushData({
      customer_key: 'chain',
      spaces: Array.from({ length: 2_000 }, (_, n) => ({ space_key: `s${n}`, name: `Room ${n}` })),
    })
    const customer_key = 'chain'
    expect(await large.seam.accessGrants.list({ customer_key })).toEqual([])
    const events = await large.seam.events.list({ customer_key, since: iso(T0), limit: 5_000 })
    expect(events).toHaveLength(2_000)
  })

  it('metadata of more pairs than SQLite has places, which is refused', async () => {
    const pairs = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, true]))
    const asked = (count: number) =>
      place.raw('/devices/list', { custom_metadata_has: pairs(count) })
    expect(await asked(900)).toMatchObject({ status: 200, body: { devices: [] } })
    expect(await asked(40_000)).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_input' } },
    })
  })
})

describe('events/list', () => {
  it('by a grant has its methods and codes, and by a method its codes', async () => {
    const ofCode = ['access_code.created', 'access_code.set_on_device']
    expect(await types({ access_grant_id: ids.inFlat })).toEqual([
      ...ofCode,
      'access_grant.access_granted_to_all_doors',
      'access_grant.created',
      'access_method.created',
      'access_method.issued',
    ])
    expect(await types({ access_method_id: ids.flatMethod })).toEqual([
      ...ofCode,
      'access_method.created',
      'access_method.issued',
    ])
    expect(await types({ access_grant_ids: [nobody] })).toEqual([])
  })

  it('by a space has the space itself and the devices that are in it', async () => {
    await place.seam.spaces.removeDevices({ space_id: ids.flat, device_ids: [home.august] })
    await place.seam.spaces.addDevices({ space_id: ids.flat, device_ids: [home.august] })
    await place.advance(5 * minute)
    const found = await types({ space_id: ids.flat })
    expect(found).toEqual(await types({ space_ids: [ids.flat, nobody] }))
    expect(found).toEqual(
      expect.arrayContaining([
        'access_code.set_on_device',
        'space.created',
        'space.device_membership_changed',
      ]),
    )
    expect(found).not.toContain('access_grant.created')
  })

  it('by a customer has its spaces, their devices, and the grants of its people', async () => {
    const found = await types({ customer_key: 'sunny' })
    expect(found).toEqual(
      expect.arrayContaining(['access_grant.created', 'access_method.issued', 'space.created']),
    )
    expect(await types({ customer_key: 'owner' })).toEqual([
      'access_code.created',
      'access_code.set_on_device',
    ])
    expect(await types({ customer_key: 'nobody' })).toEqual([])
  })

  it('by a person has the doors that were opened with a PIN of a grant', async () => {
    const [method] = await place.seam.accessMethods.list({ access_grant_id: ids.bens })
    await place.enter(home.schlage, method?.code ?? '')
    await place.advance(minute)
    const list: unknown = await place.seam.events.list({
      since: iso(T0 - 1),
      event_type: 'lock.unlocked',
      user_identity_id: ids.ben,
    })
    expect(list).toMatchObject([
      { access_code_id: ids.bensCode, user_identity_id: ids.ben, customer_key: 'owner' },
    ])
    expect(await types({ user_identity_id: ids.ada })).toEqual([])
  })

  it('a PIN of a customer’s guest says whose guest it is, at a door of nobody', async () => {
    const device_id = await place.hang('yale', { name: 'Gate' })
    const { access_grant_id } = await place.seam.accessGrants.create({
      user_identity_id: ids.ada,
      device_ids: [device_id],
      requested_access_methods: [{ mode: 'code' }],
    })
    await place.advance(minute)
    const [method] = await place.seam.accessMethods.list({ access_grant_id })
    await place.enter(device_id, method?.code ?? '')
    await place.advance(minute)
    const list: unknown = await place.seam.events.list({
      since: iso(T0 - 1),
      event_type: 'lock.unlocked',
      device_id,
    })
    expect(list).toMatchObject([{ user_identity_id: ids.ada, customer_key: 'sunny' }])
  })
})
