/** Customers over HTTP: what is deleted, which rules hold, what a portal shows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { home, hour, iso, minute, second, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const customer_key = 'sunny'
const stay = (reservation_key: string, more: object = {}) => ({
  reservation_key,
  starts_at: iso(T0 + hour),
  ends_at: iso(T0 + 25 * hour),
  guest_key: 'ada',
  unit_keys: ['flat'],
  ...more,
})
const guests = [{ guest_key: 'ada', name: 'Ada' }]

/** A flat with a lock, in which Ada stays. */
const booked = async (place: Place, more: object = {}) => {
  await place.seam.spaces.create({
    space_key: 'flat',
    name: 'Flat',
    device_ids: [home.august],
    customer_key,
  })
  await place.seam.customers.pushData({ customer_key, guests, reservations: [stay('r1')], ...more })
  await place.advance(minute)
}

const counts = async ({ seam }: Place) => ({
  grants: (await seam.accessGrants.list()).length,
  people: (await seam.userIdentities.list()).length,
  spaces: (await seam.spaces.list()).length,
})

const results = z.object({
  automation_runs: z.array(
    z.object({
      automation_result: z.object({
        rule: z.string(),
        success: z.boolean(),
        message: z.string().optional(),
      }),
    }),
  ),
})
const runs = async (place: Place) => {
  const { body } = await place.raw('/seam/customer/v1/automation_runs/list')
  return results.parse(body).automation_runs.map((it) => it.automation_result)
}

describe('delete_data', () => {
  test('ignores what it does not know: keys of nobody, and names in the singular', async () => {
    const place = emulator.open()
    await booked(place)
    const before = await counts(place)
    const unknown = { customer_key, reservation_key: 'r1', booking_keys: ['r1'], unit_keys: ['no'] }
    expect((await place.raw('/customers/delete_data', unknown)).status).toBe(200)
    await place.advance(minute)
    expect(await counts(place)).toEqual(before)
  })

  test('takes everything of a customer, and nothing of another', async () => {
    const place = emulator.open()
    await booked(place)
    await place.seam.customers.pushData({
      customer_key: 'others',
      users: [{ user_key: 'bob', name: 'Bob' }],
      rooms: [{ room_key: '1', name: 'One' }],
    })
    await place.seam.customers.deleteData({ customer_keys: [customer_key] })
    await place.advance(5 * minute)
    expect(await counts(place)).toEqual({ grants: 0, people: 1, spaces: 1 })
    expect(await place.slots(home.august)).toEqual([])
    expect(await place.seam.devices.get({ device_id: home.august })).toMatchObject({
      space_ids: [],
    })
  })

  test('takes a person with all their access, and a place from the stays there', async () => {
    const place = emulator.open()
    await booked(place)
    await place.seam.customers.deleteData({ unit_keys: ['flat'] })
    await place.advance(5 * minute)
    expect(await place.slots(home.august)).toEqual([])
    expect(await counts(place)).toEqual({ grants: 1, people: 1, spaces: 0 })
    await place.seam.customers.deleteData({ guest_keys: ['ada'] })
    await place.advance(5 * minute)
    expect(await counts(place)).toEqual({ grants: 0, people: 0, spaces: 0 })
  })

  test('of a stay that has no grant yet leaves nothing to be made later', async () => {
    const place = emulator.open()
    await place.seam.spaces.create({ space_key: 'flat', name: 'Flat', device_ids: [home.august] })
    await place.seam.customers.pushData({ customer_key, guests, reservations: [stay('r1')] })
    await place.seam.customers.deleteData({ reservation_keys: ['r1'] })
    await place.advance(minute)
    expect((await counts(place)).grants).toBe(0)
  })
})

describe('automations', () => {
  test('begin 5 to 15 seconds after the push, or when the workspace says so', async () => {
    const place = emulator.open()
    await place.seam.spaces.create({ space_key: 'flat', name: 'Flat', device_ids: [home.august] })
    const push = (key: string) =>
      place.seam.customers.pushData({ customer_key, guests, reservations: [stay(key)] })
    await push('r1')
    await place.advance(4 * second)
    expect((await counts(place)).grants).toBe(0)
    await place.advance(11 * second)
    expect((await counts(place)).grants).toBe(1)
    await place.control('settings/update', { automation_delay: '1h' })
    await push('r2')
    await place.advance(59 * minute)
    expect((await counts(place)).grants).toBe(1)
    await place.advance(minute)
    expect((await counts(place)).grants).toBe(2)
  })

  test('that are off do nothing, for that customer alone', async () => {
    const place = emulator.open()
    await place.raw('/seam/customer/v1/automations/update', { customer_key, access_rules: {} })
    await booked(place)
    expect((await counts(place)).grants).toBe(0)
    const other = await place.raw('/seam/customer/v1/automations/get', { customer_key: 'other' })
    expect(other.body).toMatchObject({
      access_rules: { reservation_created: { config: { access_methods: ['code'] } } },
    })
    await place.seam.customers.pushData({
      customer_key: 'other',
      reservations: [stay('r2')],
    })
    await place.advance(minute)
    expect((await counts(place)).grants).toBe(1)
  })

  test('say that they answer to no other person and no other PIN', async () => {
    const place = emulator.open()
    await booked(place)
    const reservations = [stay('r1', { preferred_code: '4711' })]
    await place.seam.customers.pushData({ customer_key, reservations })
    await place.advance(minute)
    const all = await runs(place)
    expect(all).toHaveLength(2)
    expect(all[1]?.message).toContain('another preferred_code')
    await place.seam.customers.pushData({ customer_key, reservations })
    await place.advance(minute)
    expect(await runs(place)).toHaveLength(2)
  })

  test('give staff access without an end', async () => {
    const place = emulator.open()
    await place.seam.spaces.create({ space_key: 'flat', name: 'Flat', device_ids: [home.august] })
    await place.seam.customers.pushData({
      customer_key,
      staff_members: [{ staff_member_key: 's1', name: 'Sam', room_keys: ['flat'] }],
    })
    await place.advance(minute)
    expect(await place.seam.accessGrants.list()).toMatchObject([
      { display_name: 'Sam - Flat', ends_at: null },
    ])
    await place.seam.customers.deleteData({ staff_member_keys: ['s1'] })
    await place.advance(5 * minute)
    expect(await counts(place)).toEqual({ grants: 0, people: 0, spaces: 1 })
  })
})

const portalUrl = async (place: Place, more: object = {}): Promise<string> => {
  const { body } = await place.raw('/customers/create_portal', {
    customer_data: { customer_key },
    ...more,
  })
  return z.object({ customer_portal: z.object({ url: z.string() }) }).parse(body).customer_portal
    .url
}
const textOf = async (url: string) => (await fetch(url)).text()

describe('a portal', () => {
  test('shows only what its filters let through, and leaves out what is excluded', async () => {
    const place = emulator.open()
    await booked(place, {
      reservations: [
        stay('r1', { name: 'North', custom_metadata: { manager: 'n' } }),
        stay('r2', { name: 'South', custom_metadata: { manager: 's' } }),
      ],
    })
    const filters = [{ field: 'manager', operation: '=', value: 'n' }]
    const page = await textOf(await portalUrl(place, { customer_resources_filters: filters }))
    expect(page).toContain('North')
    expect(page).not.toContain('South')
    const features = { manage: { exclude: true } }
    expect(await textOf(await portalUrl(place, { features }))).not.toContain('North')
    const wrong = [{ field: 'manager', operation: '>', value: 'n' }]
    const refused = await place.raw('/customers/create_portal', {
      customer_data: { customer_key: 'never' },
      customer_resources_filters: wrong,
    })
    expect(refused.status).toBe(400)
  })

  test('escapes what customers are called, and opens with its own token alone', async () => {
    const place = emulator.open()
    await booked(place, { guests: [{ guest_key: 'ada', name: '<script>alert(1)</script>' }] })
    const url = await portalUrl(place)
    expect(await textOf(url)).not.toContain('<script>')
    const token = new URL(url).searchParams.get('token') ?? ''
    const other = new URL(await portalUrl(place))
    other.searchParams.set('token', token)
    expect((await fetch(other)).status).toBe(404)
    expect((await fetch(url.replace(/token=.*/, 'token=seam_cst_none'))).status).toBe(404)
  })

  test('begins where landing_page says, at a place or a stay', async () => {
    const place = emulator.open()
    await booked(place)
    const at = async (manage: object): Promise<string> => {
      const url = await portalUrl(place, { landing_page: { manage } })
      const anchor = new URL(url).hash.slice(1)
      expect(await textOf(url)).toContain(`id="${anchor}"`)
      return anchor
    }
    expect(await at({ reservation_key: 'r1' })).toBe('reservation-r1')
    expect(await at({ unit_key: 'flat' })).toBe('space-flat')
    const two = { landing_page: { manage: { reservation_key: 'r1', unit_key: 'flat' } } }
    const { status } = await place.raw('/customers/create_portal', {
      customer_data: { customer_key },
      ...two,
    })
    expect(status).toBe(400)
  })

  test('begins where deep_link says, which the SDKs have: at a stay, a place or a device', async () => {
    const place = emulator.open()
    await booked(place)
    const at = async (deep_link: object): Promise<string> => {
      const url = await portalUrl(place, {
        deep_link,
        landing_page: { manage: { unit_key: 'flat' } },
      })
      return new URL(url).hash
    }
    const { space_id } = await place.seam.spaces.get({ space_key: 'flat' })
    const [device] = await place.seam.devices.list({ space_id })
    expect(await at({ resource_type: 'reservation', resource_key: 'r1' })).toBe('#reservation-r1')
    expect(await at({ resource_type: 'space', resource_key: 'flat' })).toBe('#space-flat')
    expect(await at({ resource_type: 'device', resource_id: device?.device_id })).toBe(
      '#space-flat',
    )
    const { body } = await place.raw('/customers/create_portal', {
      customer_data: { customer_key },
      deep_link: { resource_type: 'guest', resource_key: 'ada' },
    })
    expect(body).toMatchObject({ error: { type: 'invalid_input' } })
  })

  test('connects accounts of the providers that it was made for', async () => {
    const place = emulator.open()
    await booked(place)
    const features = { connect: { accepted_providers: ['schlage'] } }
    const url = await portalUrl(place, { features })
    const token = new URL(url).searchParams.get('token') ?? ''
    const body = new URLSearchParams({ token, action: 'connect' })
    const sent = await fetch(url, { method: 'POST', body, redirect: 'manual' })
    expect([sent.status, sent.headers.get('location')]).toEqual([
      303,
      expect.stringContaining('/connect_webviews/view'),
    ])
    expect(await place.seam.connectWebviews.list()).toMatchObject([
      { customer_key, accepted_providers: ['schlage'] },
    ])
  })

  test('is linked to at one reservation, which must be the customer’s', async () => {
    const place = emulator.open()
    await booked(place)
    const path = '/customers/reservations/create_deep_link'
    const { body } = await place.raw(path, { customer_key, reservation_key: 'r1' })
    const { deep_link } = z.object({ deep_link: z.object({ url: z.string() }) }).parse(body)
    const anchor = new URL(deep_link.url).hash.slice(1)
    expect(await textOf(deep_link.url)).toContain(`id="${anchor}"`)
    const others = await place.raw(path, { customer_key: 'others', reservation_key: 'r1' })
    expect(others.status).toBe(404)
  })
})
