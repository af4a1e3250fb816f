import { SeamHttp } from '@seamapi/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { home, iso, startPlaces } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

const UNKNOWN = '00000000-0000-4000-8000-00000000dead'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** What a call that must fail was answered. */
const refusal = async (place: Place, path: string, body: object): Promise<unknown> => {
  const answer = await place.raw(path, body)
  return { status: answer.status, ...errorShape.parse(answer.body).error }
}
const errorShape = z.object({ error: z.looseObject({ type: z.string() }) })

const eventsOf = async (place: Place, space_id: string) =>
  (await place.seam.events.list({ since: iso(0), space_id })).toSorted((a, b) =>
    a.created_at < b.created_at ? -1 : 1,
  )

const spacesOf = async (place: Place, device_id: string): Promise<unknown> => {
  const device: unknown = await place.seam.devices.get({ device_id })
  return z.object({ space_ids: z.array(z.string()) }).parse(device).space_ids
}

describe('a space', () => {
  test('is made with devices in it, which say so themselves', async () => {
    const place = emulator.open()
    const { seam } = place
    const space = await seam.spaces.create({
      name: 'Flat 1',
      space_key: 'flat-1',
      customer_key: 'host-7',
      customer_data: { default_checkin_time: '15:00', time_zone: 'Europe/Rome' },
      device_ids: [home.august, home.schlage],
    })
    expect(space).toMatchObject({
      name: 'Flat 1',
      display_name: 'Flat 1',
      space_key: 'flat-1',
      customer_key: 'host-7',
      customer_data: { default_checkin_time: '15:00', time_zone: 'Europe/Rome' },
      device_count: 2,
      acs_entrance_count: 0,
    })
    const { space_id } = space
    expect(await spacesOf(place, home.august)).toEqual([space_id])
    const listed = await seam.devices.list({ space_id })
    expect(listed.map((it) => it.device_id).toSorted()).toEqual(
      [home.august, home.schlage].toSorted(),
    )
    expect(await eventsOf(place, space_id)).toMatchObject([
      { event_type: 'space.created', space_key: 'flat-1', acs_entrance_ids: [] },
    ])
  })

  test('is found by its id or its key, and by neither not at all', async () => {
    const place = emulator.open()
    const { seam } = place
    const { space_id } = await seam.spaces.create({ name: 'Attic', space_key: 'attic' })
    expect((await seam.spaces.get({ space_key: 'attic' })).space_id).toBe(space_id)
    expect((await seam.spaces.get({ space_id })).name).toBe('Attic')
    expect(await refusal(place, '/spaces/get', {})).toMatchObject({
      status: 400,
      type: 'invalid_input',
    })
    expect(await refusal(place, '/spaces/get', { space_id, space_key: 'attic' })).toMatchObject({
      status: 400,
    })
    expect(await refusal(place, '/spaces/get', { space_key: 'cellar' })).toMatchObject({
      status: 404,
      type: 'space_not_found',
    })
  })

  test('has a key that nobody else has', async () => {
    const place = emulator.open()
    const { seam } = place
    const { space_id } = await seam.spaces.create({ name: 'One', space_key: 'one' })
    expect(await refusal(place, '/spaces/create', { name: 'Two', space_key: 'one' })).toMatchObject(
      {
        status: 409,
        type: 'space_already_exists',
        data: { space_id },
      },
    )
    expect(await seam.spaces.list()).toHaveLength(1)
  })

  test('that names something unknown is not made, and nothing changes', async () => {
    const place = emulator.open()
    const { seam } = place
    const asked = { name: 'Flat', device_ids: [home.august, UNKNOWN] }
    expect(await refusal(place, '/spaces/create', asked)).toMatchObject({
      status: 404,
      type: 'device_not_found',
    })
    expect(
      await refusal(place, '/spaces/create', { name: 'Flat', acs_entrance_ids: [UNKNOWN] }),
    ).toMatchObject({ status: 404, type: 'acs_entrance_not_found' })
    expect(
      await refusal(place, '/spaces/create', {
        name: 'Flat',
        customer_data: { default_checkin_time: '3pm' },
      }),
    ).toMatchObject({ status: 400, type: 'invalid_input' })
    expect(await seam.spaces.list()).toEqual([])
    expect(await spacesOf(place, home.august)).toEqual([])
  })

  test('gains and loses devices, and tells of it once for each change', async () => {
    const place = emulator.open()
    const { seam } = place
    const { space_id } = await seam.spaces.create({ name: 'Flat' })
    await seam.spaces.addDevices({ space_id, device_ids: [home.august, home.schlage] })
    await seam.spaces.addDevices({ space_id, device_ids: [home.august] })
    expect((await eventsOf(place, space_id)).map(({ event_type }) => event_type)).toEqual([
      'space.created',
      'space.device_membership_changed',
    ])
    await seam.spaces.removeDevices({ space_id, device_ids: [home.august] })
    expect((await seam.spaces.get({ space_id })).device_count).toBe(1)
    const devicesTold = z.array(z.object({ device_ids: z.array(z.string()) }))
    const told = devicesTold.parse(await eventsOf(place, space_id))
    expect(told.map(({ device_ids }) => device_ids.toSorted())).toEqual([
      [],
      [home.august, home.schlage].toSorted(),
      [home.schlage],
    ])
  })

  test('takes another set of devices, another name, and forgets what is set to null', async () => {
    const place = emulator.open()
    const { seam } = place
    const { space_id } = await seam.spaces.create({
      name: 'Flat',
      space_key: 'flat',
      device_ids: [home.august],
      customer_data: { address: '1 Main Street', time_zone: 'Europe/Rome' },
    })
    await seam.spaces.update({
      space_key: 'flat',
      name: 'Flat 2',
      device_ids: [home.schlage],
      customer_data: { address: null },
    })
    const changed = await seam.spaces.get({ space_id })
    expect(changed).toMatchObject({ name: 'Flat 2', space_key: 'flat', device_count: 1 })
    expect(changed.customer_data).toEqual({ time_zone: 'Europe/Rome' })
    expect(await spacesOf(place, home.august)).toEqual([])
  })

  test('goes, and leaves its devices', async () => {
    const place = emulator.open()
    const { seam } = place
    const { space_id } = await seam.spaces.create({ name: 'Flat', device_ids: [home.august] })
    await seam.spaces.delete({ space_id })
    expect(await refusal(place, '/spaces/get', { space_id })).toMatchObject({ status: 404 })
    expect(await spacesOf(place, home.august)).toEqual([])
    expect((await eventsOf(place, space_id)).at(-1)).toMatchObject({
      event_type: 'space.deleted',
      device_ids: [home.august],
    })
  })

  test('is linked to an account, by which it is found', async () => {
    const { seam } = emulator.open()
    const { space_id } = await seam.spaces.create({ name: 'Flat' })
    const connected_account_id = home.august_account
    await seam.spaces.addConnectedAccount({ space_id, connected_account_id })
    const related = () => seam.spaces.getRelated({ space_ids: [space_id] })
    expect((await related()).connected_accounts).toMatchObject([{ connected_account_id }])
    await seam.spaces.removeConnectedAccount({ space_id, connected_account_id })
    expect((await related()).connected_accounts).toEqual([])
  })
})

describe('lists of spaces', () => {
  test('are filtered by key, customer and words, and have pages', async () => {
    const { seam } = emulator.open()
    for (const n of [1, 2, 3]) {
      await seam.spaces.create({
        name: `Flat ${n}`,
        space_key: `key-${n}`,
        customer_key: n === 3 ? 'other' : 'host',
      })
    }
    const names = async (params: Parameters<typeof seam.spaces.list>[0]) =>
      (await seam.spaces.list(params)).map(({ name }) => name)
    expect(await names({ space_key: 'key-2' })).toEqual(['Flat 2'])
    expect(await names({ customer_key: 'host' })).toEqual(['Flat 1', 'Flat 2'])
    expect(await names({ search: 'OTHER' })).toEqual(['Flat 3'])
    const pages = seam.createPaginator(seam.spaces.list({ limit: 2 }))
    expect((await pages.flattenToArray()).map(({ name }) => name)).toEqual([
      'Flat 1',
      'Flat 2',
      'Flat 3',
    ])
  })

  test('hold for a customer’s session what is that customer’s', async () => {
    const place = emulator.open()
    const { seam } = place
    const mine = await seam.spaces.create({ name: 'Mine', customer_key: 'host' })
    const theirs = await seam.spaces.create({ name: 'Theirs', customer_key: 'other' })
    const { token } = await seam.clientSessions.create({ customer_key: 'host' })
    const portal = SeamHttp.fromClientSessionToken(token, { endpoint: place.endpoint })
    expect((await portal.spaces.list()).map(({ space_id }) => space_id)).toEqual([mine.space_id])
    await expect(portal.spaces.get({ space_id: theirs.space_id })).rejects.toThrow(/not found/)
    const made = await portal.spaces.create({ name: 'New' })
    expect((await seam.spaces.get({ space_id: made.space_id })).customer_key).toBe('host')
  })
})
