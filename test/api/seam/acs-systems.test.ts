/** Access systems and their doors: connected, listed, in spaces, and gone with their account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { acsModels } from '../../../src/contract/vocabulary.ts'
import { accessSystemProviders } from '../../../src/sim/connect-webviews/sandbox-access-systems.ts'
import { refusal } from '../../support/refusal.ts'
import { startPlaces } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const UNKNOWN = '00000000-0000-4000-8000-0000000000ac'

/** Signs in at a provider, and waits for what the account brings. */
const connect = async (place: Place, provider: string, more: object = {}) => {
  const { body } = await place.raw('/connect_webviews/create', {
    accepted_providers: [provider],
    ...more,
  })
  const { connect_webview } = z
    .looseObject({ connect_webview: z.looseObject({ connect_webview_id: z.string() }) })
    .parse(body)
  const { connect_webview_id } = connect_webview
  return place.emulator.connectWebviews.complete({ connect_webview_id })
}

/** What happened after the webview was made, without what other tests are about. */
const told = async (place: Place): Promise<string[]> =>
  (await place.types()).filter((type) => /^(acs|connected_account|connect_webview)/.test(type))

describe('an account of an access system', () => {
  it('brings its system with doors and encoders, told in this order', async () => {
    const place = places.open()
    await connect(place, 'visionline')
    expect(await told(place)).toEqual([
      'connected_account.created',
      'connected_account.connected',
      'connect_webview.login_succeeded',
      'acs_system.added',
      'acs_system.connected',
      'acs_entrance.added',
      'acs_entrance.added',
      'acs_entrance.added',
      'acs_encoder.added',
      'connected_account.completed_first_sync',
    ])
    const [system] = await place.seam.acs.systems.list()
    expect(system).toMatchObject({
      name: 'Grand Hotel',
      external_type: 'visionline_system',
      is_credential_manager: false,
      acs_user_count: 0,
      errors: [],
    })
    const doors = await place.seam.acs.entrances.list()
    expect(doors.map((door) => door.display_name)).toEqual([
      'Main Entrance',
      'Room 101',
      'Room 102',
    ])
    expect(doors[1]).toMatchObject({
      acs_system_id: system?.acs_system_id,
      can_unlock_with_card: true,
      can_unlock_with_code: false,
      visionline_metadata: { door_category: 'guest', door_name: 'Room 101' },
    })
  })

  it.each(Object.keys(accessSystemProviders))('at %s can be connected', async (provider) => {
    const place = places.open(`provider-${provider}`)
    await connect(place, provider)
    const systems = await place.seam.acs.systems.list()
    expect(systems).toHaveLength(1)
  })

  it('of Salto KS brings its site to those who ask for access control', async () => {
    const place = places.open()
    await connect(place, 'salto_ks')
    expect(await place.seam.acs.systems.list()).toEqual([])
    const other = places.open('salto-with-access-control')
    const { devices } = await connect(other, 'salto_ks', {
      accepted_capabilities: ['lock', 'access_control'],
    })
    expect(devices).toHaveLength(1)
    expect(await other.seam.acs.systems.list()).toMatchObject([{ external_type: 'salto_ks_site' }])
  })

  it('takes its system with it', async () => {
    const place = places.open()
    const { connected_account } = await connect(place, 'brivo')
    const { connected_account_id } = z
      .looseObject({ connected_account_id: z.string() })
      .parse(connected_account)
    await place.seam.connectedAccounts.delete({ connected_account_id })
    expect(await place.seam.acs.systems.list()).toEqual([])
    expect(await place.seam.acs.entrances.list()).toEqual([])
    expect((await place.types()).slice(-4)).toEqual([
      'acs_entrance.removed',
      'acs_entrance.removed',
      'acs_entrance.removed',
      'connected_account.deleted',
    ])
  })
})

describe('the link of a system', () => {
  it('breaks with its Seam Bridge, and is told of once', async () => {
    const place = places.open()
    const site = await place.emulator.acsSystems.create({ model: 'visionline' })
    const { acs_system_id, bridge_id } = site
    expect(site.online).toBe(true)
    await place.unplug(bridge_id ?? '')
    await place.unplug(bridge_id ?? '')
    expect(await place.seam.acs.systems.get({ acs_system_id })).toMatchObject({
      errors: [{ error_code: 'bridge_disconnected', is_bridge_error: true }],
    })
    await place.plug(bridge_id ?? '')
    expect((await place.seam.acs.systems.get({ acs_system_id })).errors).toEqual([])
    const events = (await place.events()).filter((it) => it.event_type.startsWith('acs_system'))
    expect(events).toMatchObject([
      { event_type: 'acs_system.added' },
      { event_type: 'acs_system.connected' },
      {
        event_type: 'acs_system.disconnected',
        acs_system_errors: [{ error_code: 'bridge_disconnected' }],
        connected_account_errors: [],
      },
      { event_type: 'acs_system.connected' },
    ])
    expect(await place.emulator.bridges.list()).toContainEqual(
      expect.objectContaining({ bridge_id, acs_system_ids: [acs_system_id] }),
    )
  })

  it('breaks with its account', async () => {
    const place = places.open()
    const site = await place.emulator.acsSystems.create({ model: 'kisi' })
    const { connected_account_id, acs_system_id } = site
    await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
    expect(await place.seam.acs.systems.get({ acs_system_id })).toMatchObject({
      errors: [{ error_code: 'account_disconnected' }],
    })
    expect(await place.types({ connected_account_id })).toContain('acs_system.disconnected')
  })
})

describe('lists of systems and doors', () => {
  it('take every filter', async () => {
    const place = places.open()
    const hotel = await place.emulator.acsSystems.create({ model: 'visionline', name: 'Hotel' })
    const office = await place.emulator.acsSystems.create({ model: 'brivo', name: 'Office' })
    const { connected_account_id } = office
    await place.seam.connectedAccounts.update({ connected_account_id, customer_key: 'ada' })
    const systems = async (by: object) =>
      (await place.seam.acs.systems.list(by)).map(({ name }) => name)
    expect(await systems({})).toEqual(['Hotel', 'Office'])
    expect(await systems({ connected_account_id })).toEqual(['Office'])
    expect(await systems({ customer_key: 'ada' })).toEqual(['Office'])
    expect(await systems({ search: 'hot' })).toEqual(['Hotel'])
    const doors = async (by: object) =>
      (await place.seam.acs.entrances.list(by)).map((door) => door.display_name)
    expect(await doors({ acs_system_id: hotel.acs_system_id, search: 'room' })).toEqual([
      'Room 101',
      'Room 102',
    ])
    expect(await doors({ connected_account_id, limit: 1 })).toEqual(['Main Entrance'])
    expect(await doors({ customer_key: 'ada' })).toHaveLength(3)
    const { acs_entrance_id = '' } = hotel.entrances[2] ?? {}
    expect(await doors({ acs_entrance_ids: [acs_entrance_id] })).toEqual(['Room 102'])
    const { space_id } = await place.seam.spaces.create({ name: 'Second floor' })
    await place.seam.spaces.addAcsEntrances({ space_id, acs_entrance_ids: [acs_entrance_id] })
    expect(await doors({ space_id })).toEqual(['Room 102'])
    expect(await refusal(place, '/acs/systems/get', { acs_system_id: UNKNOWN })).toMatchObject({
      status: 404,
      type: 'acs_system_not_found',
    })
    const nowhere = { acs_entrance_id: UNKNOWN }
    expect(await refusal(place, '/acs/entrances/get', nowhere)).toMatchObject({
      status: 404,
      type: 'acs_entrance_not_found',
    })
  })

  it('name the service that issues mobile keys for a system', async () => {
    const place = places.open()
    const { acs_system_id } = await place.emulator.acsSystems.create({ model: 'visionline' })
    const managers = () =>
      place.seam.acs.systems.listCompatibleCredentialManagerAcsSystems({ acs_system_id })
    expect(await managers()).toEqual([])
    await place.emulator.acsSystems.create({ model: 'assa_abloy_credential_service' })
    const [manager] = await managers()
    expect(manager).toMatchObject({
      external_type: 'assa_abloy_credential_service',
      is_credential_manager: true,
    })
    expect(await place.seam.acs.systems.get({ acs_system_id })).toMatchObject({
      default_credential_manager_acs_system_id: manager?.acs_system_id,
    })
  })
})

it('a space counts its doors, tells of those that come and go, and has them among its related', async () => {
  const place = places.open()
  const { entrances } = await place.emulator.acsSystems.create({ model: 'visionline' })
  const [first = '', second = ''] = entrances.map((door) => door.acs_entrance_id)
  const { space_id } = await place.seam.spaces.create({ name: 'Lobby', acs_entrance_ids: [first] })
  const count = async () => (await place.seam.spaces.get({ space_id })).acs_entrance_count
  expect(await count()).toBe(1)
  await place.seam.spaces.addAcsEntrances({ space_id, acs_entrance_ids: [first, second] })
  expect(await count()).toBe(2)
  const batch = await place.seam.spaces.getRelated({ space_ids: [space_id] })
  expect(batch).toMatchObject({
    acs_entrances: [{ acs_entrance_id: first }, { acs_entrance_id: second }],
    acs_systems: [{ name: 'Visionline' }],
  })
  await place.seam.spaces.removeAcsEntrances({ space_id, acs_entrance_ids: [first] })
  await place.seam.spaces.update({ space_id, acs_entrance_ids: [] })
  const changes = (await place.events()).filter(
    (it) => it.event_type === 'space.device_membership_changed',
  )
  expect(changes).toMatchObject([
    { acs_entrance_ids: [first, second] },
    { acs_entrance_ids: [second] },
    { acs_entrance_ids: [] },
  ])
})

it.each(acsModels)('a site of %s can be put up by the control API', async (model) => {
  const place = places.open(`site-${model}`)
  const site = await place.emulator.acsSystems.create({ model, name: 'Here' })
  expect(site).toMatchObject({ model, name: 'Here', online: true, cause: null })
  const { acs_system_id } = site
  expect(await place.emulator.acsSystems.get({ acs_system_id })).toEqual(site)
  const doors = await place.seam.acs.entrances.list({ acs_system_id })
  expect(doors).toHaveLength(site.entrances.length)
})
