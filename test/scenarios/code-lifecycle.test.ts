/** How a code comes onto a lock and leaves it, by brand and by wish. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'

const start = T0 + 10 * day
const end = start + 2 * day

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const window = { starts_at: iso(start), ends_at: iso(end) }

describe('an ongoing code', () => {
  test('is setting from the first answer, and set once the lock has confirmed it', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357' })
    expect(await code.get()).toMatchObject({
      type: 'ongoing',
      status: 'setting',
      is_scheduled_on_device: false,
      pending_mutations: [{ mutation_code: 'creating' }],
    })
    expect(await code.opens('1357')).toBe(false)
    const { transcript } = await place.toNext()
    expect(transcript.map((it) => it.event_type)).toEqual(['access_code.set_on_device'])
    expect(await code.get()).toMatchObject({ status: 'set', pending_mutations: [] })
    expect(await code.opens('1357')).toBe(true)
    expect(await code.types()).toEqual([
      'access_code.created',
      'access_code.set_on_device',
      'lock.unlocked',
    ])
  })

  test('stays until it is deleted', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357' })
    await place.advance(300 * day)
    expect(await code.status()).toBe('set')
    expect(await code.opens('1357')).toBe(true)
  })
})

describe('a native time-bound code', () => {
  test('is on the lock 72 hours early, still unset, and set at its start to the millisecond', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357', ...window })
    await place.advanceTo(start - 72 * hour - 1)
    expect(await code.get()).toMatchObject({ status: 'unset', is_scheduled_on_device: false })
    expect(await code.slot()).toBeUndefined()
    await place.advanceTo(start - 72 * hour + minute)
    expect(await code.get()).toMatchObject({
      status: 'unset',
      is_scheduled_on_device: true,
      pending_mutations: [],
    })
    expect(await code.slot()).toMatchObject(window)
    expect(await code.news()).toEqual([
      { event_type: 'access_code.scheduled_on_device', code: '1357' },
    ])
    await place.advanceTo(start - 1)
    expect(await code.status()).toBe('unset')
    await place.advanceTo(start)
    expect(await code.get()).toMatchObject({ status: 'set', is_scheduled_on_device: false })
    expect(await code.news()).toEqual([{ event_type: 'access_code.set_on_device', code: '1357' }])
    expect(await code.opens('1357')).toBe(true)
  })

  test('created within the 72 hours goes to the lock at once', async () => {
    const place = emulator.open()
    const code = await bookCode(place, {
      device_id: home.schlage,
      code: '1357',
      starts_at: iso(T0 + day),
      ends_at: iso(T0 + 2 * day),
    })
    await place.advance('1m')
    expect(await code.get()).toMatchObject({ status: 'unset', is_scheduled_on_device: true })
  })

  test('created after its start is setting, and set as soon as the lock has it', async () => {
    const place = emulator.open()
    const code = await bookCode(place, {
      device_id: home.schlage,
      code: '1357',
      starts_at: iso(T0 - hour),
      ends_at: iso(T0 + day),
    })
    expect(await code.status()).toBe('setting')
    await place.advance('1m')
    expect(await code.status()).toBe('set')
    expect(await code.news()).toEqual([{ event_type: 'access_code.set_on_device', code: '1357' }])
  })

  test('that did not reach the lock in time shows setting from its start on', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.august, code: '1357', ...window })
    await place.unplug(home.august_bridge)
    await place.advanceTo(start - 1)
    expect(await code.status()).toBe('unset')
    await place.advanceTo(start)
    expect(await code.status()).toBe('setting')
    await place.plug(home.august_bridge)
    await place.advance('1m')
    expect(await code.status()).toBe('set')
    expect((await code.news()).map((it) => it['event_type'])).toEqual([
      'access_code.delay_in_setting_on_device',
      'access_code.failed_to_set_on_device',
      'access_code.set_on_device',
    ])
  })
})

describe('a just-in-time code', () => {
  test('is put on the lock an hour early and is set, and opens, from then on', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.smartthings, code: '1357', ...window })
    await place.advanceTo(start - hour - 1)
    expect(await code.status()).toBe('unset')
    expect(await code.pending()).toEqual(['deferring_creation'])
    await place.advanceTo(start - hour)
    expect(await code.status()).toBe('setting')
    await place.advance('1m')
    expect(await code.get()).toMatchObject({ status: 'set', is_scheduled_on_device: false })
    // The lock itself knows no window.
    expect(await code.slot()).toMatchObject({ starts_at: null, ends_at: null })
    expect(await code.opens('1357')).toBe(true)
    expect(await code.news()).toEqual([{ event_type: 'access_code.set_on_device', code: '1357' }])
    await place.advanceTo(start)
    expect(await code.news()).toEqual([])
  })

  test('is also what prefer_native_scheduling: false makes of a native lock', async () => {
    const place = emulator.open()
    const code = await bookCode(place, {
      device_id: home.schlage,
      code: '1357',
      prefer_native_scheduling: false,
      ...window,
    })
    await place.advanceTo(start - hour - 1)
    expect(await code.get()).toMatchObject({ status: 'unset', is_scheduled_on_device: false })
    expect(await code.slot()).toBeUndefined()
    await place.advanceTo(start - hour + minute)
    expect(await code.status()).toBe('set')
    expect(await code.slot()).toMatchObject({ starts_at: null, ends_at: null })
    expect(await code.news()).toEqual([{ event_type: 'access_code.set_on_device', code: '1357' }])
    await place.advanceTo(end + minute)
    expect(await code.isGone()).toBe(true)
  })
})

describe.each([
  ['native', home.schlage],
  ['just-in-time', home.smartthings],
])('at its end a %s code', (_, device_id) => {
  test('is removing, then removed from the device and deleted, and 404', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id, code: '1357', ...window })
    await place.advanceTo(end - 1)
    expect(await code.opens('1357')).toBe(true)
    await code.news()
    await place.advanceTo(end)
    expect(await code.get()).toMatchObject({
      status: 'removing',
      pending_mutations: [{ mutation_code: 'deleting', created_at: iso(end) }],
    })
    await place.advance('1m')
    expect(await code.isGone()).toBe(true)
    expect(await place.slots(device_id)).toEqual([])
    expect(await code.opens('1357')).toBe(false)
    expect(await code.news()).toEqual([
      { event_type: 'access_code.removed_from_device' },
      { event_type: 'access_code.deleted', code: '1357' },
    ])
    expect(await place.seam.accessCodes.list({ device_id })).toEqual([])
  })
})

describe('a code that the lock never got', () => {
  test('simply ends: deleted without having been removed', async () => {
    const place = emulator.open()
    await place.unplug(home.smartthings_hub)
    const code = await bookCode(place, { device_id: home.smartthings, code: '1357', ...window })
    await place.advanceTo(end)
    expect(await code.isGone()).toBe(true)
    expect((await code.news()).map((it) => it['event_type'])).toEqual([
      'access_code.delay_in_setting_on_device',
      'access_code.failed_to_set_on_device',
      'access_code.deleted',
    ])
  })
})

test('work that a dark bridge held back is done on its return in the order in which it was asked for', async () => {
  const place = emulator.open()
  const kept = await bookCode(place, { device_id: home.august, code: '1000' })
  const old = await bookCode(place, { device_id: home.august, code: '2000' })
  await place.advance('1m')
  await place.unplug(home.august_bridge)
  await place.advance('1m')
  await kept.update({ code: '1001' })
  await old.delete()
  const fresh = []
  for (const code of ['3000', '3001', '3002']) {
    fresh.push(await bookCode(place, { device_id: home.august, code }))
  }
  await place.advance('2h')
  expect(await kept.get()).toMatchObject({ status: 'setting', code: '1001' })
  expect(await old.status()).toBe('removing')
  expect(await Promise.all(fresh.map((it) => it.status()))).toEqual([
    'setting',
    'setting',
    'setting',
  ])
  expect(await place.opens(home.august, '1000')).toBe(true)
  expect(await place.opens(home.august, '2000')).toBe(true)
  expect(await place.opens(home.august, '3000')).toBe(false)

  const before = (await place.events()).length
  await place.plug(home.august_bridge)
  await place.advance('5m')
  const after = (await place.events()).slice(before)
  expect(
    after
      .filter((it) => it.event_type.startsWith('access_code.') || it.event_type.startsWith('dev'))
      .map((it) => [it.event_type, it['code']]),
  ).toEqual([
    ['device.connected', undefined],
    ['access_code.code_changed', undefined],
    ['access_code.changed', undefined],
    ['access_code.set_on_device', '1001'],
    ['access_code.removed_from_device', undefined],
    ['access_code.deleted', '2000'],
    ['access_code.set_on_device', '3000'],
    ['access_code.set_on_device', '3001'],
    ['access_code.set_on_device', '3002'],
  ])
  expect((await place.slots(home.august)).map((it) => it.code)).toEqual([
    '1001',
    '3000',
    '3001',
    '3002',
  ])
  expect(await place.opens(home.august, '1000')).toBe(false)
  expect(await place.opens(home.august, '1001')).toBe(true)
})
