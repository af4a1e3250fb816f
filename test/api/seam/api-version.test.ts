/** What the workspace's setting `api_version` changes; docs/api-version.md has every line of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { newerDocument } from '../../support/newer-document.ts'
import { createContract } from '../../support/openapi-contract.ts'
import { hour, home, iso, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const answer = z.looseObject({ error: z.looseObject({ type: z.string() }).optional() })

const judges = {
  '1.977': createContract().assertMatchesOpenApi,
  '1.1038': createContract(newerDocument).assertMatchesOpenApi,
} as const

/** A call that is judged by the document of the workspace's version. */
const ask = async (place: Place, path: string, body: object = {}) => {
  const { endpoint, api_key } = place
  const response = await fetch(new URL(path, endpoint), {
    method: 'POST',
    headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const parsed = isJson ? answer.parse(JSON.parse(text)) : {}
  if (isJson) {
    const { api_version } = await place.emulator.settings.get()
    judges[api_version](path, response.status, parsed)
  }
  return { status: response.status, text, body: parsed }
}

const newer = async (): Promise<Place> => {
  const place = emulator.open()
  await place.emulator.settings.update({ api_version: '1.1038' })
  return place
}

const identity = z.object({
  user_identity: z.looseObject({ user_identity_id: z.string(), acs_user_ids: z.array(z.string()) }),
})
const grantOf = z.object({
  access_grant: z.looseObject({ access_grant_id: z.string(), user_identity_id: z.string() }),
})

const person = async (place: Place, given: object): Promise<string> =>
  identity.parse((await ask(place, '/user_identities/create', given)).body).user_identity
    .user_identity_id

const grantFor = async (place: Place, user_identity_id: string, from = T0): Promise<string> => {
  const { body } = await ask(place, '/access_grants/create', {
    user_identity_id,
    device_ids: [home.august],
    requested_access_methods: [{ mode: 'code' }],
    starts_at: iso(from),
    ends_at: iso(from + 48 * hour),
  })
  return grantOf.parse(body).access_grant.access_grant_id
}

describe('people who are merged', () => {
  test('are one, who has their access and what address it was missing', async () => {
    const place = await newer()
    const ann = await person(place, { user_identity_key: 'ann', full_name: 'Ann' })
    const anna = await person(place, {
      user_identity_key: 'anna',
      full_name: 'Anna',
      email_address: 'anna@example.com',
      phone_number: '+15555550100',
    })
    const access_grant_id = await grantFor(place, anna)
    await ask(place, '/user_identities/grant_access_to_device', {
      user_identity_id: anna,
      device_id: home.schlage,
    })
    await ask(place, '/phones/simulate/create_sandbox_phone', { user_identity_id: anna })
    const key = await ask(place, '/user_identities/generate_instant_key', {
      user_identity_id: anna,
    })
    expect(key.status).toBe(200)
    const merge = { user_identity_id: ann, merged_user_identity_ids: [anna] }
    for (const _ of ['once', 'and again']) {
      expect(await ask(place, '/user_identities/merge', merge)).toMatchObject({
        status: 200,
        body: { ok: true },
      })
    }
    // By its old id and its old key as well.
    for (const by of [{ user_identity_id: anna }, { user_identity_key: 'anna' }]) {
      expect((await ask(place, '/user_identities/get', by)).body).toMatchObject({
        user_identity: {
          user_identity_id: ann,
          user_identity_key: 'ann',
          full_name: 'Ann',
          email_address: 'anna@example.com',
          phone_number: '+15555550100',
          merged_user_identity_ids: [anna],
          merged_user_identity_keys: ['anna'],
        },
      })
    }
    expect((await ask(place, '/access_grants/get', { access_grant_id })).body).toMatchObject({
      access_grant: { user_identity_id: ann },
    })
    const ofAnna = { user_identity_id: anna }
    for (const [path, name, count] of [
      ['/access_grants/list', 'access_grants', 1],
      ['/phones/list', 'phones', 1],
      ['/instant_keys/list', 'instant_keys', 1],
      ['/user_identities/list_accessible_devices', 'devices', 2],
    ] as const) {
      const { body } = await ask(place, path, ofAnna)
      expect([path, z.array(z.unknown()).parse(body[name]).length]).toEqual([path, count])
    }
    // Whoever still has the old id can give access by it.
    const later = await grantFor(place, anna)
    expect((await ask(place, '/access_grants/get', { access_grant_id: later })).body).toMatchObject(
      { access_grant: { user_identity_id: ann } },
    )
  })

  test('may be named by keys, and merged on; a snapshot keeps who was who', async () => {
    const place = await newer()
    const [a, b, c] = [
      await person(place, { user_identity_key: 'a' }),
      await person(place, { user_identity_key: 'b' }),
      await person(place, {}),
    ]
    const byKey = { user_identity_key: 'b', merged_user_identity_keys: ['a'] }
    expect((await ask(place, '/user_identities/merge', byKey)).status).toBe(200)
    const byId = { user_identity_id: c, merged_user_identity_ids: [b] }
    expect((await ask(place, '/user_identities/merge', byId)).status).toBe(200)
    const { name } = await place.emulator.snapshot()
    await place.emulator.reset()
    await place.emulator.restore(name)
    expect((await ask(place, '/user_identities/list')).body).toMatchObject({
      user_identities: [
        {
          user_identity_id: c,
          merged_user_identity_ids: [a, b],
          merged_user_identity_keys: ['a', 'b'],
        },
      ],
    })
    const taken = await ask(place, '/user_identities/create', { user_identity_key: 'a' })
    expect(taken).toMatchObject({
      status: 409,
      body: { error: { type: 'user_identity_already_exists' } },
    })
  })

  test('are refused with nothing changed where somebody is unknown or the call is unclear', async () => {
    const place = await newer()
    const ann = await person(place, { user_identity_key: 'ann' })
    const bob = await person(place, { user_identity_key: 'bob', email_address: 'b@example.com' })
    const nobody = '00000000-0000-4000-8000-00000000dead'
    for (const [body, status, type] of [
      [
        { user_identity_id: ann, merged_user_identity_ids: [bob, nobody] },
        404,
        'user_identity_not_found',
      ],
      [
        { user_identity_key: 'ann', merged_user_identity_keys: ['bob', 'x'] },
        404,
        'user_identity_not_found',
      ],
      [{ user_identity_id: ann, merged_user_identity_ids: [ann] }, 400, 'invalid_input'],
      [{ user_identity_key: 'ann', merged_user_identity_keys: ['ann'] }, 400, 'invalid_input'],
      [{ user_identity_id: ann, merged_user_identity_ids: [] }, 400, 'invalid_input'],
      [{ user_identity_id: ann, merged_user_identity_keys: ['bob'] }, 400, 'invalid_input'],
      [
        { user_identity_id: ann, user_identity_key: 'ann', merged_user_identity_ids: [bob] },
        400,
        'invalid_input',
      ],
      [{ user_identity_id: ann }, 400, 'invalid_input'],
    ] as const) {
      expect([body, await ask(place, '/user_identities/merge', body)]).toMatchObject([
        body,
        { status, body: { error: { type } } },
      ])
    }
    expect((await ask(place, '/user_identities/list')).body).toMatchObject({
      user_identities: [
        { user_identity_id: ann, email_address: null, merged_user_identity_ids: [] },
        { user_identity_id: bob },
      ],
    })
  })

  test('cannot be merged in 1.977: there is no such path, and people have no such fields', async () => {
    const place = emulator.open()
    const ann = await person(place, {})
    const merge = { user_identity_id: ann, merged_user_identity_ids: [ann] }
    const { status, text } = await ask(place, '/user_identities/merge', merge)
    expect([status, text]).toEqual([
      404,
      "There is no endpoint /user_identities/merge. It came with version 1.1038 of Seam's document, which the workspace's setting api_version chooses.",
    ])
    const { body } = await ask(place, '/user_identities/get', { user_identity_id: ann })
    expect(body['user_identity']).not.toHaveProperty('merged_user_identity_ids')
  })
})

test('removals that take long are told of as failed only', async () => {
  const told = async (api_version: '1.977' | '1.1038') => {
    const place = emulator.open(`as-of-${api_version.replace('.', '-')}`)
    await place.emulator.settings.update({ api_version })
    const { access_code_id } = await place.seam.accessCodes.create({ device_id: home.schlage })
    await place.advance('1h')
    await place.emulator.faults.create({ on: 'access_code.remove', effect: { kind: 'fail' } })
    await place.seam.accessCodes.delete({ access_code_id })
    await place.advance('12m')
    const { body } = await ask(place, '/access_codes/get', { access_code_id })
    const code = z
      .object({
        access_code: z.object({ warnings: z.array(z.object({ warning_code: z.string() })) }),
      })
      .parse(body)
    await place.advance('12m')
    const types = await place.types({ access_code_id })
    return {
      warnings: code.access_code.warnings.map((it) => it.warning_code),
      events: types.filter((type) => /removing|remove_from/.test(type)),
    }
  }
  const delay = 'access_code.delay_in_removing_from_device'
  const failed = 'access_code.failed_to_remove_from_device'
  expect(await told('1.977')).toEqual({
    warnings: ['delay_in_removing_from_device', 'being_deleted'],
    events: [delay, failed],
  })
  expect(await told('1.1038')).toEqual({ warnings: ['being_deleted'], events: [failed] })
})

test('a provider that refuses the account is an error of the account, not of the code', async () => {
  const place = await newer()
  await place.emulator.faults.create({
    on: 'access_code.set',
    effect: { kind: 'fail', error_code: 'insufficient_permissions' },
  })
  const { access_code_id } = await place.seam.accessCodes.create({ device_id: home.schlage })
  await place.advance('1m')
  const { body } = await ask(place, '/access_codes/get', { access_code_id })
  expect(body).toMatchObject({
    access_code: {
      errors: [
        {
          error_code: 'insufficient_permissions',
          is_connected_account_error: true,
          is_device_error: false,
        },
      ],
    },
  })
  expect(JSON.stringify(body)).not.toContain('is_access_code_error')
})

test('grants and methods say in words how they are, also in batches', async () => {
  const place = await newer()
  const user_identity_id = await person(place, {})
  const access_grant_id = await grantFor(place, user_identity_id, T0 + hour)
  const statuses = async () => {
    const status = z.object({ display_status: z.string() })
    const grant = await ask(place, '/access_grants/get', { access_grant_id })
    const ids = { access_grant_ids: [access_grant_id] }
    const related = await ask(place, '/access_grants/get_related', ids)
    const { access_grant } = z.object({ access_grant: status }).parse(grant.body)
    const { batch } = z
      .object({ batch: z.object({ access_methods: z.array(status) }) })
      .parse(related.body)
    return [access_grant, ...batch.access_methods].map((it) => it.display_status)
  }
  const first = await statuses()
  expect(first[0]).toBe('Upcoming')
  await place.advance('2h')
  expect(await statuses()).toEqual(['Active', 'Issued'])
  await place.advance('3d')
  expect((await statuses())[0]).toBe('Ended')
})

test('access methods come in pages, and unmanaged devices have a name', async () => {
  const place = await newer()
  const user_identity_id = await person(place, {})
  for (const from of [T0, T0 + hour, T0 + 2 * hour]) await grantFor(place, user_identity_id, from)
  const page = z.object({
    access_methods: z.array(z.object({ access_method_id: z.string() })),
    pagination: z.object({ has_next_page: z.boolean(), next_page_cursor: z.string().nullable() }),
  })
  const first = page.parse((await ask(place, '/access_methods/list', { limit: 2 })).body)
  expect([first.access_methods.length, first.pagination.has_next_page]).toEqual([2, true])
  const page_cursor = first.pagination.next_page_cursor
  const rest = page.parse(
    (await ask(place, '/access_methods/list', { limit: 2, page_cursor })).body,
  )
  const ids = [...first.access_methods, ...rest.access_methods].map((it) => it.access_method_id)
  expect([new Set(ids).size, rest.pagination.has_next_page]).toEqual([3, false])
  const old = emulator.open('of-old')
  const { body } = await ask(old, '/access_methods/list', { limit: 2 })
  expect(body).not.toHaveProperty('pagination')

  await place.seam.devices.update({ device_id: home.august, is_managed: false })
  const unmanaged = await ask(place, '/devices/unmanaged/list')
  const { devices } = z
    .object({ devices: z.array(z.object({ display_name: z.string().min(1) })) })
    .parse(unmanaged.body)
  expect(devices).toHaveLength(1)
})

test('filters take null: metadata that is not there, and whoever it may be', async () => {
  const place = await newer()
  await place.seam.devices.update({ device_id: home.august, custom_metadata: { floor: '1' } })
  const wanted = { custom_metadata_has: { floor: null } }
  const devices = z.object({ devices: z.array(z.object({ device_id: z.string() })) })
  const found = devices.parse((await ask(place, '/devices/list', wanted)).body).devices
  expect(found.length).toBeGreaterThan(3)
  expect(found.map((it) => it.device_id)).not.toContain(home.august)
  for (const path of ['/client_sessions/list', '/acs/users/list']) {
    const names = { connect_webview_id: null, user_identity_phone_number: null }
    expect((await ask(place, path, names)).status).toBe(200)
  }
  const old = emulator.open('of-old')
  expect(await ask(old, '/devices/list', wanted)).toMatchObject({
    status: 400,
    body: { error: { type: 'invalid_input' } },
  })
  expect((await ask(old, '/client_sessions/list', { connect_webview_id: null })).status).toBe(400)
})

test('a battery that runs low says whose it is', async () => {
  const place = await newer()
  await place.emulator.locks.setBattery({ device_id: home.schlage, level: 0.15 })
  const { body } = await ask(place, '/events/list', {
    since: iso(T0 - 1),
    event_type: 'device.low_battery',
  })
  expect(body).toMatchObject({ events: [{ device_id: home.schlage, battery_source: 'lock' }] })
})

test('a sensor that runs low has a battery for which there is no word', async () => {
  const place = await newer()
  const { device_id } = await place.emulator.noiseSensors.create({ model: 'minut' })
  await place.emulator.noiseSensors.setBattery({ device_id, level: 0.15 })
  const since = iso(T0 - 1)
  const { body } = await ask(place, '/events/list', { since, event_type: 'device.low_battery' })
  expect(body).toMatchObject({ events: [{ device_id }] })
  expect(JSON.stringify(body)).not.toContain('battery_source')
})

test('a keypad that runs low announces itself, until it has new batteries', async () => {
  const codes = z.object({
    device: z.object({ warnings: z.array(z.object({ warning_code: z.string() })) }),
  })
  const told = async (place: Place) => {
    const which = { device_id: home.august }
    const { device } = codes.parse((await ask(place, '/devices/get', which)).body)
    const since = iso(T0 - 1)
    const { body } = await ask(place, '/events/list', { since, event_type: 'device.low_battery' })
    return [device.warnings.map((it) => it.warning_code), body['events']]
  }
  const keypad = { device_id: home.august, keypad: true }
  const place = await newer()
  await place.emulator.locks.setBattery({ ...keypad, level: 0.31 })
  expect(await told(place)).toEqual([[], []])
  await place.advance('365d')
  expect(await told(place)).toMatchObject([
    ['accessory_keypad_low_battery'],
    [{ device_id: home.august, battery_source: 'accessory_keypad', battery_level: 0.29 }],
  ])
  await place.emulator.locks.setBattery({ ...keypad, level: 1 })
  expect((await told(place))[0]).toEqual([])
  const old = emulator.open('of-old')
  await old.emulator.locks.setBattery({ ...keypad, level: 0.2 })
  expect(await told(old)).toEqual([[], []])
})

test('a Nest thermostat says which home it is in', async () => {
  const place = await newer()
  const location = { location_name: 'Lake House' }
  const { device_id } = await place.emulator.thermostats.create({ model: 'nest', location })
  const { body } = await ask(place, '/devices/get', { device_id })
  expect(body).toMatchObject({
    device: { properties: { nest_metadata: { structure_name: 'Lake House' } } },
  })
  const old = emulator.open('of-old')
  const other = await old.emulator.thermostats.create({ model: 'nest', location })
  const before = await ask(old, '/devices/get', { device_id: other.device_id })
  expect(JSON.stringify(before.body)).not.toContain('structure')
})

test('entrances are listed by an access method', async () => {
  const place = await newer()
  const { acs_system_id, entrances } = await place.emulator.acsSystems.create({ model: 'brivo' })
  const [door] = entrances
  const user_identity_id = await person(place, {})
  const { body } = await ask(place, '/access_grants/create', {
    user_identity_id,
    acs_entrance_ids: [door?.acs_entrance_id],
    requested_access_methods: [{ mode: 'cloud_key' }],
  })
  const ids = z.object({ access_grant: z.object({ access_method_ids: z.array(z.string()) }) })
  const [access_method_id] = ids.parse(body).access_grant.access_method_ids
  await place.advance('1m')
  const list = z.object({ acs_entrances: z.array(z.object({ acs_entrance_id: z.string() })) })
  const found = async (where: Place, filter: object) =>
    list
      .parse((await ask(where, '/acs/entrances/list', filter)).body)
      .acs_entrances.map((it) => it.acs_entrance_id)
  expect(await found(place, { access_method_id })).toEqual([door?.acs_entrance_id])
  expect((await found(place, { acs_system_id })).length).toBeGreaterThan(1)
  const nobody = { access_method_id: '00000000-0000-4000-8000-00000000dead' }
  expect(await ask(place, '/acs/entrances/list', nobody)).toMatchObject({
    status: 404,
    body: { error: { type: 'access_method_not_found' } },
  })
  // Before, it was a parameter that nobody knew.
  expect(await found(emulator.open('of-old'), nobody)).toEqual([])
})
