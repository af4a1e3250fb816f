/** Bad input to the routes of grants, people, spaces and customers: a clear refusal, and nothing changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../src/api/seam/index.ts'
import { day, home, hour, iso, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { furnish } from '../support/routes/furnish.ts'
import type { Furniture } from '../support/routes/furnish.ts'
import { paramsOf } from '../support/routes/inputs.ts'
import { recipes } from '../support/routes/recipes.ts'

const families =
  /^\/(access_grants|access_methods|user_identities|spaces|customers|instant_keys|phones)\//
const routes = endpoints.filter(
  ({ path }) => families.test(path) && !path.includes('reservations/create_deep_link'),
)
const nobody = '00000000-0000-4000-8000-000000000000'

let places: Awaited<ReturnType<typeof startPlaces>>
/** One world for all of it: whatever is refused leaves it as it was. */
let place: Place
let ids: Furniture
let abroad: Furniture

const snapshot = async (): Promise<string> =>
  JSON.stringify((await place.raw('/_emulator/snapshots/export')).body)

beforeAll(async () => {
  places = await startPlaces()
  place = places.open('refused')
  ids = await furnish(place)
  abroad = await furnish(places.open('abroad'))
}, 60_000)
afterAll(() => places.stop())

const failure = z.object({
  error: z.looseObject({ type: z.string(), message: z.string() }),
  ok: z.literal(false).optional(),
})

/** Sends it, and sees that it is refused in Seam's shape, and that nothing has changed. */
const refused = async (path: string, input: object): Promise<string> => {
  const before = await snapshot()
  const { status, body } = await place.raw(path, input)
  expect([path, input, status]).toEqual([path, input, expect.toBeOneOf([400, 404, 409])])
  const { error } = failure.parse(body)
  expect(error.message.length).toBeGreaterThan(5)
  expect(await snapshot()).toBe(before)
  return `${status} ${error.type}`
}

/** The id parameters of a route's recipe, by which it finds what it is about. */
const idsOf = (path: string): string[] =>
  Object.entries(recipes[path]?.(ids) ?? {}).flatMap(([name, value]) =>
    /_ids?$/.test(name) && (typeof value === 'string' || Array.isArray(value)) ? [name] : [],
  )

/** Something of the same sort in another workspace; devices and accounts of the fixture are in both. */
const abroadOf = (name: string): string | undefined => {
  const sort = name.replace(/s$/, '')
  if (sort === 'device_id') return abroad['subscribed_device_id']
  return sort === 'connected_account_id' ? nobody : (abroad[sort] ?? abroad['access_code_id'])
}

/** Lists narrow what they answer, and get_related leaves out what it does not know. */
const isRead = (path: string): boolean => /\/(list|get_related)$/.test(path)

test('there are fifty-eight routes', () => {
  expect(routes).toHaveLength(58)
})

describe.each(routes)('$path', (endpoint) => {
  const { path } = endpoint

  test('refuses ids of nothing and of another workspace, and what is no id', async () => {
    const recipe = recipes[path]?.(ids) ?? {}
    for (const name of idsOf(path)) {
      const asList = (id: unknown) => (Array.isArray(recipe[name]) ? [id] : id)
      for (const id of isRead(path) ? [] : [nobody, abroadOf(name)]) {
        const told = await refused(path, { ...recipe, [name]: asList(id) })
        expect([name, told]).toEqual([name, expect.stringMatching(/^404 \w+_not_found$/)])
      }
      const told = await refused(path, { ...recipe, [name]: asList('no id') })
      expect([name, told]).toEqual([name, '400 invalid_input'])
    }
  })

  test('refuses to be called without what it requires', async () => {
    const recipe = recipes[path]?.(ids) ?? {}
    for (const name of paramsOf(endpoint).required) {
      const { [name]: _left, ...rest } = recipe
      expect([name, await refused(path, rest)]).toEqual([name, '400 invalid_input'])
    }
  })
})

const grantOn = (device_id: string, more: object = {}) => ({
  user_identity: { full_name: 'Somebody' },
  device_ids: [device_id],
  requested_access_methods: [{ mode: 'code' }],
  ends_at: iso(T0 + 9 * day),
  ...more,
})
const code = (value: unknown) => [{ mode: 'code', code: value }]
const create = '/access_grants/create'
const update = '/access_grants/update'

const bad: [what: string, path: string, input: (its: Furniture) => object, told: string][] = [
  [
    'a key in use',
    create,
    () => grantOn(home.august, { access_grant_key: 'stay' }),
    '409 access_grant_already_exists',
  ],
  [
    'an end before the start',
    create,
    () => grantOn(home.august, { starts_at: iso(T0 + 9 * day), ends_at: iso(T0 + 8 * day) }),
    '400 invalid_input',
  ],
  [
    'an end at the start',
    create,
    () => grantOn(home.august, { starts_at: iso(T0 + 9 * day), ends_at: iso(T0 + 9 * day) }),
    '400 invalid_input',
  ],
  [
    'an end in the past',
    create,
    () => grantOn(home.august, { starts_at: iso(T0 - day), ends_at: iso(T0 - hour) }),
    '400 invalid_input',
  ],
  ['nobody', create, () => grantOn(home.august, { user_identity: undefined }), '400 invalid_input'],
  [
    'two people',
    create,
    (its) => grantOn(home.august, { user_identity_id: its['user_identity_id'] }),
    '400 invalid_input',
  ],
  ['no door', create, () => grantOn(home.august, { device_ids: [] }), '400 invalid_input'],
  [
    'an unknown space key',
    create,
    () => grantOn(home.august, { space_keys: ['nowhere'] }),
    '404 space_not_found',
  ],
  [
    'a device that nobody manages',
    create,
    (its) => grantOn(its['unmanaged_device_id'] ?? ''),
    '400 device_unmanaged',
  ],
  [
    'an unknown door beside a known one',
    create,
    () => grantOn(home.august, { device_ids: [home.august, nobody] }),
    '404 device_not_found',
  ],
  [
    'an unknown person',
    create,
    () => grantOn(home.august, { user_identity: undefined, user_identity_id: nobody }),
    '404 user_identity_not_found',
  ],
  [
    'no way in',
    create,
    () => grantOn(home.august, { requested_access_methods: [] }),
    '400 invalid_input',
  ],
  [
    'a mode that there is not',
    create,
    () => grantOn(home.august, { requested_access_methods: [{ mode: 'key' }] }),
    '400 invalid_input',
  ],
  [
    'a PIN of three digits',
    create,
    () => grantOn(home.august, { requested_access_methods: code('123') }),
    '400 invalid_input',
  ],
  [
    'a PIN of ten digits',
    create,
    () => grantOn(home.august, { requested_access_methods: code('1234567890') }),
    '400 invalid_input',
  ],
  [
    'a PIN of letters',
    create,
    () => grantOn(home.august, { requested_access_methods: code('abcd') }),
    '400 invalid_input',
  ],
  [
    'a PIN for a card',
    create,
    () => grantOn(home.august, { requested_access_methods: [{ mode: 'card', code: '4711' }] }),
    '400 invalid_input',
  ],
  [
    'uses of a PIN',
    create,
    () =>
      grantOn(home.august, {
        requested_access_methods: [{ mode: 'code', instant_key_max_use_count: 1 }],
      }),
    '400 invalid_input',
  ],
  [
    'an address that is none',
    create,
    () => grantOn(home.august, { user_identity: { email_address: 'ada' } }),
    '400 invalid_input',
  ],
  [
    'a key of a person in use',
    create,
    () => grantOn(home.august, { user_identity: { user_identity_key: 'ann' } }),
    '409 user_identity_already_exists',
  ],
  ['neither id nor key', update, () => ({ name: 'x' }), '400 invalid_input'],
  [
    'id and key',
    update,
    (its) => ({ access_grant_id: its['access_grant_id'], access_grant_key: 'stay', name: 'x' }),
    '400 invalid_input',
  ],
  [
    'an unknown key',
    update,
    () => ({ access_grant_key: 'nothing', name: 'x' }),
    '404 access_grant_not_found',
  ],
  [
    'an end before its start',
    update,
    () => ({ access_grant_key: 'stay', ends_at: iso(T0 - day) }),
    '400 invalid_input',
  ],
  [
    'a start after its end',
    update,
    () => ({ access_grant_key: 'stay', starts_at: iso(T0 + 9 * day), ends_at: iso(T0 + 8 * day) }),
    '400 invalid_input',
  ],
  [
    'times that are none',
    update,
    () => ({ access_grant_key: 'stay', ends_at: 'tomorrow' }),
    '400 invalid_input',
  ],
  [
    'an unknown door',
    update,
    () => ({ access_grant_key: 'stay', device_ids: [nobody] }),
    '404 device_not_found',
  ],
  [
    'a name beside an unknown door',
    update,
    () => ({ access_grant_key: 'stay', name: 'New', space_ids: [nobody] }),
    '404 space_not_found',
  ],
  [
    'nothing more to ask for',
    '/access_grants/request_access_methods',
    (its) => ({ access_grant_id: its['access_grant_id'], requested_access_methods: [] }),
    '400 invalid_input',
  ],
  [
    'by id and by key',
    '/access_grants/get',
    (its) => ({ access_grant_id: its['access_grant_id'], access_grant_key: 'stay' }),
    '400 invalid_input',
  ],
  ['by nothing', '/access_grants/get', () => ({}), '400 invalid_input'],
  [
    'by two of three',
    '/access_methods/delete',
    (its) => ({
      access_method_id: its['access_method_id'],
      access_grant_id: its['access_grant_id'],
    }),
    '400 invalid_input',
  ],
  ['by none of three', '/access_methods/delete', () => ({}), '400 invalid_input'],
  [
    'a code of the grant',
    '/access_codes/delete',
    (its) => ({ access_code_id: its['grant_code_id'] }),
    '400 access_code_managed_by_access_grant',
  ],
  [
    'another PIN for a code of the grant',
    '/access_codes/update',
    (its) => ({ access_code_id: its['grant_code_id'], code: '8530' }),
    '400 access_code_managed_by_access_grant',
  ],
  [
    'a key in use',
    '/user_identities/create',
    () => ({ user_identity_key: 'ann' }),
    '409 user_identity_already_exists',
  ],
  [
    'a phone number that is none',
    '/user_identities/create',
    () => ({ phone_number: '0123' }),
    '400 invalid_input',
  ],
  [
    'an access system that is not there',
    '/user_identities/create',
    () => ({ acs_system_ids: [nobody] }),
    '404 acs_system_not_found',
  ],
  [
    'an address that is none',
    '/user_identities/update',
    (its) => ({ user_identity_id: its['user_identity_id'], email_address: 'ann' }),
    '400 invalid_input',
  ],
  ['no name', '/spaces/create', () => ({ device_ids: [home.august] }), '400 invalid_input'],
  [
    'an unknown device',
    '/spaces/create',
    () => ({ name: 'x', device_ids: [home.august, nobody] }),
    '404 device_not_found',
  ],
  [
    'an unknown account',
    '/spaces/create',
    () => ({ name: 'x', connected_account_ids: [nobody] }),
    '404 connected_account_not_found',
  ],
  [
    'a new name beside an unknown device',
    '/spaces/update',
    (its) => ({ space_id: its['space_id'], name: 'New', device_ids: [nobody] }),
    '404 device_not_found',
  ],
  [
    'a known and an unknown device',
    '/spaces/add_devices',
    (its) => ({ space_id: its['space_id'], device_ids: [home.schlage, nobody] }),
    '404 device_not_found',
  ],
  [
    'a known and an unknown device',
    '/spaces/remove_devices',
    (its) => ({ space_id: its['space_id'], device_ids: [home.august, nobody] }),
    '404 device_not_found',
  ],
  [
    'no customer',
    '/customers/push_data',
    () => ({ spaces: [{ space_key: 'a', name: 'A' }] }),
    '400 invalid_input',
  ],
  [
    'a place without a name',
    '/customers/push_data',
    () => ({ customer_key: 'c', spaces: [{ space_key: 'a', name: 'A' }, { space_key: 'b' }] }),
    '400 invalid_input',
  ],
  [
    'a stay without a key',
    '/customers/push_data',
    () => ({ customer_key: 'c', reservations: [{}] }),
    '400 invalid_input',
  ],
  [
    'times that are none',
    '/customers/push_data',
    () => ({ customer_key: 'c', reservations: [{ reservation_key: 'r', ends_at: 'soon' }] }),
    '400 invalid_input',
  ],
  [
    'keys that are no list',
    '/customers/delete_data',
    () => ({ customer_keys: 'furnished' }),
    '400 invalid_input',
  ],
  [
    'a filter of another operation',
    '/customers/create_portal',
    () => ({
      customer_data: { customer_key: 'c' },
      customer_resources_filters: [{ field: 'a', operation: '>', value: '1' }],
    }),
    '400 invalid_input',
  ],
  ['no customer', '/customers/create_portal', () => ({ customer_data: {} }), '400 invalid_input'],
  ['by nothing', '/instant_keys/get', () => ({}), '400 invalid_input'],
  [
    'no use at all',
    '/user_identities/generate_instant_key',
    (its) => ({ user_identity_id: its['user_identity_id'], max_use_count: 0 }),
    '400 invalid_input',
  ],
]

describe('what no grant, space, person or customer is made of', () => {
  beforeAll(async () => {
    const { access_grant_id } = ids
    const list = await place.raw('/access_codes/list', { access_grant_id })
    const [first] = z
      .looseObject({ access_codes: z.array(z.looseObject({ access_code_id: z.string() })) })
      .parse(list.body).access_codes
    ids['grant_code_id'] = first?.access_code_id ?? ''
  })

  test.each(bad)('%s: %s', async (_, path, input, told) => {
    expect(await refused(path, input(ids))).toBe(told)
  })
})

test('locks that cannot are accepted at the call, and told of on the grant', async () => {
  const room = places.open('cannot')
  const { body } = await room.raw(create, grantOn(home.august_without_keypad))
  expect(body).toMatchObject({
    access_grant: {
      access_method_ids: [],
      errors: [{ error_code: 'cannot_create_requested_access_methods' }],
    },
  })
})
