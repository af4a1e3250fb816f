/** What integrators must be able to rely on of each brand of access systems: one row each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { acsModels } from '../../src/contract/vocabulary.ts'
import { minute, startPlaces } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

type Model = (typeof acsModels)[number]

interface Brand {
  model: Model
  external_type: string
  /** Who says what opens. */
  kind: 'groups' | 'credentials' | 'manager'
  methods: string
  /** Doors with a line; null where there are none. */
  wired: boolean | null
  /** Behind a Seam Bridge. */
  bridge: boolean
  unlocks: boolean
  encoder: boolean
  /** The server hears of a user with the first credential. */
  deferred: boolean
}

const ofGroups = { kind: 'groups', deferred: false, unlocks: false, bridge: false } as const
const ofCards = {
  kind: 'credentials',
  deferred: true,
  unlocks: false,
  wired: false,
  encoder: true,
} as const
const manager = {
  kind: 'manager',
  methods: 'mobile_key',
  wired: null,
  bridge: false,
  unlocks: false,
  encoder: false,
  deferred: false,
} as const

const brands: readonly Brand[] = [
  {
    ...ofGroups,
    model: 'salto_ks',
    external_type: 'salto_ks_site',
    methods: 'code card mobile_key',
    wired: true,
    unlocks: true,
    encoder: true,
  },
  {
    ...ofGroups,
    model: 'salto_space',
    external_type: 'salto_space_system',
    methods: 'card mobile_key',
    wired: true,
    bridge: true,
    encoder: true,
  },
  {
    ...ofCards,
    model: 'visionline',
    external_type: 'visionline_system',
    methods: 'card mobile_key',
    bridge: true,
  },
  {
    ...ofCards,
    model: 'assa_abloy_vostio',
    external_type: 'assa_abloy_vostio',
    methods: 'card mobile_key',
    bridge: false,
  },
  { ...ofCards, model: 'hotek', external_type: 'hotek_site', methods: 'card', bridge: true },
  {
    ...ofCards,
    model: 'dormakaba_ambiance',
    external_type: 'dormakaba_ambiance_site',
    methods: 'card mobile_key',
    bridge: true,
  },
  {
    ...ofGroups,
    model: 'dormakaba_community',
    external_type: 'dormakaba_community_site',
    methods: 'card',
    wired: false,
    bridge: true,
    encoder: true,
  },
  {
    ...ofCards,
    model: 'latch',
    external_type: 'latch_building',
    methods: 'code mobile_key',
    wired: true,
    bridge: false,
    encoder: false,
    deferred: false,
  },
  {
    ...ofGroups,
    model: 'brivo',
    external_type: 'brivo_account',
    methods: 'code mobile_key cloud_key',
    wired: true,
    unlocks: true,
    encoder: false,
  },
  {
    ...ofGroups,
    model: 'avigilon_alta',
    external_type: 'avigilon_alta_org',
    methods: 'code cloud_key',
    wired: true,
    unlocks: true,
    encoder: false,
  },
  {
    ...ofGroups,
    model: 'pti',
    external_type: 'pti_site',
    methods: 'code card',
    wired: true,
    encoder: true,
  },
  {
    ...ofGroups,
    model: 'kisi',
    external_type: 'kisi_organization',
    methods: 'cloud_key',
    wired: true,
    unlocks: true,
    encoder: false,
  },
  { ...manager, model: 'hid_cm', external_type: 'hid_credential_manager_organization' },
  {
    ...manager,
    model: 'assa_abloy_credential_service',
    external_type: 'assa_abloy_credential_service',
  },
  {
    ...manager,
    model: 'assa_abloy_vostio_credential_service',
    external_type: 'assa_abloy_vostio_credential_service',
  },
  {
    ...manager,
    model: 'legic_connect_credential_service',
    external_type: 'legic_connect_credential_service',
  },
]

/** A site of a brand, and somebody whom it knows. */
const site = async (place: Place, model: Model) => {
  const { acs } = place.seam
  const made = await place.emulator.acsSystems.create({ model })
  const { acs_system_id } = made
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Ada' })
  const [, first = '', second = ''] = made.entrances.map((it) => it.acs_entrance_id)
  return { ...made, acs, acs_user_id, first, second }
}

const refusalShape = z.object({ error: z.looseObject({ type: z.string() }) })

/** What a call is refused with, or `ok`. */
const refused = async (place: Place, path: string, body: object): Promise<string> => {
  const { status, body: answer } = await place.raw(path, body)
  return status === 200 ? 'ok' : refusalShape.parse(answer).error.type
}

test('every brand has its row', () => {
  expect(brands.map(({ model }) => model).toSorted()).toEqual([...acsModels].toSorted())
})

describe.each(brands)('$model', (brand) => {
  const { model } = brand

  test('is named, connected and equipped as its row says', async () => {
    const place = emulator.open(`equipped-${model}`)
    const { acs, acs_system_id, bridge_id, encoders, acs_user_id, entrances } = await site(
      place,
      model,
    )
    expect(await acs.systems.get({ acs_system_id })).toMatchObject({
      external_type: brand.external_type,
      is_credential_manager: brand.kind === 'manager',
    })
    expect([bridge_id !== null, encoders.length > 0]).toEqual([brand.bridge, brand.encoder])
    const user = await acs.users.get({ acs_user_id })
    expect(user.pending_mutations?.map((it) => it.mutation_code)).toEqual([
      brand.deferred ? 'deferring_creation' : 'creating',
    ])
    const [door] = entrances
    const isWired = async ({ acs_entrance_id = '' }) =>
      (await place.emulator.entrances.get({ acs_entrance_id })).is_wired
    expect(door === undefined ? null : await isWired(door)).toBe(brand.wired)
  })

  test('has the credentials of its row, and refuses all others by its name', async () => {
    const place = emulator.open(`methods-${model}`)
    const { acs_user_id } = await site(place, model)
    const had: string[] = []
    for (const access_method of ['code', 'card', 'mobile_key', 'cloud_key']) {
      const { status, body } = await place.raw('/acs/credentials/create', {
        acs_user_id,
        access_method,
      })
      const isUnknown = status === 400 && JSON.stringify(body).includes('"not_supported"')
      if (isUnknown) expect(JSON.stringify(body)).toContain(brand.external_type)
      else had.push(access_method)
    }
    expect(had.join(' ')).toBe(brand.methods)
  })
})

const withDoors = brands.filter(({ wired }) => wired !== null)

test.each(withDoors)('$model gives access and unlocks as its row says', async (brand) => {
  const { model } = brand
  const place = emulator.open(`access-${model}`)
  const { acs_user_id, first, acs } = await site(place, model)
  const access_method = brand.methods.includes('cloud_key')
    ? 'cloud_key'
    : brand.methods.includes('card')
      ? 'card'
      : 'code'
  const { acs_credential_id } = await acs.credentials.create({ acs_user_id, access_method })
  const granted = { acs_entrance_id: first, acs_user_id }
  expect(await refused(place, '/acs/entrances/grant_access', granted)).toBe(
    brand.kind === 'groups' ? 'not_supported' : 'ok',
  )
  const unlock = { acs_entrance_id: first, acs_credential_id }
  const answer = await refused(place, '/acs/entrances/unlock', unlock)
  const isCloudKey = access_method === 'cloud_key'
  expect(answer).toBe(
    brand.unlocks ? (isCloudKey ? 'ok' : 'credential_is_not_cloud_key') : 'not_supported',
  )
})

test('PTI takes codes from 1 to 4294967296, and has two types of groups', async () => {
  const place = emulator.open()
  const { acs, acs_user_id, acs_system_id } = await site(place, 'pti')
  const create = (code: string) =>
    refused(place, '/acs/credentials/create', { acs_user_id, access_method: 'code', code })
  expect(await create('1')).toBe('ok')
  expect(await create('4294967296')).toBe('ok')
  for (const code of ['0', '4294967297', '12345678901', 'abc'])
    expect([code, await create(code)]).toEqual([code, 'invalid_input'])
  const groups = await acs.accessGroups.list({ acs_system_id })
  expect(groups.map((it) => it.external_type)).toEqual(['pti_access_level', 'pti_unit'])
})

test('a code of Latch is the provider’s and opens one door, a mobile key opens many', async () => {
  const place = emulator.open()
  const { acs, acs_user_id, first, second } = await site(place, 'latch')
  const create = (more: object) =>
    refused(place, '/acs/credentials/create', { acs_user_id, ...more })
  const both = { allowed_acs_entrance_ids: [first, second] }
  expect(await create({ access_method: 'code', ...both })).toBe('not_supported')
  expect(await create({ access_method: 'code', code: '1234567' })).toBe('not_supported')
  expect(await create({ access_method: 'mobile_key', ...both })).toBe('ok')
  const { acs_credential_id, code } = await acs.credentials.create({
    acs_user_id,
    access_method: 'code',
    allowed_acs_entrance_ids: [first],
  })
  expect(code).toBe(null)
  await place.advance(minute)
  const known = await acs.credentials.get({ acs_credential_id })
  expect(known.code).toMatch(/^\d{7}$/)
  const type = async (acs_entrance_id: string) =>
    place.emulator.acsSystems.present({ acs_entrance_id, code: known.code ?? '' })
  expect(await type(first)).toMatchObject({ opened: true })
  expect(await type(second)).toMatchObject({ opened: false, reason: 'unknown_code' })
})

test('a user of Salto Space has one card and one mobile key, changed by update_current_key', async () => {
  const place = emulator.open()
  const { acs, acs_user_id } = await site(place, 'salto_space')
  const card = { acs_user_id, access_method: 'card' as const }
  const { acs_credential_id } = await acs.credentials.create({
    ...card,
    salto_space_metadata: { assign_new_key: true },
  })
  expect(await refused(place, '/acs/credentials/create', card)).toBe(
    'salto_space_key_already_exists',
  )
  const ends_at = '2026-01-01T00:00:00.000Z'
  for (const salto_space_metadata of [{ update_current_key: true }, { assign_new_key: false }]) {
    const changed = await acs.credentials.create({ ...card, ends_at, salto_space_metadata })
    expect(changed).toMatchObject({ acs_credential_id, ends_at })
  }
  const key = { acs_user_id, access_method: 'mobile_key' }
  expect(await refused(place, '/acs/credentials/create', key)).toBe('ok')
  expect(await acs.credentials.list({ acs_user_id })).toHaveLength(2)
})

test.each([
  ['visionline', 'assa_abloy_credential_service'],
  ['assa_abloy_vostio', 'assa_abloy_vostio_credential_service'],
  ['dormakaba_ambiance', 'legic_connect_credential_service'],
  ['hid_cm', 'hid_cm'],
  ['brivo', null],
] as const)('the mobile keys of %s are issued by %s', async (model, issuer) => {
  const place = emulator.open(`issuer-${model}`)
  const { acs, acs_system_id } = await site(place, model)
  for (const other of brands)
    if (other.kind === 'manager' && other.model !== 'hid_cm')
      await place.emulator.acsSystems.create({ model: other.model })
  const managers = await acs.systems.listCompatibleCredentialManagerAcsSystems({ acs_system_id })
  const type = brands.find((it) => it.model === issuer)?.external_type
  expect(managers.map((it) => it.external_type)).toEqual(type === undefined ? [] : [type])
})
