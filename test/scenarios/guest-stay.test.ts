/** A guest's stay, booked three weeks ahead, on locks whose bridge lets them down. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

const check_in = T0 + 21 * day + 15 * hour
const check_out = check_in + 4 * day - 4 * hour

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const book = async (device_id: string) => {
  const place = emulator.open()
  const receiver = await startReceiver()
  const { secret } = await place.seam.webhooks.create({
    url: receiver.url,
    event_types: ['access_code.created', 'access_code.deleted', 'access_code.set_on_device'],
  })
  const { access_code_id } = await place.seam.accessCodes.create({
    device_id,
    name: 'Guest',
    code: '4821',
    starts_at: iso(check_in),
    ends_at: iso(check_out),
  })
  const get = () => place.seam.accessCodes.get({ access_code_id })
  const errors = async () => (await get()).errors.map((it) => it.error_code)
  const warnings = async () => (await get()).warnings.map((it) => it.warning_code)
  const story = async () =>
    (await place.events({ access_code_id })).map((it) => [it.event_type, it.occurred_at])
  return { place, access_code_id, get, errors, warnings, story, receiver, secret: secret ?? '' }
}

const shortlyAfter = (at: number): unknown =>
  expect.toSatisfy((text: string) => Date.parse(text) > at && Date.parse(text) <= at + minute)

test('a native lock lets the guest in and out on time although its bridge is unplugged all along', async () => {
  const stay = await book(home.august)
  const { place, get, access_code_id } = stay
  expect(await get()).toMatchObject({
    status: 'unset',
    is_scheduled_on_device: false,
    pending_mutations: [
      { mutation_code: 'deferring_creation', scheduled_at: iso(check_in - 72 * hour) },
    ],
  })

  await place.advanceTo(check_in - 72 * hour - 1)
  expect(await place.slots(home.august)).toEqual([])
  await place.advance('1m')
  expect(await get()).toMatchObject({
    status: 'unset',
    is_scheduled_on_device: true,
    pending_mutations: [],
  })
  expect(await place.slots(home.august)).toEqual([
    {
      slot: 1,
      code: '4821',
      name: 'Guest',
      starts_at: iso(check_in),
      ends_at: iso(check_out),
      access_code_id,
    },
  ])

  await place.unplug(home.august_bridge)
  await place.advanceTo(check_in - 1)
  expect(await place.enter(home.august, '4821')).toMatchObject({
    opened: false,
    reason: 'not_yet_valid',
  })

  await place.advanceTo(check_in)
  expect(await place.enter(home.august, '4821')).toMatchObject({ opened: true, access_code_id })
  expect(await get()).toMatchObject({ status: 'set', is_scheduled_on_device: false })
  expect(await stay.errors()).toEqual(['hub_disconnected'])

  await place.advanceTo(check_out - 1)
  expect(await place.opens(home.august, '4821')).toBe(true)
  await place.advanceTo(check_out)
  expect(await place.enter(home.august, '4821')).toMatchObject({
    opened: false,
    reason: 'expired_code',
  })
  expect((await get()).status).toBe('removing')

  await place.advance('30m')
  expect(await get()).toMatchObject({
    status: 'removing',
    pending_mutations: [{ mutation_code: 'deleting' }],
  })
  expect(await stay.errors()).toEqual(['failed_to_remove_from_device', 'hub_disconnected'])
  expect(await stay.warnings()).toEqual(['delay_in_removing_from_device'])

  const returned = check_out + 30 * minute
  await place.plug(home.august_bridge)
  await place.advance('1m')
  await expect(get()).rejects.toMatchObject({ statusCode: 404 })
  expect(await place.slots(home.august)).toEqual([])

  expect(await stay.story()).toEqual([
    ['access_code.created', iso(T0)],
    ['access_code.scheduled_on_device', shortlyAfter(check_in - 72 * hour)],
    ['access_code.set_on_device', iso(check_in)],
    ['access_code.delay_in_removing_from_device', iso(check_out + 10 * minute)],
    ['access_code.failed_to_remove_from_device', iso(check_out + 20 * minute)],
    // What the keypad saw while nobody could hear it, told on return with its own instants.
    ['lock.access_denied', iso(check_in - 1)],
    // The code was set at that very instant: stamps are a millisecond apart.
    ['lock.unlocked', iso(check_in + 1)],
    ['lock.unlocked', iso(check_out - 1)],
    ['lock.access_denied', iso(check_out)],
    ['access_code.removed_from_device', shortlyAfter(returned)],
    ['access_code.deleted', shortlyAfter(returned)],
  ])
  expect(stay.receiver.types()).toEqual([
    'access_code.created',
    'access_code.set_on_device',
    'access_code.deleted',
  ])
  stay.receiver.verifyAll(stay.secret)
  await stay.receiver.close()
})

test('a just-in-time lock keeps the guest out while its hub is unplugged, says so, and heals on return', async () => {
  const stay = await book(home.smartthings)
  const { place, get, access_code_id } = stay
  await place.advanceTo(check_in - 72 * hour)
  expect((await get()).status).toBe('unset')
  await place.unplug(home.smartthings_hub)

  await place.advanceTo(check_in - 60 * minute - 1)
  expect((await get()).status).toBe('unset')
  expect(await stay.errors()).toEqual(['hub_disconnected'])
  await place.advanceTo(check_in - 60 * minute)
  expect((await get()).status).toBe('setting')

  await place.advanceTo(check_in)
  expect(await place.enter(home.smartthings, '4821')).toEqual({
    opened: false,
    reason: 'unknown_code',
  })
  expect(await get()).toMatchObject({
    status: 'setting',
    pending_mutations: [{ mutation_code: 'creating' }],
  })
  expect(await stay.errors()).toEqual(['failed_to_set_on_device', 'hub_disconnected'])
  expect(await stay.warnings()).toEqual(['delay_in_setting_on_device'])
  const { errors } = await place.seam.devices.get({ device_id: home.smartthings })
  expect(errors.map((it) => it.error_code)).toEqual(['hub_disconnected'])

  await place.advance('2h')
  await place.plug(home.smartthings_hub)
  await place.advance('1m')
  expect(await get()).toMatchObject({
    status: 'set',
    errors: [],
    warnings: [],
    pending_mutations: [],
  })
  expect(await place.opens(home.smartthings, '4821')).toBe(true)

  await place.advanceTo(check_out)
  await place.advance('1m')
  await expect(get()).rejects.toMatchObject({ statusCode: 404 })
  expect(await place.opens(home.smartthings, '4821')).toBe(false)

  expect(await place.types({ access_code_id })).toEqual([
    'access_code.created',
    'access_code.delay_in_setting_on_device',
    'access_code.failed_to_set_on_device',
    'access_code.set_on_device',
    'access_code.removed_from_device',
    'access_code.deleted',
  ])
  const [, delay, failure] = await place.events({ access_code_id })
  expect(delay).toMatchObject({
    occurred_at: iso(check_in - 50 * minute),
    access_code_warnings: [{ warning_code: 'delay_in_setting_on_device' }],
    device_errors: [{ error_code: 'hub_disconnected' }],
  })
  expect(failure).toMatchObject({
    occurred_at: iso(check_in - 40 * minute),
    access_code_errors: [{ error_code: 'failed_to_set_on_device' }],
    device_errors: [{ error_code: 'hub_disconnected' }],
  })
  stay.receiver.verifyAll(stay.secret)
  await stay.receiver.close()
})

test('a just-in-time code outlives its stay on an unplugged lock until somebody can remove it', async () => {
  const stay = await book(home.smartthings)
  const { place, get } = stay
  await place.advanceTo(check_in)
  expect((await get()).status).toBe('set')
  await place.unplug(home.smartthings_hub)
  await place.advanceTo(check_out + 2 * hour)
  expect((await get()).status).toBe('removing')
  expect(await stay.errors()).toEqual(['failed_to_remove_from_device', 'hub_disconnected'])
  expect(await place.opens(home.smartthings, '4821')).toBe(true)

  await place.plug(home.smartthings_hub)
  await place.advance('1m')
  expect(await place.opens(home.smartthings, '4821')).toBe(false)
  await expect(get()).rejects.toMatchObject({ statusCode: 404 })
  await stay.receiver.close()
})
